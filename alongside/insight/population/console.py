"""The picture as plain text, for `alongside picture`."""

from collections.abc import Iterator
from uuid import UUID

from alongside.foundation.gate.level import acting_as
from alongside.insight.population.actions import make_picture
from alongside.insight.population.queries import picture
from alongside.insight.population.sheet import Row, Sheet, said
from alongside.register.people.facts import counting_job


def count_and_tell(partnership: UUID) -> str:
    """Count the partnership now and say what was found. Raises counting.NotCompared; its message is the answer then."""
    job = counting_job(partnership)
    make_picture(job)
    with acting_as(job):
        found = picture(job)
    assert found is not None
    return as_text(found)


def as_text(sheet: Sheet) -> str:
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield f"The picture of {sheet.partnership}, as of {sheet.as_of.isoformat()}"
    yield f"New means first seen from {sheet.period.since.isoformat()} to {sheet.period.until.isoformat()}."
    yield sheet.rule
    for title, rows in sheet.sections():
        if rows:
            yield ""
            yield title
            width = max(len(row.label) for row in rows)
            for row in rows:
                yield from _told(row, width)
    yield from ("", *sheet.counted.notes) if sheet.counted.notes else ()


def _told(row: Row, width: int) -> Iterator[str]:
    parts = [f"  {row.label:<{width}}  {said(row.line.count):>9}"]
    parts += [each for each in (row.interval, row.of) if each]
    if row.between:
        parts.append(f"range over models {row.between}")
    yield ", ".join(parts)
    for words in row.line.words:
        yield f"      {words}"

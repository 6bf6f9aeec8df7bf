"""Each room's facts in the one shape. Call as the counting job, inside `acting_as` of it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from secrets import SystemRandom
from uuid import UUID

from alongside.casework.contacts import facts as contacts
from alongside.casework.supplies import facts as supplies
from alongside.foundation.gate.actor import Actor
from alongside.insight.monitoring.shape import Fact
from alongside.register.people import facts as people

Numbers = Mapping[UUID, int]
YEARS = 10
WHEN_DAYS_BEGIN = date(1900, 1, 1)


def numbered(records: list[people.RecordFact]) -> dict[UUID, int]:
    """Record -> the number of its woman, drawn anew each time: it means nothing outside one snapshot."""
    persons = sorted({row.person for row in records})
    drawn = list(range(1, len(persons) + 1))
    SystemRandom().shuffle(drawn)
    number = dict(zip(persons, drawn, strict=True))
    return {row.id: number[row.person] for row in records}


def gathered(actor: Actor, records: list[people.RecordFact], numbers: Numbers, until: date) -> Iterator[Fact]:
    """Every fact up to a day (counted), room by room and year by year, so that no more than a year is held at once."""
    for row in records:
        if row.first_seen_on is not None and row.first_seen_on <= until:
            yield Fact(
                "record",
                row.first_seen_on,
                str(row.agency),
                numbers[row.id],
                row.last_seen_on,
                codes={"setting": row.setting},
            )
    for first, last in _windows(until):
        yield from _met(actor, numbers, first, last)


def _windows(until: date) -> Iterator[tuple[date, date]]:
    first = WHEN_DAYS_BEGIN
    for year in range(until.year - YEARS, until.year + 1):
        last = min(date(year, 12, 31), until)
        yield first, last
        first = last + timedelta(days=1)


def _met(actor: Actor, numbers: Numbers, first: date, last: date) -> Iterator[Fact]:
    whom: dict[UUID, int] = {}
    for met in contacts.contacts(actor, first, last):
        woman = numbers.get(met.record) if met.record else None
        if woman is not None:
            whom[met.id] = woman
        codes: dict[str, str | tuple[str, ...]] = {
            "outcome": met.outcome,
            "place": met.place,
            "staying": met.staying,
            "topics": met.topics,
            "services": met.services,
            "brought_by": met.brought_by,
            "worry": met.worry,
        }
        yield Fact("contact", met.on, str(met.agency), woman, codes=codes)
    for out in contacts.shifts(actor, first, last):
        minutes = max(0, int((out.ended - out.begun).total_seconds() // 60))
        yield Fact("shift", out.begun.date(), str(out.agency), amount=minutes, codes={"kind": out.kind})
    for held in contacts.sessions(actor, first, last):
        yield Fact("session", held.on, str(held.agency), codes={"kind": held.kind, "services": held.services})
    for move in supplies.moves(actor, first, last):
        given = whom.get(move.contact) if move.contact else None
        yield Fact(
            "supply", move.on, str(move.agency), given, amount=move.amount, codes={"item": move.item, "why": move.why}
        )

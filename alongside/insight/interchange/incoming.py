"""From a row of a list to what the agency knows a woman by. No framework.

Rows that wait to go in are kept as JSON holds them: lists, texts and numbers, a day as "2026-01-31".
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.insight.interchange.understanding import ColumnKind, ListRow, Mapping, State
from alongside.register.people.codes import Untold
from alongside.register.people.known import Age, Born, Known
from alongside.register.people.preparing import Incoming

# The fields of `Known` in its order, its spans as lists; the first and the last day she may have been seen.
Told = Sequence[Any]
_FIELDS = {
    ColumnKind.LAST_NAME: "last_names",
    ColumnKind.BORN: "born",
    ColumnKind.AGE: "age",
    ColumnKind.ETHNICITY: "ethnicity",
    ColumnKind.AREA: "area",
    ColumnKind.MARKS: "marks",
    ColumnKind.PHONE: "phones",
}
_text, _of_text = date.isoformat, date.fromisoformat
_WHY = {State.NOT_KNOWN: Untold.NOT_KNOWN, State.NOT_ASKED: Untold.NOT_ASKED, State.NOT_SAID: Untold.NOT_SAID}


def fields_by_heading(mapping: Mapping) -> dict[str, str]:
    """Which field of the vault a column fills, for the columns whose silence is kept with its reason."""
    return {column.heading: _FIELDS[column.kind] for column in mapping.columns if column.kind in _FIELDS}


def told(row: ListRow, fields: dict[str, str]) -> Told:
    """Cells that could not be read are left out; an age counts from the day she was seen."""
    seen, born, age = row.seen, row.born, row.age
    return (
        (
            row.reference,
            (row.known_as, *row.other_names) if row.known_as else (),
            row.last_names,
            (_text(born.first), _text(born.last)) if born else None,
            (age.low, age.high, _text(seen.first) if seen else None) if age else None,
            row.ethnicity.text if row.ethnicity else "",
            row.area.text if row.area else "",
            tuple(f"{mark.kind}@{mark.place}" for mark in row.marks),
            tuple(map(_national, row.phones)),
            row.note,
            _untold(row, fields) if row.unanswered else (),
        ),
        _text(seen.first) if seen else None,
        _text(seen.last) if seen else None,
    )


def incoming(row: Told) -> Incoming:
    """A row as the vault takes it."""
    (reference, names, last_names, born, age, ethnicity, area, marks, phones, note, untold), first, last = row
    known = Known(
        reference,
        tuple(names),
        tuple(last_names),
        Born(_of_text(born[0]), _of_text(born[1])) if born else None,
        Age(age[0], age[1], _of_text(age[2]) if age[2] else None) if age else None,
        ethnicity,
        area,
        tuple(marks),
        tuple(phones),
        note,
        tuple(untold),
    )
    return Incoming(known, _of_text(first) if first else None, _of_text(last) if last else None)


def _national(phone: str) -> str:
    """As people here write it; numbers of other countries stay as they are."""
    return f"0{phone[3:]}" if phone.startswith("+44") else phone


def _untold(row: ListRow, fields: dict[str, str]) -> tuple[str, ...]:
    told = ((fields.get(heading), _WHY.get(state)) for heading, state in row.unanswered)
    silent = ((field, why) for field, why in told if field and why and not getattr(row, field))
    return tuple(dict.fromkeys(f"{field}:{why.value}" for field, why in silent))

"""The table that the linkage engine reads, from what the agencies know. Plain names: never kept, never logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pyarrow as pa

from alongside.register.people.known import Age, Known

COLUMNS = (
    "rec_id",
    "agency",
    "rec_date",
    "known_as",
    "other_name",
    "last_name",
    "dob",
    "approx_age",
    "ethnicity",
    "area",
    "hood",
    "marks",
    "phone",
)
DAYS = 365.2425


@dataclass(frozen=True, slots=True)
class Listed:
    """A record to compare: whose it is and when she was seen last."""

    id: UUID
    agency: UUID
    seen_on: date | None


def table(records: Sequence[Listed], known: Mapping[UUID, Known]) -> pa.Table:
    """One row a record whose names are known, in the order of `records`. Missing is ''.

    A partnership is one area for the engine; the places that agencies write down are its neighbourhoods.
    """
    rows = [_row(record, known[record.id]) for record in records if record.id in known]
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in COLUMNS})


def _row(record: Listed, known: Known) -> dict[str, str]:
    seen_on = known.age.on if known.age and known.age.on else record.seen_on
    return {
        "rec_id": str(record.id),
        "agency": str(record.agency),
        "rec_date": seen_on.isoformat() if seen_on else "",
        "known_as": known.names[0] if known.names else "",
        "other_name": ";".join(known.names[1:]),
        "last_name": ";".join(known.last_names),
        "dob": known.born.earliest.isoformat() if known.born and known.born.is_exact else "",
        "approx_age": _years(known, seen_on),
        "ethnicity": known.ethnicity,
        "area": "partnership",
        "hood": known.area,
        "marks": ";".join(known.marks),
        "phone": known.phones[0] if known.phones else "",
    }


def _years(known: Known, seen_on: date | None) -> str:
    """Her age in years when she was seen: the middle of what is known."""
    if known.born and not known.born.is_exact and seen_on:
        middle = known.born.earliest + (known.born.latest - known.born.earliest) / 2
        return _number((seen_on - middle).days / DAYS - 0.5)
    return _number(_middle(known.age)) if known.age else ""


def _middle(age: Age) -> float:
    return (age.low + age.high) / 2


def _number(years: float) -> str:
    return f"{years:.1f}" if 0 <= years < 100 else ""

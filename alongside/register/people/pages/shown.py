"""Rows as the pages of records show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.kit.approximate import PartialDate
from alongside.foundation.kit.rows import Moment, SummaryRow
from alongside.foundation.kit.show import day, moment
from alongside.register.people.audience import Audience
from alongside.register.people.codes import FieldGroup, Untold
from alongside.register.people.known import Age, Born, Known
from alongside.register.people.queries import Version


@dataclass(frozen=True, slots=True)
class Result:
    """A likely record of her own agency, with why."""

    record: UUID
    name: str
    other_names: str
    code: str
    last_seen_on: date | None
    likelihood: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


# Beside which box of the record's form it stands who will see it: once for each kind of facts.
BESIDE = {
    "called": FieldGroup.IDENTITY,
    "marks": FieldGroup.IDENTITY,
    "area": FieldGroup.WHEREABOUTS,
    "phone": FieldGroup.SAFE_CONTACT,
    "ethnicity": FieldGroup.MONITORING,
    "note": FieldGroup.NOTES,
}


def seen_beside(audience: Audience) -> dict[str, str]:
    """Box of the record's form -> who will see what is typed there."""
    return {name: audience.words(group) for name, group in BESIDE.items()}


def summary_of(known: Known) -> list[SummaryRow]:
    """What the agency knows her by. An empty field says why it is empty, where somebody said so."""
    untold = {field: Untold(why).words for field, _, why in (each.partition(":") for each in known.untold)}
    return [SummaryRow(key, text) for key, text in _facts(known, untold) if text]


def _facts(known: Known, untold: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield "Likes to be called", known.names[0] if known.names else "No name yet"
    yield "Other names", ", ".join(known.names[1:])
    yield "Last name", ", ".join(known.last_names) or untold.get("last_names", "Not known here")
    yield "Born", _born(known.born) or ("" if known.age else untold.get("born", "Not known here"))
    yield "Age", _age(known.age)
    yield "Ethnic group", known.ethnicity or untold.get("ethnicity", "Not known here")
    yield "Seen or staying", known.area
    yield "Marks", "; ".join(mark.replace("@", ", ") for mark in known.marks)
    yield "Phone", ", ".join(known.phones)
    yield "Note", known.note


def _born(born: Born | None) -> str:
    if born is None:
        return ""
    if born.is_exact:
        return day(born.earliest)
    same_month = (born.earliest.year, born.earliest.month) == (born.latest.year, born.latest.month)
    if same_month:
        return str(PartialDate(born.earliest.year, born.earliest.month))
    if born.earliest.year == born.latest.year:
        return str(born.earliest.year)
    return f"Between {day(born.earliest)} and {day(born.latest)}"


def _age(age: Age | None) -> str:
    if age is None:
        return ""
    span = f"About {age.low:g}" if age.low == age.high else f"Between {age.low:g} and {age.high:g}"
    return f"{span}, as judged on {day(age.on)}" if age.on else span


def history_of(versions: tuple[Version, ...]) -> list[Moment]:
    return [
        Moment(
            title=f"Version {each.number}" + (", as it stands" if each.is_current else ""),
            when=moment(each.recorded_at),
            text="Taken back with the list that brought it"
            if each.is_withdrawn
            else "From a list"
            if each.from_list
            else "Written here",
        )
        for each in versions
    ]

"""Each room's facts in the one shape. Call as the counting job, inside `acting_as` of it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from secrets import SystemRandom
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation import facts as accommodation
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
    yield from _housed(actor, numbers, until)
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


def _housed(actor: Actor, numbers: Numbers, until: date) -> Iterator[Fact]:
    """Stays, places on lists, and women ready to move with nowhere to go; of the agency that runs the house."""
    found = accommodation.happened(actor)
    units = {row.id: row for row in found.units}
    for stay in found.stays:
        unit = units[stay.unit]
        codes = {"step": unit.step, "reason": stay.reason, "where_to": stay.where_to}
        yield from _span("stay", stay.begins, stay.ends, unit.agency, numbers.get(stay.woman), codes, until)
    for wait in found.waits:
        unit = units[wait.unit]
        codes = {"step": unit.step, "source": wait.source, "as": wait.ended_as}
        yield from _span("wait", wait.joined, wait.ended, unit.agency, numbers.get(wait.woman), codes, until)
    for stuck in found.blocked:
        unit = units[stuck.unit]
        codes = {"step": unit.step, "to_step": stuck.to_step, "reason": stuck.reason}
        yield from _span("blocked", stuck.begins, stuck.ends, unit.agency, numbers.get(stuck.woman), codes, until)


def _span(
    kind: str,
    begins: datetime,
    ends: datetime | None,
    agency: UUID,
    woman: int | None,
    codes: dict[str, str],
    until: date,
) -> Iterator[Fact]:
    """One lasting fact in London days; nothing that begins after the last day."""
    first = timezone.localtime(begins).date()
    if first <= until:
        last = timezone.localtime(ends).date() if ends else None
        yield Fact(kind, first, str(agency), woman, last, codes={name: str(value) for name, value in codes.items()})

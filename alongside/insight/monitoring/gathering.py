"""Each room's facts in the one shape. Call as the counting job, inside `acting_as` of it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from secrets import SystemRandom
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation import facts as accommodation
from alongside.casework.contacts import facts as contacts
from alongside.casework.needs import facts as needs
from alongside.casework.referrals import facts as referrals
from alongside.casework.supplies import facts as supplies
from alongside.foundation.gate.actor import Actor
from alongside.insight.monitoring.shape import STAGES, Fact
from alongside.register.people import facts as people
from alongside.register.rights import facts as rights

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


class Women:
    """The numbers of women, and the first and last day on which anything is told of each record."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.first: dict[UUID, date] = {}
        self.last: dict[UUID, date] = {}

    def of(self, record: UUID | None, on: date) -> int | None:
        """The number of a record's woman; notes the day. None for a record that is no longer there."""
        number = self.numbers.get(record) if record else None
        if record is not None and number is not None:
            self.first[record] = min(on, self.first.get(record, on))
            self.last[record] = max(on, self.last.get(record, on))
        return number


def gathered(actor: Actor, records: list[people.RecordFact], numbers: Numbers, until: date) -> Iterator[Fact]:
    """Every fact up to a day (counted), room by room and year by year, so that no more than a year is held at once."""
    women = Women(numbers)
    for row in records:
        for on in (row.first_seen_on, row.last_seen_on):
            if on is not None and on <= until:
                women.of(row.id, on)
    yield from _housed(actor, women, until)
    yield from _referred(actor, women, until)
    for told in needs.answers(actor):
        if told.on <= until:
            codes = {"subject": told.subject, "answer": told.answer}
            yield Fact("answer", told.on, str(told.agency), women.of(told.record, told.on), codes=codes)
    for each in rights.complaints(actor):
        if each.on <= until:
            yield Fact("complaint", each.on, str(each.agency))
    for first, last in _windows(until):
        yield from _met(actor, women, first, last)
    yield from _records(records, women)


def _records(records: list[people.RecordFact], women: Women) -> Iterator[Fact]:
    """A record begins on the first day of which any room tells; one without a day is not told."""
    for row in records:
        if (first := women.first.get(row.id)) is not None:
            number, last = women.numbers[row.id], women.last[row.id]
            yield Fact("record", first, str(row.agency), number, last, codes={"setting": row.setting})


def _windows(until: date) -> Iterator[tuple[date, date]]:
    first = WHEN_DAYS_BEGIN
    for year in range(until.year - YEARS, until.year + 1):
        last = min(date(year, 12, 31), until)
        yield first, last
        first = last + timedelta(days=1)


def _met(actor: Actor, women: Women, first: date, last: date) -> Iterator[Fact]:
    whom: dict[UUID, int] = {}
    for met in contacts.contacts(actor, first, last):
        woman = women.of(met.record, met.on)
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


def _housed(actor: Actor, women: Women, until: date) -> Iterator[Fact]:
    """Stays, places on lists, and women ready to move with nowhere to go; of the agency that runs the house."""
    found = accommodation.happened(actor)
    units = {row.id: row for row in found.units}
    for stay in found.stays:
        unit = units[stay.unit]
        codes = {"step": unit.step, "reason": stay.reason, "where_to": stay.where_to}
        yield from _span("stay", stay, unit.agency, women, codes, until)
    for wait in found.waits:
        unit = units[wait.unit]
        codes = {"step": unit.step, "source": wait.source, "as": wait.ended_as}
        yield from _span("wait", wait, unit.agency, women, codes, until)
    for stuck in found.blocked:
        unit = units[stuck.unit]
        codes = {"step": unit.step, "to_step": stuck.to_step, "reason": stuck.reason}
        yield from _span("blocked", stuck, unit.agency, women, codes, until)

    for after in accommodation.after_entry(found, until):
        codes = {"where": after.where, "hospital": "yes" if after.hospital else "no"}
        yield Fact("after_entry", after.on, str(units[after.unit].agency), women.of(after.woman, after.on), codes=codes)


def _referred(actor: Actor, women: Women, until: date) -> Iterator[Fact]:
    """Each step of each referral on its day, of the agency that sent it; and every time that a service said no."""
    for row in referrals.referrals(actor):
        codes = {
            "service": str(row.kind),
            "source": str(row.source),
            "state": str(row.state),
            "reason": row.reason,
            "late": "yes" if row.is_overdue else "no",
        }
        days = (
            row.asked_on, row.sent_on, row.received_on, row.decided_on, row.offered_on, row.started_on, row.ended_on,
        )  # fmt: skip
        for stage, on in zip(STAGES, days, strict=True):
            if on is not None and on <= until:
                waited = max(0, (on - row.asked_on).days)
                agency, woman = str(row.agency), women.of(row.record, on)
                yield Fact("referral", on, agency, woman, row.ended_on, waited, {**codes, "stage": stage})
    for no in referrals.refusals(actor):
        if no.on <= until:
            codes = {"service": str(no.kind), "reason": str(no.reason)}
            yield Fact("turned_away", no.on, str(no.agency), women.of(no.record, no.on), codes=codes)


def _span(
    kind: str,
    row: accommodation.StayFact | accommodation.WaitFact | accommodation.BlockedFact,
    agency: UUID,
    women: Women,
    codes: dict[str, str],
    until: date,
) -> Iterator[Fact]:
    """One lasting fact in London days; nothing that begins after the last day."""
    if isinstance(row, accommodation.WaitFact):
        begins, ends = row.joined, row.ended
    else:
        begins, ends = row.begins, row.ends
    first = timezone.localtime(begins).date()
    if first <= until:
        last = timezone.localtime(ends).date() if ends else None
        kept = {name: str(value) for name, value in codes.items()}
        yield Fact(kind, first, str(agency), women.of(row.woman, first), last, codes=kept)

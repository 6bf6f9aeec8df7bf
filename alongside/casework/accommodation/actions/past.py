"""Stays from before: what a house kept in its own book, taken in at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import timezone

from alongside.casework.accommodation.codes import EndReason, UseKind, WhereTo
from alongside.casework.accommodation.models import Bed, BedUse
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import action
from alongside.register.people.models import Record

UNKNOWN = "There is no such bed or record with your agency."
BACKWARDS = "It ends before it begins."
FUTURE = "It begins in the future."
NO_REASON = "It has ended, and no reason is given."
CLASH = "The bed is taken, or she has another bed, at that time."


@dataclass(frozen=True, slots=True)
class PastStay:
    bed: UUID
    record: UUID
    begins: datetime
    ends: datetime | None = None
    reason: EndReason | None = None
    where_to: WhereTo = WhereTo.NOT_ASKED


@dataclass(frozen=True, slots=True)
class TakenStays:
    """How many came in and how many were there already; for each row left out its place and why, in words.

    `ids`: of every row, in order, whether it came in or not.
    """

    new: int
    same: int
    left_out: tuple[tuple[int, str], ...]
    ids: tuple[UUID, ...]


@action("accommodation.take_in")
def take_in_stays(actor: Actor, *, rows: Sequence[PastStay]) -> TakenStays:
    """Write what is new of `rows`. The same rows a second time change nothing; two that overlap: the first stands."""
    beds = {bed.pk: bed for bed in Bed.objects.visible_to(actor).filter(agency_id=actor.agency).order_by("id")}
    wanted = {row.record for row in rows}
    held = Record.objects.visible_to(actor).filter(AnyOf(F("pk"), wanted), agency_id=actor.agency, removed_at=None)
    records = set(held.values_list("pk", flat=True))
    now = timezone.now()
    ids = tuple(_id(row) for row in rows)
    faults = {place: words for place, row in enumerate(rows) if (words := _fault(row, beds, records, now))}
    there = _present(actor, ids)
    ready = [
        _made(actor, pk, row, beds[row.bed])
        for place, (pk, row) in enumerate(zip(ids, rows, strict=True))
        if place not in faults and pk not in there
    ]
    # Under ON CONFLICT DO NOTHING a row that breaks an exclusion constraint stays out, and the rest goes in.
    BedUse.objects.bulk_create(ready, ignore_conflicts=True)
    after = _present(actor, ids)
    faults |= {place: CLASH for place, pk in enumerate(ids) if place not in faults and pk not in after}
    return TakenStays(len(after - there), len(there), tuple(sorted(faults.items())), ids)


def _id(row: PastStay) -> UUID:
    """The same stay has the same id however often it is handed over."""
    return uuid5(row.bed, f"{row.record}|{row.begins.isoformat()}")


def _present(actor: Actor, ids: Sequence[UUID]) -> set[UUID]:
    return set(BedUse.objects.visible_to(actor).filter(AnyOf(F("pk"), ids)).values_list("pk", flat=True))


def _fault(row: PastStay, beds: dict[UUID, Bed], records: set[UUID], now: datetime) -> str:
    if row.bed not in beds or row.record not in records:
        return UNKNOWN
    if row.ends is not None and row.ends <= row.begins:
        return BACKWARDS
    if row.begins > now or (row.ends is not None and row.ends > now):
        return FUTURE
    return NO_REASON if row.ends is not None and row.reason is None else ""


def _made(actor: Actor, pk: UUID, row: PastStay, bed: Bed) -> BedUse:
    ended = row.ends is not None
    return BedUse(
        id=pk,
        partnership_id=bed.partnership_id,
        agency_id=bed.agency_id,
        bed=bed,
        unit_id=bed.unit_id,
        record_id=row.record,
        kind=UseKind.STAY,
        begins=row.begins,
        ends=row.ends,
        end_reason=row.reason or "",
        where_to=row.where_to if ended else "",
        recorded_by=actor.user,
        closed_at=timezone.now() if ended else None,
        closed_by=actor.user if ended else None,
    )

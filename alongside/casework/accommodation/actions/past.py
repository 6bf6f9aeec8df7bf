"""Stays from before: what a house kept in its own book, taken in at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import timezone

from alongside.casework.accommodation.codes import AwayKind, BlockedBy, EndReason, Step, UseKind, WhereTo
from alongside.casework.accommodation.models import Away, Bed, BedUse, Blocked
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import action
from alongside.register.people.models import Record

UNKNOWN = "There is no such bed or record with your agency."
BACKWARDS = "It ends before it begins."
FUTURE = "It begins in the future."
NO_REASON = "It has ended, and no reason is given."
OUTSIDE = "A time away or a wait to move lies outside the stay."
CLASH = "The bed is taken, or she has another bed, at that time."


@dataclass(frozen=True, slots=True)
class PastAway:
    """A time away within a stay."""

    kind: AwayKind
    begins: datetime
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastBlocked:
    """A time within a stay in which she was ready to move and could not."""

    to_step: Step
    reason: BlockedBy
    begins: datetime
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastStay:
    bed: UUID
    record: UUID
    begins: datetime
    ends: datetime | None = None
    reason: EndReason | None = None
    where_to: WhereTo = WhereTo.NOT_ASKED
    away: tuple[PastAway, ...] = ()
    blocked: tuple[PastBlocked, ...] = ()


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
    _spells(actor, [(pk, row, beds[row.bed]) for pk, row in zip(ids, rows, strict=True) if pk in after - there])
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
    spells: list[PastAway | PastBlocked] = [*row.away, *row.blocked]
    if any(not _within(row, each) for each in spells):
        return OUTSIDE
    return NO_REASON if row.ends is not None and row.reason is None else ""


def _within(row: PastStay, spell: PastAway | PastBlocked) -> bool:
    last = spell.ends or row.ends
    ends_in_time = row.ends is None or (spell.ends is not None and spell.ends <= row.ends)
    return row.begins <= spell.begins and ends_in_time and (last is None or spell.begins < last)


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


def _spells(actor: Actor, taken: Sequence[tuple[UUID, PastStay, Bed]]) -> None:
    """What lies within the stays that came in. Two that overlap in one stay: the first stands."""
    aways, blocks = [], []
    for pk, row, bed in taken:
        about = {
            "stay_id": pk,
            "record_id": row.record,
            "partnership_id": bed.partnership_id,
            "agency_id": bed.agency_id,
            "recorded_by": actor.user,
        }
        aways += [
            Away(**about, kind=each.kind, begins=each.begins, ends=each.ends, **_closed(actor, each.ends))
            for each in row.away
        ]
        blocks += [
            Blocked(
                **about,
                unit_id=bed.unit_id,
                to_step=each.to_step,
                reason=each.reason,
                begins=each.begins,
                ends=each.ends,
                **_closed(actor, each.ends),
            )
            for each in row.blocked
        ]
    Away.objects.bulk_create(aways, ignore_conflicts=True)
    Blocked.objects.bulk_create(blocks, ignore_conflicts=True)


def _closed(actor: Actor, ends: datetime | None) -> dict[str, object]:
    return {"closed_at": timezone.now(), "closed_by": actor.user} if ends else {}

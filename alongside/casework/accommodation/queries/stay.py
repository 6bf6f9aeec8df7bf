"""One stay: since when, away or not, whether she is ready to move and why she cannot, and what is to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.codes import AwayKind, BlockedBy, EndReason, Step, TaskKind, UseKind, WhereTo
from alongside.casework.accommodation.models import Away, Bed, BedUse, Blocked, MoveTask
from alongside.casework.accommodation.queries.board import bed_name
from alongside.casework.accommodation.queries.naming import UNKNOWN, called_by
from alongside.casework.accommodation.rules import LONDON, nights
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: UUID
    what: str
    due_on: date
    done: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """A time away, or a time in which she was ready and could not move."""

    words: str
    begins: datetime
    ends: datetime | None
    nights: int


@dataclass(frozen=True, slots=True)
class StayPage:
    """`ended`: how it ended, in words; empty while she stays. `blocked` and `away`: what stands now, or None."""

    id: UUID
    record: UUID
    who: str
    bed_name: str
    unit: UUID
    unit_name: str
    step: str
    begins: datetime
    ends: datetime | None
    nights: int
    leaves_on: date | None
    ended: str
    away: Spell | None
    blocked: Spell | None
    spells: tuple[Spell, ...]
    tasks: tuple[TaskRow, ...]


def stay_page(actor: Actor, stay: UUID) -> StayPage:
    """A stay with the actor's agency. Raises NotFound, also for a hold or a void."""
    row: BedUse = load(actor, BedUse, stay)
    check(actor, "accommodation.change_stay", row.as_subject())
    if row.kind != UseKind.STAY or row.record_id is None:
        raise NotFound("BedUse")
    bed = Bed.objects.visible_to(actor).select_related("unit").get(pk=row.bed_id)
    away, blocked = _away(actor, stay), _blocked(actor, stay)
    return StayPage(
        row.pk,
        row.record_id,
        called_by(actor, [row.record_id]).get(row.record_id, UNKNOWN),
        bed_name(bed),
        row.unit_id,
        bed.unit.name,
        bed.unit.step,
        row.begins.astimezone(LONDON),
        row.ends.astimezone(LONDON) if row.ends else None,
        _nights(row.begins, row.ends),
        row.leaves_on,
        ended_words(row.end_reason, row.where_to) if row.ends else "",
        next((each for each in away if each.ends is None), None),
        next((each for each in blocked if each.ends is None), None),
        tuple(sorted([*away, *blocked], key=lambda each: each.begins, reverse=True)),
        _tasks(actor, stay),
    )


def stays_now(actor: Actor, records: Iterable[UUID]) -> dict[UUID, UUID]:
    """record -> her agency, for those who have a bed now. While she lives there that agency leads, unless she says
    otherwise."""
    rows = BedUse.objects.visible_to(actor).filter(kind=UseKind.STAY, ends=None, record_id__in=list(records))
    return dict(rows.order_by("id").values_list("record_id", "agency_id"))


def women_here(actor: Actor) -> int:
    """How many have a bed of the actor's agency now."""
    rows = BedUse.objects.visible_to(actor).filter(kind=UseKind.STAY, ends=None, agency_id=actor.agency)
    return int(rows.count())


def ended_words(reason: str, where_to: str) -> str:
    """`Moved on as planned, to second stage`."""
    words = EndReason(reason).words if reason else "Ended"
    to = WhereTo(where_to) if where_to else None
    if to is None or to in (WhereTo.DIED, WhereTo.NOT_ASKED, WhereTo.NOT_SAID, WhereTo.NOT_KNOWN):
        return f"{words}. Where to: {to.words.lower()}" if to and to != WhereTo.DIED else words
    return f"{words}, to {to.words.lower()}"


def _away(actor: Actor, stay: UUID) -> list[Spell]:
    rows = Away.objects.visible_to(actor).filter(stay_id=stay).order_by("-begins", "id")
    return [_spell(AwayKind(row.kind).words, row.begins, row.ends) for row in rows]


def _blocked(actor: Actor, stay: UUID) -> list[Spell]:
    rows = Blocked.objects.visible_to(actor).filter(stay_id=stay).order_by("-begins", "id")
    return [
        _spell(f"Ready for: {Step(row.to_step).words.lower()}. {BlockedBy(row.reason).words}", row.begins, row.ends)
        for row in rows
    ]


def _spell(words: str, begins: datetime, ends: datetime | None) -> Spell:
    local = begins.astimezone(LONDON)
    return Spell(words, local, ends.astimezone(LONDON) if ends else None, _nights(begins, ends))


def _nights(begins: datetime, ends: datetime | None) -> int:
    """Nights until now, or until it ended."""
    last = timezone.localdate(ends) if ends else timezone.localdate()
    return nights(begins, ends, timezone.localdate(begins), last)


def _tasks(actor: Actor, stay: UUID) -> tuple[TaskRow, ...]:
    today = timezone.localdate()
    rows = MoveTask.objects.visible_to(actor).filter(stay_id=stay).order_by("due_on", "id")
    return tuple(
        TaskRow(row.pk, TaskKind(row.kind).words, row.due_on, row.done_at, row.done_at is None and row.due_on < today)
        for row in rows
    )

"""Giving, holding, closing and freeing a bed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.casework.accommodation.actions.referred import join_if_referred, tell_offered, tell_started
from alongside.casework.accommodation.actions.waiting import place_her
from alongside.casework.accommodation.clashes import clashes_named
from alongside.casework.accommodation.codes import EndReason, Step, UseKind, VoidReason, WhereTo
from alongside.casework.accommodation.models import Away, Bed, BedUse, Blocked, Unit, Waiting
from alongside.casework.accommodation.rules import LONDON, BedNotOpenYet, NotOpen, NotYet, check_span
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, load
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.models import Record

WRITES = "an action writes its own agency's beds"


@action("accommodation.give_bed", Bed)
def give_bed(
    actor: Actor, *, bed: Bed, record: UUID, begins: datetime | None = None, moves_from: UUID | None = None
) -> UUID:
    """Her stay begins: now, or at a time that has passed. A hold for her becomes her stay; her place on this unit's
    list ends, and who referred her learns that she has come. `moves_from`: her stay in another bed, which ends at the
    same moment.

    Raises BedTaken, WomanElsewhere, BedNotOpenYet, NotYet, NotOpen. Returns the stay's id.
    """
    now = timezone.now()
    begins = begins or now
    if begins > now:
        raise NotYet
    _check_open(bed, begins)
    own_record(actor, bed, record)
    if moves_from is not None:
        _leave_for(actor, moves_from, record, bed, begins, now)
    join_if_referred(actor, bed.unit_id, record)
    waited = place_her(actor, bed.unit_id, record, begins)
    held = _held_for(bed, record, begins)
    stay = held or BedUse(bed=bed, unit_id=bed.unit_id, record_id=record, **home(bed))
    stay.kind, stay.begins, stay.ends, stay.waited = UseKind.STAY, begins, None, waited.pk if waited else None
    stay.recorded_at, stay.recorded_by = now, actor.user
    with clashes_named():
        stay.save()
    if waited is not None:
        tell_started(actor, waited.referral, begins)
    return stay.pk


@action("accommodation.give_bed", Bed)
def hold_bed(actor: Actor, *, bed: Bed, record: UUID, hours: int) -> UUID:
    """Keep it for her. The hold ends by itself; who referred her learns of it. Raises BedTaken, BedNotOpenYet."""
    now = timezone.now()
    own_record(actor, bed, record)
    join_if_referred(actor, bed.unit_id, record)
    held = _put(actor, bed, UseKind.HOLD, now, now + timedelta(hours=hours), record_id=record)
    waits = Waiting.objects.visible_to(actor).filter(unit_id=bed.unit_id, record_id=record, ended_at=None).first()
    tell_offered(actor, waits.referral if waits else None, now.astimezone(LONDON).date())
    return held


@action("accommodation.give_bed", Bed)
def void_bed(
    actor: Actor, *, bed: Bed, reason: VoidReason, begins: datetime | None = None, ends: datetime | None = None
) -> UUID:
    """Take it out of use. Raises BedTaken where a woman has it in that time: she is moved first, never put out."""
    return _put(actor, bed, UseKind.VOID, begins or timezone.now(), ends, void_reason=reason)


@action("accommodation.give_bed", BedUse)
def free_bed(actor: Actor, *, beduse: BedUse) -> None:
    """End a hold or a void now. Raises NotOpen for one that has ended, and for a stay, which ends with a reason."""
    now = timezone.now()
    over = beduse.ends is not None and beduse.ends <= now
    if beduse.kind == UseKind.STAY or over:
        raise NotOpen
    beduse.ends = max(now, beduse.begins + timedelta(microseconds=1))
    beduse.closed_at, beduse.closed_by = now, actor.user
    beduse.save(update_fields=["ends", "closed_at", "closed_by"])


def own_record(actor: Actor, bed: Bed, record: UUID) -> Record:
    """Her record with the agency that holds the bed. Raises NotFound: a bed is given to one's own record only."""
    # For change: two who give her different beds take turns, so that one is told and neither is undone as a deadlock.
    found: Record = load(actor, Record, record, for_change=True)
    if found.agency_id != bed.agency_id or found.removed_at is not None:
        raise NotFound("Record")
    return found


def home(bed: Bed) -> dict[str, UUID]:
    return {"partnership_id": bed.partnership_id, "agency_id": bed.agency_id}


def _put(actor: Actor, bed: Bed, kind: UseKind, begins: datetime, ends: datetime | None, **told: object) -> UUID:
    _check_open(bed, begins)
    check_span(begins, ends)
    use = BedUse(
        bed=bed, unit_id=bed.unit_id, kind=kind, begins=begins, ends=ends, recorded_by=actor.user, **home(bed), **told
    )
    with clashes_named():
        use.save()
    return use.pk


def _check_open(bed: Bed, begins: datetime) -> None:
    if begins.astimezone(LONDON).date() < bed.opened_on:
        raise BedNotOpenYet


def _held_for(bed: Bed, record: UUID, begins: datetime) -> BedUse | None:
    standing = Q(begins__lte=begins) & Q(ends__gt=begins)
    rows = BedUse.objects.unscoped(WRITES).filter(standing, bed=bed, record_id=record, kind=UseKind.HOLD)
    found: BedUse | None = rows.order_by("begins", "id").first()
    return found


def _leave_for(actor: Actor, stay: UUID, record: UUID, bed: Bed, ends: datetime, now: datetime) -> None:
    """She moves: her stay elsewhere with this agency ends as she comes. Raises NotFound, NotOpen."""
    row: BedUse = load(actor, BedUse, stay)
    if row.record_id != record or row.agency_id != bed.agency_id:
        raise NotFound("BedUse")
    step = Unit.objects.visible_to(actor).values_list("step", flat=True).get(pk=bed.unit_id)
    where_to = WhereTo.NOT_ASKED if step == Step.FLOATING else WhereTo(step)
    close_stay(actor, row, EndReason.MOVED_ON, where_to, ends, now)


def close_stay(actor: Actor, stay: BedUse, reason: EndReason, where_to: WhereTo, ends: datetime, now: datetime) -> None:
    """Write the end of a stay and of what hung on it. Raises NotOpen, EndsBeforeItBegins."""
    if stay.kind != UseKind.STAY or stay.ends is not None:
        raise NotOpen
    check_span(stay.begins, ends)
    closed = {"ends": ends, "closed_at": now, "closed_by": actor.user}
    with clashes_named():
        for model in (Away, Blocked):
            model.objects.unscoped(WRITES).filter(stay=stay, ends=None).update(**closed)
        BedUse.objects.unscoped(WRITES).filter(pk=stay.pk, ends=None).update(
            **closed, end_reason=reason, where_to=where_to
        )

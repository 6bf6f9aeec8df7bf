"""What happens in a stay: away and back, ready to move and why she cannot, what is to do, and its end."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.actions.beds import close_stay
from alongside.casework.accommodation.actions.waiting import end_all_places
from alongside.casework.accommodation.clashes import clashes_named
from alongside.casework.accommodation.codes import (
    AwayKind,
    BlockedBy,
    EndReason,
    Step,
    TaskKind,
    UseKind,
    WaitingEnd,
    WhereTo,
)
from alongside.casework.accommodation.models import Away, BedUse, Blocked, MoveTask
from alongside.casework.accommodation.rules import EndsBeforeItBegins, NotOpen, NotYet
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action

WRITES = "an action writes its own agency's stays"


@action("accommodation.change_stay", BedUse)
def end_stay(
    actor: Actor, *, beduse: BedUse, reason: EndReason, where_to: WhereTo, ends: datetime | None = None
) -> None:
    """She left. Whether it was planned follows from the reason. Raises NotOpen, NotYet, EndsBeforeItBegins."""
    now = timezone.now()
    ends = ends or now
    if ends > now:
        raise NotYet
    if reason == EndReason.DIED:
        where_to = WhereTo.DIED
        end_all_places(actor, _her(beduse), WaitingEnd.DIED, ends)
    close_stay(actor, beduse, reason, where_to, ends, now)


@action("accommodation.change_stay", BedUse)
def go_away(
    actor: Actor, *, beduse: BedUse, kind: AwayKind, begins: datetime | None = None, back_on: date | None = None
) -> UUID:
    """She is away for a time and the bed stays hers. Raises NotOpen (also when she is away already), NotYet."""
    now = timezone.now()
    begins = _within(beduse, begins or now, now)
    away = Away(kind=kind, begins=begins, back_on=back_on, recorded_by=actor.user, **_about(beduse))
    with clashes_named():
        away.save()
    return away.pk


@action("accommodation.change_stay", BedUse)
def return_home(actor: Actor, *, beduse: BedUse, ends: datetime | None = None) -> None:
    """She is back. Raises NotOpen when she was not away, EndsBeforeItBegins, NotYet."""
    now = timezone.now()
    _end(actor, Away, beduse, _within(beduse, ends or now, now), now)


@action("accommodation.change_stay", BedUse)
def block_move(
    actor: Actor, *, beduse: BedUse, to_step: Step, reason: BlockedBy, begins: datetime | None = None
) -> UUID:
    """She is ready to move and cannot, for this reason. A reason before it ends at that moment. Raises NotOpen."""
    now = timezone.now()
    begins = _within(beduse, begins or now, now)
    if _open(Blocked, beduse).exists():
        _end(actor, Blocked, beduse, begins, now)
    blocked = Blocked(
        to_step=to_step,
        reason=reason,
        begins=begins,
        unit_id=beduse.unit_id,
        recorded_by=actor.user,
        **_about(beduse),
    )
    with clashes_named():
        blocked.save()
    return blocked.pk


@action("accommodation.change_stay", BedUse)
def unblock_move(actor: Actor, *, beduse: BedUse) -> None:
    """She is not ready after all, or nothing stands in her way. Raises NotOpen."""
    now = timezone.now()
    _end(actor, Blocked, beduse, now, now)


@action("accommodation.change_stay", BedUse)
def expect_move(actor: Actor, *, beduse: BedUse, leaves_on: date | None) -> None:
    """The day on which she is expected to move. Raises NotOpen, EndsBeforeItBegins."""
    _check_open(beduse)
    if leaves_on is not None and leaves_on < timezone.localdate(beduse.begins):
        raise EndsBeforeItBegins
    beduse.leaves_on = leaves_on
    beduse.save(update_fields=["leaves_on"])


@action("accommodation.change_stay", BedUse)
def add_task(actor: Actor, *, beduse: BedUse, kind: TaskKind, due_on: date) -> UUID:
    """Something to do before she can move. Raises NotOpen."""
    _check_open(beduse)
    task = MoveTask(kind=kind, due_on=due_on, recorded_by=actor.user, **_about(beduse))
    task.save()
    return task.pk


@action("accommodation.change_stay", MoveTask)
def do_task(actor: Actor, *, movetask: MoveTask) -> None:
    """It is done; a second time changes nothing."""
    if movetask.done_at is None:
        movetask.done_at, movetask.done_by = timezone.now(), actor.user
        movetask.save(update_fields=["done_at", "done_by"])


def _her(stay: BedUse) -> UUID:
    if stay.kind != UseKind.STAY or stay.record_id is None:
        raise NotOpen
    return stay.record_id


def _about(stay: BedUse) -> dict[str, object]:
    return {
        "stay": stay,
        "record_id": stay.record_id,
        "partnership_id": stay.partnership_id,
        "agency_id": stay.agency_id,
    }


def _check_open(stay: BedUse) -> None:
    if stay.kind != UseKind.STAY or stay.ends is not None:
        raise NotOpen


def _within(stay: BedUse, moment: datetime, now: datetime) -> datetime:
    """A moment of a stay that goes on. Raises NotOpen, NotYet, EndsBeforeItBegins."""
    _check_open(stay)
    if moment > now:
        raise NotYet
    if moment < stay.begins:
        raise EndsBeforeItBegins("This lies before her stay began.")
    return moment


def _open(model: type[Away] | type[Blocked], stay: BedUse):  # type: ignore[no-untyped-def]
    return model.objects.unscoped(WRITES).filter(stay=stay, ends=None)


def _end(actor: Actor, model: type[Away] | type[Blocked], stay: BedUse, ends: datetime, now: datetime) -> None:
    with clashes_named():
        if not _open(model, stay).update(ends=ends, closed_at=now, closed_by=actor.user):
            raise NotOpen

"""Who waits for a place, what holds for her, and every change of it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.clashes import clashes_named
from alongside.casework.accommodation.codes import Need, Source, WaitingEnd, WaitingStep
from alongside.casework.accommodation.models import Unit, Waiting, WaitingEvent
from alongside.casework.accommodation.rules import NotOpen, NotYet
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, load
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.models import Record

WRITES = "an action writes its own agency's list"


@action("accommodation.keep_list", Unit)
def join_list(
    actor: Actor,
    *,
    unit: Unit,
    record: UUID,
    source: Source,
    needs: Collection[Need] = (),
    leaves_on: date | None = None,
    is_emergency: bool = False,
    referral: UUID | None = None,
    joined: datetime | None = None,
) -> UUID:
    """Put her on a unit's list: she or a worker asks, or a referral was accepted (`referral`: its id).

    An emergency starts the unit's clock at `joined`. Raises AlreadyWaiting, NotYet, NotFound.
    """
    now = timezone.now()
    joined = joined or now
    if joined > now:
        raise NotYet
    her: Record = load(actor, Record, record)
    if her.agency_id != unit.agency_id or her.removed_at is not None:
        raise NotFound("Record")
    minutes = unit.emergency_minutes if is_emergency else None
    waiting = Waiting(
        partnership_id=unit.partnership_id,
        agency_id=unit.agency_id,
        unit=unit,
        record_id=record,
        source=source,
        referral=referral,
        needs=sorted(needs),
        leaves_on=leaves_on,
        bed_due=joined + timedelta(minutes=minutes) if minutes else None,
        joined_at=joined,
        joined_by=actor.user,
    )
    with clashes_named():
        waiting.save()
    log(actor, waiting, WaitingStep.JOINED)
    return waiting.pk


@action("accommodation.keep_list", Waiting)
def change_needs(actor: Actor, *, waiting: Waiting, needs: Collection[Need], leaves_on: date | None = None) -> None:
    """What holds for her now. Raises NotOpen."""
    check_waits(waiting)
    waiting.needs, waiting.leaves_on = sorted(needs), leaves_on
    waiting.save(update_fields=["needs", "leaves_on"])
    log(actor, waiting, WaitingStep.CHANGED)


@action("accommodation.keep_list", Waiting)
def leave_list(actor: Actor, *, waiting: Waiting, ended_as: WaitingEnd, ended: datetime | None = None) -> None:
    """She waits no more. Raises NotOpen, EndsBeforeItBegins."""
    check_waits(waiting)
    end_place(actor, waiting, ended_as, ended or timezone.now())


def place_her(actor: Actor, unit: UUID, record: UUID, at: datetime) -> Waiting | None:
    """Her place on this unit's list ends with a bed. Returns it; None where she was not on it."""
    rows = Waiting.objects.unscoped(WRITES).filter(unit_id=unit, record_id=record, ended_at=None)
    waiting: Waiting | None = rows.order_by("joined_at", "id").first()
    if waiting is None:
        return None
    end_place(actor, waiting, WaitingEnd.PLACED, max(at, waiting.joined_at))
    return waiting


def end_all_places(actor: Actor, record: UUID, ended_as: WaitingEnd, at: datetime) -> None:
    for waiting in Waiting.objects.visible_to(actor).filter(record_id=record, ended_at=None).order_by("id"):
        end_place(actor, waiting, ended_as, max(at, waiting.joined_at))


def end_place(actor: Actor, waiting: Waiting, ended_as: WaitingEnd, at: datetime) -> None:
    waiting.ended_at, waiting.ended_by, waiting.ended_as = at, actor.user, ended_as
    with clashes_named():
        waiting.save(update_fields=["ended_at", "ended_by", "ended_as"])
    log(actor, waiting, WaitingStep.ENDED)


def check_waits(waiting: Waiting) -> None:
    if waiting.ended_at is not None:
        raise NotOpen


def log(actor: Actor, waiting: Waiting, what: WaitingStep) -> None:
    WaitingEvent.objects.create(
        partnership_id=waiting.partnership_id,
        agency_id=waiting.agency_id,
        waiting=waiting,
        record_id=waiting.record_id,
        what=what,
        needs=waiting.needs,
        recorded_by=actor.user,
    )

"""Women whom a house took by referral: onto its list, and the clocks of which their senders learn."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.actions.waiting import WRITES, check_waits, join_list, log
from alongside.casework.accommodation.codes import Need, WaitingStep
from alongside.casework.accommodation.models import Unit, Waiting
from alongside.casework.accommodation.rules import LONDON, AlreadyWaiting, noon
from alongside.casework.referrals import actions as referrals
from alongside.casework.referrals import queries as sent
from alongside.casework.referrals.codes import State
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Source

KEEP = "accommodation.keep_list"


@action(KEEP, Unit)
def accept_onto_list(
    actor: Actor, *, unit: Unit, referral: UUID, seen: int, starts_on: date | None = None, on: date | None = None
) -> UUID:
    """The house says yes, and she is on its list by the same step. Returns her place. Raises a ReferralFault."""
    referrals.accept(actor, referral, seen=seen, on=on, starts_on=starts_on)
    return _joined(actor, unit, referral)


@action(KEEP, Unit)
def join_referred(actor: Actor, *, unit: Unit, referral: UUID) -> UUID:
    """Onto the list, after the house's service said yes elsewhere. Raises NotFound: nobody whom it took."""
    return _joined(actor, unit, referral)


def _joined(actor: Actor, unit: Unit, referral: UUID) -> UUID:
    """She waits since she was accepted. Who waits here already keeps her place, and the referral is told of it."""
    her = sent.taken(actor, [unit.service_id], referral=referral) if unit.service_id else []
    if not her:
        raise NotFound("Referral")
    row, record = her[0].row, her[0].record
    accepted_on = row.clocks.decided
    joined = min(timezone.now(), noon(accepted_on)) if accepted_on else timezone.now()
    needs = [Need.LEAVING] if row.source == Source.PRISON else []
    try:
        place: UUID = join_list(
            actor, unit.pk, record=record, source=row.source, needs=needs, referral=referral, joined=joined
        )
    except AlreadyWaiting:
        held = Waiting.objects.unscoped(WRITES).filter(unit_id=unit.pk, record_id=record, ended_at=None)
        held.filter(referral=None).update(referral=referral)
        place = held.values_list("pk", flat=True).get()
    return place


def join_if_referred(actor: Actor, unit: UUID, record: UUID) -> None:
    """Before she is given a bed of this house: whom its service took is put on its list, if she is not on it yet."""
    row = Unit.objects.visible_to(actor).get(pk=unit)
    took = sent.taken(actor, [row.service_id], record=record) if row.service_id else []
    if took and not Waiting.objects.visible_to(actor).filter(unit_id=unit, record_id=record, ended_at=None).exists():
        join_referred(actor, unit, referral=took[0].row.id)


@action(KEEP, Waiting)
def note_offer(actor: Actor, *, waiting: Waiting, said_not_now: bool = False) -> None:
    """A bed was offered, or she said "not now"; she keeps her place either way. Raises NotOpen."""
    check_waits(waiting)
    log(actor, waiting, WaitingStep.NOT_NOW if said_not_now else WaitingStep.OFFERED)
    if not said_not_now:
        tell_offered(actor, waiting.referral, timezone.localdate())


def tell_offered(actor: Actor, referral: UUID | None, starts_on: date) -> None:
    """Who sent her learns that a bed was offered for that day."""
    row = _open(actor, referral)
    if row is not None:
        _take(referrals.offer, actor, row, starts_on=starts_on)


def tell_started(actor: Actor, referral: UUID | None, begins: datetime) -> None:
    """Who sent her learns that she has a bed."""
    row = _open(actor, referral)
    if row is not None:
        _take(referrals.start, actor, row, on=max(begins.astimezone(LONDON).date(), row.steps[-1].on))


def _open(actor: Actor, referral: UUID | None) -> sent.ReferralRow | None:
    row = sent.arrivals(actor, [referral]).get(referral) if referral else None
    return row if row is not None and row.state in (State.ACCEPTED, State.OFFERED) else None


def _take(step: object, actor: Actor, row: sent.ReferralRow, **facts: object) -> None:
    try:
        step(actor, row.id, seen=row.version, **facts)  # type: ignore[operator]
    except referrals.ReferralFault:
        return  # somebody took a step at the same moment: the bed is hers, the referral stands as they left it

"""One step of a referral: checked against what was seen, added, and the referral closed when it was the last."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.referrals import rules
from alongside.casework.referrals.codes import FINAL, Side, State
from alongside.casework.referrals.models import OpenReferral, Referral, ReferralStep
from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class Taken:
    """A step to take. `seen`: number of the last step that the person saw; `on`: the day it happened (today)."""

    to: State
    side: Side
    seen: int
    on: date | None = None
    reason: str = ""
    starts_on: date | None = None
    other_service: UUID | None = None


def steps_of(actor: Actor, referral: Referral) -> list[rules.Step]:
    rows = ReferralStep.objects.visible_to(actor).filter(referral_id=referral.pk).order_by("number")
    columns = ("number", "state", "occurred_on", "reason")
    return [rules.Step(number, State(state), on, reason) for number, state, on, reason in rows.values_list(*columns)]


def take_step(actor: Actor, referral: Referral, taken: Taken) -> None:
    """Add one step. Raises MovedOn for an old page or a step that does not follow, OutOfOrder for a wrong day."""
    today = timezone.localdate()
    on = taken.on or today
    steps = steps_of(actor, referral)
    rules.check_seen(steps, taken.seen)
    rules.check_move(rules.state_of(steps, referral.lapses_on, on), taken.to, taken.side)
    rules.check_day(steps, on, today)
    add_step(actor, referral, taken, on, steps[-1].number + 1)


def add_step(actor: Actor, referral: Referral, taken: Taken, on: date, number: int) -> None:
    try:
        with transaction.atomic():
            ReferralStep.objects.create(
                partnership_id=referral.partnership_id,
                agency_id=referral.agency_id,
                answering_id=referral.answering_id,
                record_id=referral.record_id,
                referral_id=referral.pk,
                number=number,
                state=taken.to,
                reason=taken.reason,
                occurred_on=on,
                starts_on=taken.starts_on,
                other_service_id=taken.other_service,
                recorded_by=actor.user,
            )
    except IntegrityError:
        raise rules.MovedOn("Somebody took a step at the same moment. Look at it again.") from None
    if taken.to in FINAL:
        OpenReferral.objects.visible_to(actor).filter(pk=referral.pk).delete()

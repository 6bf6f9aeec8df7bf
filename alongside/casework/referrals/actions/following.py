"""What the sender does with a referral after it was sent."""

from datetime import date
from uuid import UUID

from django.db.models import Max

from alongside.casework.referrals import passing_on
from alongside.casework.referrals.actions.sending import Asked, send_on
from alongside.casework.referrals.actions.steps import Taken, take_step
from alongside.casework.referrals.codes import HowAgreed, Side, State, WithdrawReason
from alongside.casework.referrals.models import Learnt, Package, Referral, ReferralStep
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.agencies.codes import Source
from alongside.register.people.codes import FieldGroup

FOLLOW = "referrals.follow"


@action(FOLLOW, Referral)
def withdraw(actor: Actor, *, referral: Referral, seen: int, reason: WithdrawReason, on: date | None = None) -> None:
    """Take it back. A service that had accepted her keeps its own record; nothing more is passed on."""
    take_step(actor, referral, Taken(State.WITHDRAWN, Side.SENDER, seen, on, reason))


@action(FOLLOW, Referral)
def take_up_offer(actor: Actor, *, referral: Referral, seen: int) -> UUID:
    """She says yes to the other service: a new referral there, with what she agreed to pass on before."""
    step = ReferralStep.objects.visible_to(actor).filter(referral_id=referral.pk, state=State.RETURNED)
    offered = step.order_by("-number").values_list("other_service_id", flat=True).first()
    take_step(actor, referral, Taken(State.TAKEN_UP, Side.SENDER, seen))
    row = Package.objects.visible_to(actor).get(pk=referral.pk)
    _, words = passing_on.package(row.agency_id, row.pk, row.data_key, row.known, row.words)
    sealed = [(referral.pk, referral.data_key, referral.summary)]
    told = passing_on.summaries(referral.agency_id, sealed).get(referral.pk, passing_on.Summary())
    asked = Asked(
        service=offered,
        source=Source(referral.source),
        groups=tuple(FieldGroup(group) for group in referral.groups),
        needs=told.needs,
        words=words,
        how_agreed=HowAgreed(referral.how_agreed),
        asked_on=referral.asked_on,
        from_agency=referral.from_agency_id,
        opens_months=referral.opens_months,
    )
    return send_on(actor, referral.record_id, asked, follows=referral.pk)


@action(FOLLOW, Referral)
def know_outcome(actor: Actor, *, referral: Referral) -> None:
    """The sender says that she knows what came of it: it leaves the first page. A second time changes nothing."""
    steps = ReferralStep.objects.visible_to(actor).filter(referral_id=referral.pk)
    last = steps.aggregate(last=Max("number"))["last"]
    row = {
        "partnership_id": referral.partnership_id,
        "agency_id": referral.agency_id,
        "record_id": referral.record_id,
        "learnt_by": actor.user,
    }
    Learnt.objects.visible_to(actor).get_or_create(referral_id=referral.pk, number=last, defaults=row)

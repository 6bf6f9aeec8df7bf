"""Who refers, who answers, and whose referrals each may see."""

from django.db.models import Q

from alongside.casework.referrals.codes import State
from alongside.casework.referrals.models import (
    Arrival,
    CountedReferral,
    Learnt,
    OpenedRecord,
    OpenReferral,
    Package,
    Referral,
    ReferralStep,
    TurnedAway,
)
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.about import about_record
from alongside.register.people.codes import FieldGroup
from alongside.register.people.policy import unbarred

NONE = Q(pk__in=[])
caseworker = holds(*CASEWORKERS)
coordinator = holds(Role.COORDINATOR)

permit("referrals.open", "Caseworkers open the referrals that their agency sent or answers.", (caseworker,))
permit(
    "referrals.send",
    "Caseworkers refer a woman of their own agency, with what she agreed to pass on; or write down that she, a court or"
    " a prison asked.",
    (caseworker, same_agency),
)
permit(
    "referrals.follow",
    "Caseworkers of the sending agency withdraw a referral or take up another offer.",
    (caseworker, same_agency),
)
permit(
    "referrals.answer",
    "Caseworkers of the service's agency answer a referral; where that agency has no account, those of the sender do,"
    " from the form that came back.",
    (caseworker, same_agency),
)
permit("referrals.turned_away", "Caseworkers write down that a service said no to a woman.", (caseworker, same_agency))
permit("referrals.export", "Caseworkers take their agency's referrals away as a file, without names.", (caseworker,))
permit(
    "referrals.across",
    "The co-ordinator sees all referrals of the partnership by number: who waits for whose answer, and no name.",
    (coordinator,),
)
permit("referrals.count", "The counting job reads referrals and refusals without names.", (is_job("counting"),))


def _works_there(actor: Actor) -> bool:
    caseworks = bool(actor.roles & {role.value for role in CASEWORKERS})
    return caseworks and actor.reach == "agency" and actor.agency is not None


def _partnership(actor: Actor) -> Q:
    entitled = actor.job == "counting" or Role.COORDINATOR.value in actor.roles
    return Q(partnership_id=actor.partnership) if entitled and actor.reach == "coordinator" else NONE


def _either_side(actor: Actor) -> Q:
    if actor.reach == "coordinator":
        return _partnership(actor)
    either = Q(agency_id=actor.agency) | Q(answering_id=actor.agency)
    return either & unbarred(actor, "record_id") if _works_there(actor) else NONE


@rows_of(Referral)
def sent(actor: Actor) -> Q:
    """What this agency sent, but for women from whom the reader is kept."""
    return Q(agency_id=actor.agency) & unbarred(actor, "record_id") if _works_there(actor) else NONE


@rows_of(CountedReferral)
def counted(actor: Actor) -> Q:
    """All of the partnership, for the co-ordinator and for counting."""
    return _partnership(actor)


@rows_of(Arrival)
def arrived(actor: Actor) -> Q:
    """What this agency answers, but for women from whom the reader is kept."""
    return Q(answering_id=actor.agency) & unbarred(actor, "record_id") if _works_there(actor) else NONE


for _model in (ReferralStep, OpenReferral):
    rows_of(_model)(_either_side)


@rows_of(Package)
def packages(actor: Actor) -> Q:
    """The sender reads what it sent; the service only once it has accepted her."""
    if not _works_there(actor):
        return NONE
    steps = ReferralStep.objects.unscoped("whether its own step says that it accepted her")
    accepted = steps.filter(answering_id=actor.agency, state=State.ACCEPTED).values("referral_id")
    readable = Q(agency_id=actor.agency) | Q(answering_id=actor.agency, referral_id__in=accepted)
    return readable & unbarred(actor, "record_id")


@rows_of(OpenedRecord)
def opened(actor: Actor) -> Q:
    """For the agency that accepted her alone."""
    return about_record(FieldGroup.NOTES)(actor) if _works_there(actor) else NONE


@rows_of(Learnt)
def learnt(actor: Actor) -> Q:
    return sent(actor)


@rows_of(TurnedAway)
def turned_away(actor: Actor) -> Q:
    """Own agency's; all of the partnership for counting only."""
    if actor.job:
        return _partnership(actor)
    return about_record(FieldGroup.NOTES)(actor) if _works_there(actor) else NONE

"""Whose requests, disclosures, looks and breaches an actor may see, and what she may do with them."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.codes import FieldGroup
from alongside.register.people.policy import unbarred
from alongside.register.rights.models import (
    Breach,
    Disclosure,
    EmergencyLook,
    HerRequest,
    KeptOn,
    LegalHold,
    OutsideRequest,
    RetentionRule,
)

NONE = Q(pk__in=[])
caseworker = holds(*CASEWORKERS)
lead = holds(Role.DP_LEAD)
authoriser = holds(Role.MANAGER, Role.DP_LEAD)
manager = holds(Role.MANAGER)
anyone_here = holds(*CASEWORKERS, Role.DP_LEAD)

permit(
    "rights.open",
    "Caseworkers and the data protection lead open the registers of their own agency.",
    (anyone_here,),
)
permit(
    "rights.write",
    "Caseworkers and the data protection lead write down what police and others ask of their agency.",
    (anyone_here, same_agency),
)
permit(
    "rights.authorise",
    "A service manager or the data protection lead authorises, or turns down, what police and others ask; two people,"
    " neither the one who wrote it down.",
    (authoriser, same_agency),
)
permit(
    "rights.disclose",
    "A caseworker of the agency that holds the record proposes to share without her agreement, with one agency.",
    (caseworker, same_agency),
)
permit(
    "rights.sign_disclosure",
    "A second person of the agency that holds the record signs, turns down, reviews or ends it.",
    (anyone_here, same_agency),
)
permit("rights.emergency", "A caseworker opens the page of an emergency look.", (caseworker,))
permit(
    "rights.look",
    "A caseworker looks in an emergency at one woman, from her own agency's record of her.",
    (caseworker, same_agency),
    field_groups=list(FieldGroup),
)
permit(
    "rights.review_look",
    "The data protection lead of the agency that holds the record reviews an emergency look.",
    (lead, same_agency),
)
permit(
    "rights.receive",
    "Caseworkers and the data protection lead write down what a woman asks of their agency, and keep it moving.",
    (anyone_here, same_agency),
)
permit("rights.decide", "The data protection lead decides what a woman asked for.", (lead, same_agency))
permit(
    "rights.pack",
    "Caseworkers put together, check and hand over the copy of what their own agency holds about her.",
    (caseworker, same_agency),
    field_groups=list(FieldGroup),
)
permit(
    "rights.take_along",
    "A service manager takes along what her agency holds, once it has asked to leave the partnership.",
    (manager, same_agency),
    field_groups=list(FieldGroup),
)
permit(
    "rights.agree_erasure",
    "A service manager agrees that what the data protection lead decided to erase is erased.",
    (manager, same_agency),
)
permit(
    "rights.erase",
    "The data protection lead erases what she decided and a service manager agreed to erase.",
    (lead, same_agency),
)
permit("rights.desk", "The data protection lead opens her desk.", (lead,))
permit(
    "rights.keep",
    "The data protection lead sets how long her agency keeps things, reviews what is due, and places and lifts holds.",
    (lead, same_agency),
)
permit(
    "rights.breach",
    "The data protection lead writes down a breach in her agency, lists what a worker read, and stops sharing.",
    (lead, same_agency),
)
permit("rights.count", "The counting job reads on which days complaints came, and to whom.", (is_job("counting"),))


def _here(actor: Actor) -> bool:
    works_here = actor.roles & {Role.DP_LEAD.value, *(role.value for role in CASEWORKERS)}
    return actor.reach == "agency" and actor.agency is not None and bool(works_here)


def own(actor: Actor) -> Q:
    """Own agency's rows, for those who work there with women and for its data protection lead."""
    return Q(agency_id=actor.agency) if _here(actor) else NONE


def own_about_her(actor: Actor) -> Q:
    """The same, but for women whom she is kept from."""
    return own(actor) & unbarred(actor, "record_id")


def for_lead(actor: Actor) -> Q:
    """Own agency's rows, for its data protection lead alone."""
    return own(actor) if Role.DP_LEAD.value in actor.roles else NONE


@rows_of(EmergencyLook)
def looks(actor: Actor) -> Q:
    """Of the holder all who work there; of the agency that looked she herself and the data protection lead."""
    if not _here(actor):
        return NONE
    mine = Q(agency_id=actor.agency)
    if Role.DP_LEAD.value not in actor.roles:
        mine &= Q(opened_by=actor.user)
    return (Q(holder_id=actor.agency) | mine) & unbarred(actor, "record_id")


def hers(actor: Actor) -> Q:
    """The same; for counting the partnership's, of which the database tells it complaints alone."""
    if actor.job == "counting":
        return Q(partnership_id=actor.partnership) if actor.partnership else NONE
    return own_about_her(actor)


rows_of(HerRequest)(hers)
for _model in (OutsideRequest, Disclosure, LegalHold, KeptOn):
    rows_of(_model)(own_about_her)
rows_of(RetentionRule)(own)
rows_of(Breach)(for_lead)

"""Whose records, names, pairs and decisions an actor may see, and what she may do with them."""

from django.db.models import F, Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS, AgencyKind, Role
from alongside.register.people.codes import FieldGroup
from alongside.register.people.models import (
    Acceptance,
    CaseworkLink,
    Decision,
    Grouping,
    Identity,
    LinkageRun,
    Pair,
    Person,
    Record,
)

NONE = Q(pk__in=[])
caseworker = holds(*CASEWORKERS)
coordinator = holds(Role.COORDINATOR)

permit("people.look_up", "Caseworkers look among their own agency's records.", (caseworker,))
permit("people.list", "Caseworkers list their own agency's records.", (caseworker,))
permit("people.open", "Caseworkers open a record of their own agency.", (caseworker, same_agency))
permit(
    "people.read_names",
    "Names are read by caseworkers of the agency that holds the record, and by the jobs that link and take in lists.",
    (caseworker, same_agency),
    (is_job("linkage", "intake"), same_partnership),
    field_groups=[FieldGroup.IDENTITY],
)
permit("people.record", "Caseworkers make a record for their own agency.", (caseworker,))
permit("people.change_identity", "Caseworkers correct what their own agency knows her by.", (caseworker, same_agency))
permit(
    "people.take_in",
    "The intake job writes the rows of a list that an agency handed over, into that agency.",
    (is_job("intake"),),
)
permit("people.link", "The linkage job compares the records of one partnership.", (is_job("linkage"),))
permit("people.start_linkage", "The co-ordinator asks for all records to be compared again.", (coordinator,))
permit(
    "people.settle",
    "The settlement job, begun by a decision or by an acceptance, regroups the records around it for counting, and lets"
    ' two agencies know of each other once a person said "the same woman" and both holders accepted.',
    (is_job("settlement"),),
)
permit(
    "people.review",
    "The partnership co-ordinator reviews possible same women between agencies, without names;"
    " caseworkers review those within their own agency.",
    (coordinator,),
    (caseworker,),
)
permit(
    "people.decide",
    "The co-ordinator decides about two records of two agencies, or of a contributor's list; a caseworker about two of"
    " her own agency.",
    (coordinator, same_partnership),
    (caseworker, same_agency),
)
permit(
    "people.accept",
    "A caseworker records, for a record of her agency, that agencies who work with her too may know.",
    (caseworker, same_agency),
)
permit("people.count", "The linkage and counting jobs read groups without names.", (is_job("linkage", "counting"),))


def held(actor: Actor) -> Q:
    """Own agency's rows, for those who work there with women, and for the intake job."""
    works_there = actor.job == "intake" or bool(actor.roles & {role.value for role in CASEWORKERS})
    if actor.reach == "agency" and actor.agency and works_there:
        return Q(agency_id=actor.agency)
    return NONE


def _partnership(actor: Actor) -> Q:
    if actor.reach in ("coordinator", "linker") and actor.partnership:
        return Q(partnership_id=actor.partnership)
    return NONE


@rows_of(Record)
def records(actor: Actor) -> Q:
    return _partnership(actor) if actor.reach in ("coordinator", "linker") else held(actor)


@rows_of(Identity)
def identities(actor: Actor) -> Q:
    return _partnership(actor) if actor.reach == "linker" else held(actor)


@rows_of(Acceptance)
def acceptances(actor: Actor) -> Q:
    return _partnership(actor) if actor.reach == "coordinator" else held(actor)


@rows_of(CaseworkLink)
def casework_links(actor: Actor) -> Q:
    if actor.reach == "coordinator":
        return _partnership(actor)
    own = held(actor)
    return own if own == NONE else Q(agency_a_id=actor.agency) | Q(agency_b_id=actor.agency)


def _for_coordinator() -> Q:
    """Pairs between two agencies, and within a contributor's list, which nobody there may review.

    Pairs within any other agency are its own affair: what the co-ordinator decided about them would tell its workers
    what she saw of other lists.
    """
    return ~Q(agency_a_id=F("agency_b_id")) | Q(agency_a__kind=AgencyKind.CONTRIBUTOR)


@rows_of(Pair)
def pairs(actor: Actor) -> Q:
    """The partnership's evidence for co-ordinator and jobs; for an agency what its own list alone says."""
    if actor.reach == "linker":
        return _partnership(actor)
    if actor.reach == "coordinator":
        seen = _partnership(actor) & Q(held_by=None)
        return seen if actor.job else seen & _for_coordinator()
    own = held(actor)
    return own if own == NONE else Q(held_by_id=actor.agency)


@rows_of(Decision)
def decisions(actor: Actor) -> Q:
    """Of the partnership for jobs, between agencies for the co-ordinator, of two own records for an agency."""
    if actor.reach in ("coordinator", "linker"):
        return _partnership(actor) if actor.job else _partnership(actor) & _for_coordinator()
    own = held(actor)
    return own if own == NONE else Q(agency_a_id=actor.agency, agency_b_id=F("agency_a_id"))


for _model in (Person, Grouping, LinkageRun):
    rows_of(_model)(_partnership)

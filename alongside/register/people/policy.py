"""Whose records, names, pairs and decisions an actor may see, and what she may do with them."""

from django.db.models import F, Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import ATTENDEE, CASEWORKERS, AgencyKind, Role
from alongside.register.people.codes import FieldGroup, StandingKind
from alongside.register.people.first_line import (
    barred_from,
    given,
    given_anything,
    in_force_of,
    listed,
    needs_reason,
    to_call_back,
    to_us,
)
from alongside.register.people.matrix import PRIVATE, Scope, may_be_named, scopes, sees_own
from alongside.register.people.models import (
    Acceptance,
    CaseworkLink,
    Decision,
    Exclusion,
    Grant,
    Grouping,
    Handout,
    Identity,
    Item,
    Lead,
    LinkageRun,
    Matter,
    Pair,
    Person,
    ReadReason,
    RecallDone,
    Record,
    Standing,
)

NONE = Q(pk__in=[])
JOBS = ("intake", "sharing")  # those that act for one agency
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
permit(
    "people.renew_indexes",
    "The operator at the machine has an agency's blind indexes computed anew, under new keys.",
    (is_job("operator"),),
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
permit(
    "people.share",
    "A caseworker of the agency that holds a record keeps what she agreed: which agency may know which kinds of facts,"
    " until when; and ends it.",
    (caseworker, same_agency),
)
permit(
    "people.share_by_law",
    "The sharing job, begun by a disclosure that two people signed or by breaking the glass, opens one record for a"
    " while.",
    (is_job("sharing"), same_agency),
)
permit(
    "people.share_as_agreed",
    "The sharing job opens one record of its agency as she agreed beforehand, once a referral of hers is accepted.",
    (is_job("sharing"), same_agency),
)
permit(
    "people.read_shared",
    "Caseworkers read what another agency shares with theirs, as far as the grant and their role go.",
    (caseworker,),
    field_groups=[FieldGroup.IDENTITY],
)
permit(
    "people.bring",
    "A caseworker of the agency that holds a record brings the woman to a forum with which she agreed to share, and"
    " takes her off its list.",
    (caseworker, same_agency),
)
permit(
    "people.see_forums",
    "Caseworkers open the lists of the forums on which they sit: each sees the women whom she may see, and no others.",
    (caseworker,),
    field_groups=[FieldGroup.IDENTITY],
)
permit(
    "people.keep_out",
    "A caseworker of the agency that holds a record keeps out whom she fears, and lets in again.",
    (caseworker, same_agency),
)
permit(
    "people.declare_conflict",
    "A caseworker says that she should not see a record; from then on she does not.",
    (caseworker,),
)
permit(
    "people.hand_out", "Caseworkers number what they print or export about a woman whom they may see.", (caseworker,)
)
permit(
    "people.stop_using",
    "Caseworkers of the agency that was given something say that they stopped using it, once it has ended.",
    (caseworker,),
)
permit(
    "people.note_standing",
    "A caseworker of the agency that holds a record notes that the woman has died, or that she is under 18, and takes"
    " back a mistake.",
    (caseworker, same_agency),
)
permit(
    "people.write_matter",
    "A caseworker of the agency that holds a record keeps a private matter (health, children, sexual violence,"
    " immigration) of a kind that her role may see, and ends one that she reads whole.",
    (caseworker, same_agency),
    field_groups=list(PRIVATE),
)
permit(
    "people.lead",
    "A caseworker of the agency that holds a record says who leads, and offers the lead to an agency that works with"
    " her too.",
    (caseworker, same_agency),
)
permit(
    "people.take_lead",
    "A caseworker of the agency that was asked takes over the lead of a woman whom both may know of.",
    (caseworker,),
)
permit(
    "people.name_worker",
    "Whoever is named for sexual violence or immigration of one woman names a colleague of her agency; where nobody is,"
    " a service manager does.",
    (caseworker, same_agency),
)
permit(
    "people.say_why",
    "A caseworker says why she reads about a woman who has died; for four hours the record opens to her.",
    (caseworker,),
)
permit(
    "people.find_names",
    "Caseworkers, and the job that checks what goes out, ask whether a text of their agency names a woman it knows.",
    (caseworker,),
    (is_job("checking"),),
)
permit("people.count", "The linkage and counting jobs read groups without names.", (is_job("linkage", "counting"),))


def _works_with_women(actor: Actor) -> bool:
    return actor.reach == "agency" and actor.agency is not None and may_be_named(actor.roles)


def held(actor: Actor) -> Q:
    """Own agency's rows, for those who work there with women, and for the jobs of one agency."""
    if _works_with_women(actor) or (actor.reach == "agency" and actor.agency and actor.job in JOBS):
        return Q(agency_id=actor.agency)
    return NONE


def unbarred(actor: Actor, *paths: str) -> Q:
    """Only rows whose records (ids at `paths`) she is not kept from. Beats every grant."""
    if actor.user is None and actor.agency is None:
        return Q()  # a job of the partnership as a whole: no person stands behind it
    barred = barred_from(actor)
    rule = Q()
    for path in paths:
        rule &= ~Q(**{f"{path}__in": barred})
    return rule


def counted(actor: Actor) -> Q:
    """Rows of the partnership for the counting job, but for girls under 18: they are counted elsewhere."""
    girls = in_force_of(StandingKind.UNDER_18).values("record_id")
    return Q(partnership_id=actor.partnership) & ~Q(record_id__in=girls)


def about(actor: Actor, group: FieldGroup) -> Q:
    """Rows of `group` (by their `record` and `agency`): the sharing rule."""
    rows = held(actor)
    if not _works_with_women(actor):
        return rows & unbarred(actor, "record_id")
    if not sees_own(actor.roles, group):
        rows = NONE
    seen = rows | Q(record_id__in=given(actor, group))
    return seen & ~Q(record_id__in=needs_reason(actor)) & unbarred(actor, "record_id")


def _partnership(actor: Actor) -> Q:
    if actor.reach in ("coordinator", "linker") and actor.partnership:
        return Q(partnership_id=actor.partnership)
    return NONE


def reads_whole(actor: Actor) -> Q:
    """Private matters that the actor reads whole: by her role, by a grant, or by name."""
    rule = NONE
    for group in PRIVATE:
        rule |= Q(group=group) & about(actor, group)
    return rule


@rows_of(Matter)
def matters(actor: Actor) -> Q:
    """Those she reads whole, and of her own agency those of which her role may know that they are there."""
    if not _works_with_women(actor):
        return NONE
    told = [group for group in PRIVATE if scopes(actor.roles, group) & {Scope.FLAG, Scope.RISK}]
    is_there = Q(group__in=told) & held(actor) & unbarred(actor, "record_id")
    is_there &= ~Q(record_id__in=needs_reason(actor))
    return reads_whole(actor) | is_there


@rows_of(Record)
def records(actor: Actor) -> Q:
    """Own records only: one that another agency shares is read through its grant (see queries/shared.py)."""
    rows = _partnership(actor) if actor.reach in ("coordinator", "linker") else held(actor)
    return rows & unbarred(actor, "pk")


@rows_of(Identity)
def identities(actor: Actor) -> Q:
    if actor.reach == "linker":
        return _partnership(actor)
    if actor.job == "checking":
        return Q(agency_id=actor.agency)
    return about(actor, FieldGroup.IDENTITY)


@rows_of(Acceptance)
def acceptances(actor: Actor) -> Q:
    rows = _partnership(actor) if actor.reach == "coordinator" else held(actor)
    return rows & unbarred(actor, "record_id")


@rows_of(Grant)
def grants(actor: Actor) -> Q:
    """What the own agency gave, and what it was given, also when that has ended: a receiver has to stop using it."""
    own = held(actor)
    return own if own == NONE else (own | to_us(actor) | to_call_back(actor)) & unbarred(actor, "record_id")


@rows_of(Item)
def items(actor: Actor) -> Q:
    """Those of own records, and what stands on the lists of forums on which the actor sits, as a grant opens it."""
    rows = held(actor)
    if rows == NONE:
        return NONE
    if ATTENDEE in actor.roles:
        rows |= Q(pk__in=listed(actor))
    return rows & unbarred(actor, "record_id")


@rows_of(Standing)
def standings(actor: Actor) -> Q:
    """Of own records and of those that are shared with the actor, of whatever kind of facts."""
    rows = held(actor)
    if not _works_with_women(actor):
        return NONE
    return (rows | Q(record_id__in=given_anything(actor))) & unbarred(actor, "record_id")


@rows_of(Lead)
def led(actor: Actor) -> Q:
    """Of own records, and those that the actor's agency is asked to take over."""
    own = held(actor)
    if own == NONE:
        return NONE
    return (own | Q(offered_to_id=actor.agency, ended_at=None)) & unbarred(actor, "record_id")


@rows_of(ReadReason)
@rows_of(Exclusion)
@rows_of(Handout)
def own_about_her(actor: Actor) -> Q:
    return held(actor) & unbarred(actor, "record_id")


@rows_of(RecallDone)
def recalls_done(actor: Actor) -> Q:
    return held(actor) & unbarred(actor, "grant__record_id")


@rows_of(CaseworkLink)
def casework_links(actor: Actor) -> Q:
    rows = _partnership(actor)
    if actor.reach != "coordinator":
        own = held(actor)
        rows = own if own == NONE else Q(agency_a_id=actor.agency) | Q(agency_b_id=actor.agency)
    return rows & unbarred(actor, "a_id", "b_id")


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
        return seen if actor.job else seen & _for_coordinator() & unbarred(actor, "a_id", "b_id")
    own = held(actor)
    return own if own == NONE else Q(held_by_id=actor.agency) & unbarred(actor, "a_id", "b_id")


@rows_of(Decision)
def decisions(actor: Actor) -> Q:
    """Of the partnership for jobs, between agencies for the co-ordinator, of two own records for an agency."""
    if actor.reach in ("coordinator", "linker"):
        rows = _partnership(actor) if actor.job else _partnership(actor) & _for_coordinator()
    else:
        own = held(actor)
        rows = own if own == NONE else Q(agency_a_id=actor.agency, agency_b_id=F("agency_a_id"))
    return rows & unbarred(actor, "a_id", "b_id")


for _model in (Person, LinkageRun):
    rows_of(_model)(_partnership)


@rows_of(Grouping)
def groupings(actor: Actor) -> Q:
    return _partnership(actor) & unbarred(actor, "record_id")

"""Who records and reads contacts, who plans shifts, who keeps areas, and who tells of places."""

from django.db.models import Q

from alongside.casework.contacts.models import (
    Area,
    Contact,
    DropInSession,
    LookOut,
    Notice,
    OnShift,
    Shift,
    Training,
    UnnamedContact,
)
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.about import about_record
from alongside.register.people.codes import FieldGroup
from alongside.register.people.policy import counted

NONE = Q(pk__in=[])
HERS = FieldGroup.WHEREABOUTS  # a contact tells when and where she was
caseworker = holds(*CASEWORKERS)

permit("contacts.see", "Caseworkers see the contacts, shifts and sessions of their own agency.", (caseworker,))
permit("contacts.record", "Caseworkers record a contact for their own agency.", (caseworker,))
permit(
    "contacts.change", "Caseworkers undo a contact, or end a look-out, of their own agency.", (caseworker, same_agency)
)
permit("contacts.plan", "Caseworkers plan and begin their agency's shifts and open its sessions.", (caseworker,))
permit(
    "contacts.lead",
    "Caseworkers lead, end or call off a shift or session of their own agency.",
    (caseworker, same_agency),
)
permit("contacts.train", "A service manager records her workers' training.", (holds(Role.MANAGER),))
permit(
    "contacts.keep_areas",
    "Service managers and the co-ordinator name the partnership's areas.",
    (holds(Role.MANAGER, Role.COORDINATOR),),
)
permit(
    "contacts.close_area",
    "Service managers and the co-ordinator close an area of their own partnership.",
    (holds(Role.MANAGER, Role.COORDINATOR), same_partnership),
)
permit(
    "contacts.tell",
    "Contributors tell where an operation is, or where women have been seen; they read nothing back.",
    (holds(Role.CONTRIBUTOR),),
)
permit("contacts.count", "The counting job reads contacts and shifts without a name.", (is_job("counting"),))


def _works_there(actor: Actor) -> bool:
    return actor.reach == "agency" and bool(actor.roles & {role.value for role in CASEWORKERS})


def _counted(actor: Actor) -> Q | None:
    return Q(partnership_id=actor.partnership) if actor.job == "counting" and actor.partnership else None


@rows_of(Contact)
def contacts(actor: Actor) -> Q:
    """What she agreed to share; for counting the partnership's, but for girls found to be under 18."""
    return counted(actor) if actor.job == "counting" and actor.partnership else about_record(HERS)(actor)


@rows_of(LookOut)
def look_outs(actor: Actor) -> Q:
    """Of the agency that looks out for her alone."""
    return about_record(HERS)(actor) & own(actor) if _works_there(actor) else NONE


def own(actor: Actor) -> Q:
    """The agency's own, for those who work with women there."""
    return Q(agency_id=actor.agency) if actor.agency and _works_there(actor) else NONE


def own_and_counted(actor: Actor) -> Q:
    return _counted(actor) or own(actor)


for _model in (Shift, DropInSession, UnnamedContact):
    rows_of(_model)(own_and_counted)
for _model in (OnShift, Training):  # type: ignore[assignment]
    rows_of(_model)(own)


@rows_of(Area)
def areas(actor: Actor) -> Q:
    """The partnership's, for those who work with women, the co-ordinator and the jobs that count."""
    reads = _works_there(actor) or actor.reach == "coordinator"
    return Q(partnership_id=actor.partnership) if reads and actor.partnership else NONE


@rows_of(Notice)
def notices(actor: Actor) -> Q:
    """For those who go out, and the co-ordinator. Never for who gave it."""
    reads = _works_there(actor) or Role.COORDINATOR in actor.roles
    return Q(partnership_id=actor.partnership) if reads and actor.partnership else NONE

"""Who records and reads contacts, who plans shifts, who keeps areas, and who tells of places."""

from django.db.models import Q

from alongside.casework.contacts.models import (
    Area,
    Contact,
    DropInSession,
    LookOut,
    Note,
    NoteDraft,
    Notice,
    OnShift,
    Route,
    SafeContact,
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
permit(
    "contacts.read_out",
    "A program of the agency, let in by its own key, is given contacts by record id and shifts, without a name.",
    (is_job("program"),),
)
permit(
    "contacts.see_together",
    "The co-ordinator sees where and when agencies met women, counted over all of them and without a name.",
    (holds(Role.COORDINATOR),),
    without_passkey=True,
)
permit("contacts.count", "The counting job reads contacts and shifts without a name.", (is_job("counting"),))


def _works_there(actor: Actor) -> bool:
    return actor.reach == "agency" and bool(actor.roles & {role.value for role in CASEWORKERS})


def _counted(actor: Actor) -> Q | None:
    return Q(partnership_id=actor.partnership) if actor.job == "counting" and actor.partnership else None


def _of_program(actor: Actor) -> Q | None:
    """Its own agency's, whatever others share with that agency."""
    return Q(agency_id=actor.agency) if actor.job == "program" and actor.agency else None


@rows_of(Contact)
def contacts(actor: Actor) -> Q:
    """What she agreed to share; for counting the partnership's, but for girls found to be under 18."""
    if actor.job == "counting" and actor.partnership:
        return counted(actor)
    return _of_program(actor) or about_record(HERS)(actor)


@rows_of(SafeContact)
def safe_contacts(actor: Actor) -> Q:
    """How to reach her safely, as far as she agreed that others know."""
    return about_record(FieldGroup.SAFE_CONTACT)(actor)


@rows_of(Note)
def notes(actor: Actor) -> Q:
    """Of the agency whose worker wrote it alone."""
    return about_record(FieldGroup.NOTES)(actor) & own(actor) if _works_there(actor) else NONE


@rows_of(NoteDraft)
def drafts(actor: Actor) -> Q:
    """Of the worker who types it alone."""
    mine = Q(worker=actor.user) if actor.user else NONE
    return about_record(FieldGroup.NOTES)(actor) & own(actor) & mine if _works_there(actor) else NONE


@rows_of(LookOut)
def look_outs(actor: Actor) -> Q:
    """Of the agency that looks out for her alone."""
    return about_record(HERS)(actor) & own(actor) if _works_there(actor) else NONE


def own(actor: Actor) -> Q:
    """The agency's own, for those who work with women there."""
    return Q(agency_id=actor.agency) if actor.agency and _works_there(actor) else NONE


def own_and_counted(actor: Actor) -> Q:
    return _counted(actor) or own(actor)


def own_and_read_out(actor: Actor) -> Q:
    return _of_program(actor) or own(actor)


@rows_of(Shift)
def shifts(actor: Actor) -> Q:
    return _of_program(actor) or own_and_counted(actor)


for _model in (DropInSession, UnnamedContact):
    rows_of(_model)(own_and_counted)
for _model in (OnShift, Training):  # type: ignore[assignment]
    rows_of(_model)(own_and_read_out)
rows_of(Route)(own)


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

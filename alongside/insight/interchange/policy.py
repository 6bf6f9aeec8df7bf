"""Whose lists an actor may see, and what she may do with them."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.insight.interchange.codes import ListState
from alongside.insight.interchange.models import FilePart, HandedIn, RememberedMapping, StagedRow
from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.codes import FieldGroup

NONE = Q(pk__in=[])
hands_in = holds(*CASEWORKERS, Role.CONTRIBUTOR)
intake = is_job("intake")

permit("lists.open", "Caseworkers and contributors see which lists their agency handed in, with counts.", (hands_in,))
permit(
    "lists.hand_in",
    "Caseworkers and contributors hand in a list of their own agency; the operator does it at the machine.",
    (hands_in,),
    (intake,),
)
permit(
    "lists.read_rows",
    "Rows of a list are read by those who may hand it in; a contributor reads them until they have gone in, never"
    " after.",
    (hands_in, same_agency),
    (intake, same_agency),
    field_groups=[FieldGroup.IDENTITY],
)
permit(
    "lists.change",
    "Caseworkers and contributors say what the columns of their agency's list are, correct its rows, let it go in,"
    " throw it away or undo it.",
    (hands_in, same_agency),
    (intake, same_agency),
)
permit(
    "lists.take_in", "The intake job takes a list in, or back, for the agency that handed it in.", (intake, same_agency)
)


def _held(actor: Actor) -> Q:
    if not actor.agency:
        return NONE
    if actor.job == "intake" or actor.roles & {role.value for role in CASEWORKERS}:
        return Q(agency_id=actor.agency)
    return NONE


def _gives_only(actor: Actor) -> bool:
    return bool(actor.agency) and not actor.job and Role.CONTRIBUTOR.value in actor.roles


@rows_of(HandedIn)
def lists(actor: Actor) -> Q:
    return Q(agency_id=actor.agency) if _gives_only(actor) else _held(actor)


@rows_of(RememberedMapping)
def mappings(actor: Actor) -> Q:
    return Q(agency_id=actor.agency) if _gives_only(actor) else _held(actor)


@rows_of(FilePart)
def parts(actor: Actor) -> Q:
    """A contributor's file is open to her until she lets it go in."""
    if _gives_only(actor):
        return Q(agency_id=actor.agency, handed_in__state=ListState.OPEN)
    return _held(actor)


@rows_of(StagedRow)
def staged(actor: Actor) -> Q:
    """A contributor's rows are open to her until they have gone in."""
    if _gives_only(actor):
        return Q(agency_id=actor.agency, taken_in_at=None)
    return _held(actor)

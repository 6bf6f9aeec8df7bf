"""Whose beds, stays and waiting lists an actor may see, and what she may do with them."""

from django.db.models import Q

from alongside.casework.accommodation.models import (
    Away,
    Bed,
    BedUse,
    Blocked,
    ListOrder,
    MoveTask,
    Unit,
    Waiting,
    WaitingEvent,
    WhatIf,
)
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.about import about_record
from alongside.register.people.codes import FieldGroup

NONE = Q(pk__in=[])
caseworker = holds(*CASEWORKERS)
manager = holds(Role.MANAGER)
coordinator = holds(Role.COORDINATOR)

permit(
    "accommodation.see_board",
    "Caseworkers see the beds of their own agency and how many are free elsewhere; the co-ordinator sees the beds of"
    " the partnership, with codes and no name.",
    (caseworker,),
    (coordinator,),
)
permit("accommodation.work", "Caseworkers open the beds, stays and waiting lists of their own agency.", (caseworker,))
permit(
    "accommodation.give_bed",
    "Caseworkers give, hold, close and free the beds of their own agency.",
    (caseworker, same_agency),
)
permit(
    "accommodation.change_stay",
    "Caseworkers record what happens in a stay with their own agency.",
    (caseworker, same_agency),
)
permit("accommodation.keep_list", "Caseworkers keep the waiting lists of their own agency.", (caseworker, same_agency))
permit("accommodation.set_up", "Managers set up their agency's houses.", (manager,))
permit(
    "accommodation.change_unit",
    "Managers add beds to their agency's houses and say in which order their lists go.",
    (manager, same_agency),
)
permit("accommodation.take_in", "Managers take in stays of their own agency from before.", (manager,))
permit(
    "accommodation.export",
    "Caseworkers take away who is in the beds of their own agency tonight, who waits for them and who stayed;"
    " each file is numbered.",
    (caseworker,),
)
permit(
    "accommodation.see_figures",
    "Caseworkers see the figures of their own agency's houses, the co-ordinator those of the partnership.",
    (caseworker,),
    (coordinator,),
    without_passkey=True,
)
permit(
    "accommodation.count",
    "The counting job, the co-ordinator and caseworkers count beds, stays and waits: no name is read for it.",
    (is_job("counting"),),
    (coordinator,),
    (caseworker,),
    without_passkey=True,
)
permit("accommodation.ask_what_if", "The co-ordinator asks what other places would do to waits.", (coordinator,))
permit(
    "accommodation.see_what_if",
    "The co-ordinator sees every answer; managers and commissioners see those that she gave.",
    (holds(Role.COORDINATOR, Role.MANAGER, Role.COMMISSIONER),),
    without_passkey=True,
)
permit(
    "accommodation.give_what_if",
    "The co-ordinator gives an answer to commissioners and managers.",
    (coordinator, same_partnership),
)


def _partnership(actor: Actor) -> Q:
    """The co-ordinator and the counting job read the partnership's rows; none of them holds a name."""
    entitled = actor.job == "counting" or Role.COORDINATOR.value in actor.roles
    return Q(partnership_id=actor.partnership) if actor.reach == "coordinator" and entitled else NONE


_own = about_record(FieldGroup.WHEREABOUTS)


def whereabouts(actor: Actor) -> Q:
    return _partnership(actor) if actor.reach == "coordinator" else _own(actor)


for _model in (BedUse, Away, Blocked, MoveTask, Waiting, WaitingEvent):
    rows_of(_model)(whereabouts)


def _own_house(actor: Actor) -> Q:
    works_there = bool(actor.roles & {role.value for role in CASEWORKERS})
    return Q(agency_id=actor.agency) if actor.reach == "agency" and actor.agency and works_there else NONE


def houses(actor: Actor) -> Q:
    """Beds and orders: own agency's, and the partnership's for the co-ordinator."""
    return _partnership(actor) if actor.reach == "coordinator" else _own_house(actor)


rows_of(Bed)(houses)
rows_of(ListOrder)(houses)


@rows_of(Unit)
def units(actor: Actor) -> Q:
    """Which houses there are is known to everyone who works with women in the partnership."""
    if actor.reach == "coordinator" or _own_house(actor) == NONE:
        return _partnership(actor)
    return Q(partnership_id=actor.partnership)


@rows_of(WhatIf)
def answers(actor: Actor) -> Q:
    if Role.COORDINATOR.value in actor.roles:
        return _partnership(actor)
    given = actor.partnership and actor.roles & {Role.MANAGER.value, Role.COMMISSIONER.value}
    return Q(partnership_id=actor.partnership, given_at__isnull=False) if given else NONE

"""Lantern House asked to leave the partnership; nothing is taken along or confirmed, so nothing has ended."""

from typing import Any
from uuid import UUID

from alongside.foundation.gate.level import acting_as
from alongside.office.departing import counts
from alongside.register.agencies.departing import ask_to_leave
from alongside.register.agencies.queries import actor_of_membership, memberships_in_force


def tell(partnership: UUID, say: Any) -> None:
    say("An agency thinks of leaving …")
    members = memberships_in_force(partnership)
    manager = next(each.id for each in members if each.role == "manager" and each.agency_name == "Lantern House")
    actor = actor_of_membership(manager)
    assert actor is not None
    with acting_as(actor):
        ask_to_leave(actor, counts=counts(actor))

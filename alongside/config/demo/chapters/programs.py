"""Nightlight's rota screen reads shifts by a key of its own; a spreadsheet of last year had one that was ended."""

from typing import Any
from uuid import UUID

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.queries import actor_of_membership, memberships_in_force
from alongside.register.programs.actions import end_key, make_key
from alongside.register.programs.codes import Lasts, Reads


def tell(partnership: UUID, say: Any) -> None:
    say("A screen in the office reads the rota …")
    members = memberships_in_force(partnership)
    kit = next(each.id for each in members if each.worker_name == "Kit Adeyemi" and each.role == "manager")
    manager = actor_of_membership(kit)
    assert manager is not None
    with acting_as(manager):
        make_key(manager, name="Rota screen in the office", reads=[Reads.SHIFTS], lasts=Lasts.YEAR)
        old = make_key(manager, name="Spreadsheet of contacts", reads=[Reads.CONTACTS], lasts=Lasts.MONTH)
        end_key(manager, old.id)

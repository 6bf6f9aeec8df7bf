"""Lantern House asked to leave the partnership; nothing is taken along or confirmed, so nothing has ended. The managers
said last month who works with them, but for Bridge: there it is due.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.office.departing import counts
from alongside.register.agencies.codes import Role
from alongside.register.agencies.departing import ask_to_leave
from alongside.register.agencies.models import Worker
from alongside.register.agencies.queries import MembershipRow, actor_of_membership, memberships_in_force
from alongside.register.agencies.staff import say_who_works_here


def tell(partnership: UUID, say: Any) -> None:
    say("An agency thinks of leaving …")
    members = memberships_in_force(partnership)
    _say_who_works_there(members)
    manager = next(each.id for each in members if each.role == "manager" and each.agency_name == "Lantern House")
    actor = actor_of_membership(manager)
    assert actor is not None
    with acting_as(actor):
        ask_to_leave(actor, counts=counts(actor))


def _say_who_works_there(members: list[MembershipRow]) -> None:
    seen = [each.worker for each in members if each.role != Role.COURT_WORKER]
    Worker.objects.filter(pk__in=seen).update(last_login=timezone.now() - timedelta(days=2))
    for manager in (each for each in members if each.role == "manager" and "Bridge" not in each.agency_name):
        actor = actor_of_membership(manager.id)
        assert actor is not None
        here = {each.id for each in members if each.agency == manager.agency}
        with acting_as(actor):
            say_who_works_here(
                actor, agency=manager.agency, looked_at=here, left=(), at=timezone.now() - timedelta(days=30)
            )

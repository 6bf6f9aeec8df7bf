"""The Bridge set its own sign-in up with an invented service, and has not switched it on."""

from typing import Any
from uuid import UUID

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.providers import set_up_provider
from alongside.register.agencies.queries import actor_of_membership, memberships_in_force


def tell(partnership: UUID, say: Any) -> None:
    say("An agency prepares its own sign-in …")
    members = memberships_in_force(partnership)
    manager = next(each.id for each in members if each.role == "manager" and each.agency_name == "The Bridge")
    actor = actor_of_membership(manager)
    assert actor is not None
    with acting_as(actor):
        set_up_provider(
            actor,
            issuer="https://login.bridge.example/realms/staff",
            client_id="alongside",
            secret="an invented secret that opens nothing",  # noqa: S106
            strong_answers=("https://refeds.org/profile/mfa",),
        )

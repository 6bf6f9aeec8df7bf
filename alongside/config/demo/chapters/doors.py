"""What is open in the invented town: each agency's manager keeps her own, as on its door."""

from datetime import time
from typing import Any
from uuid import UUID

from alongside.casework.directory.actions import PlaceTold, add_place
from alongside.casework.directory.codes import Offers
from alongside.casework.directory.rules import Span
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import Role
from alongside.register.agencies.queries import actor_of_membership, memberships_in_force

NIGHTS = tuple(Span(day, time(22), time(3)) for day in (3, 4, 5))
MONDAY = Span(0, time(19), time(23))
WEEKDAYS = tuple(Span(day, time(10), time(16)) for day in range(5))
TOLD: dict[str, tuple[PlaceTold, ...]] = {
    "Nightlight Outreach": (
        PlaceTold(
            "The van", (Offers.SAFE, Offers.FOOD), "Dock Street, Mill Lane, Station Approach", "01632 960 101",
            "Women only. Hot drink, condoms, naloxone, someone to talk to", spans=(*NIGHTS, MONDAY),
        ),
        PlaceTold("Night line", (Offers.HELP,), "", "01632 960 102", "Free from any phone. You need not give a name",
                  always=True),
    ),
}  # fmt: skip
ELSEWHERE = (
    PlaceTold("Chapel hall", (Offers.FOOD,), "Weavers Row, side door", "", "Breakfast and a shower", spans=WEEKDAYS),
    PlaceTold("Evening clinic", (Offers.HEALTH,), "Ferry Road 14", "01632 960 103",
              "Nurse prescriber, same day. Say that the van sent you", spans=(Span(1, time(17), time(21)),)),
)  # fmt: skip


def tell(partnership: UUID, say: Any) -> None:
    say("Writing down what is open …")
    managers = [each for each in memberships_in_force(partnership) if each.role == Role.MANAGER]
    for number, held in enumerate(managers):
        manager = actor_of_membership(held.id)
        assert manager is not None
        told = TOLD.get(held.agency_name, ELSEWHERE if number == 0 else ())
        with acting_as(manager):
            for place in told:
                add_place(manager, told=place)

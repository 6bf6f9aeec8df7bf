"""Who works here, said by each agency's managers; who asks to leave and takes the data along, and who confirms it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.departing import ask_to_leave
from tests.policy.words import ADMINISTRATORS, NO_ONE, Open, Page

STRANGER = UUID(int=7)
MANAGERS = {"manager", "house_manager"}
REACH: dict[str, dict[str, set[str]]] = {
    "departure": {"house's": {"house_manager", "system_admin"}, "stranger": NO_ONE},
    "part of the data": {"first": {"house_manager"}, "none": NO_ONE},
}
ROUTES: dict[str, Page | Open] = {
    # Nothing is ticked: it says what is missing and ends nothing.
    "staff": Page(MANAGERS | ADMINISTRATORS, get="ok", post="ok"),
    "leaving": Page(MANAGERS, get="ok"),
    "leaving-ask": Page(MANAGERS, post="redirect"),
    "leaving-part": Page(MANAGERS, post="ok", about="part of the data"),
    "leaving-stay": Page(MANAGERS, post="redirect", about="departure"),
    "departures": Page(ADMINISTRATORS, get="ok"),
    # Its data has not been taken along: the button says so and nothing ends (`office/tests/test_departing.py`).
    "depart": Page(ADMINISTRATORS, get="ok", post="ok", about="departure", data={"sure": "on"}),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    actor = stage.actor("house_manager")
    with acting_as(actor):
        made = ask_to_leave(actor, counts={"records": 3})
    return {"departure": {"house's": made, "stranger": STRANGER}, "part of the data": {"first": 1, "none": 99}}

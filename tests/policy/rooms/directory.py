"""What is open: kept by an agency's managers, read by all who work with women."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from alongside.casework.directory import actions
from alongside.casework.directory.actions import PlaceTold
from alongside.casework.directory.codes import Offers
from alongside.casework.directory.rules import Span
from alongside.foundation.gate.level import acting_as
from tests.policy.rooms.elsewhere import copied
from tests.policy.words import CASEWORKERS, COORDINATORS, MANAGERS, NO_ONE, STRANGER, Open, Page

READERS = CASEWORKERS | COORDINATORS
REACH: dict[str, dict[str, set[str]]] = {
    "open place": {"van's": {"manager"}, "house's": {"house_manager"}, "stranger": NO_ONE}
}
ADDED = {"name": "Chapel", "offers": "food", "where": "Mill Lane"}
ROUTES: dict[str, Page | Open] = {
    "directory:open": Page(READERS, get="ok"),
    "directory:card": Page(READERS, get="ok"),
    "directory:add": Page(MANAGERS, get="ok", post="redirect", data=ADDED),
    "directory:place": Page(MANAGERS, get="ok", post="redirect", about="open place", data=ADDED),
    "directory:close": Page(MANAGERS, post="redirect", about="open place"),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    made: dict[str, object] = {"stranger": STRANGER}
    for whose, persona in (("van's", "manager"), ("house's", "house_manager")):
        actor = stage.actor(persona)
        with acting_as(actor):
            told = PlaceTold("Drop-in", (Offers.FOOD,), "Dock Street", spans=[Span(0, time(10), time(16))])
            made[whose] = actions.add_place(actor, told=told).pk
    copied("directory_openplace", stage.lakeside, "van")
    return {"open place": made}

"""Keys of an agency's own programs: its managers keep them; the interface opens to a key alone, never to a session."""

from collections.abc import Mapping
from typing import Any

from alongside.foundation.gate.level import acting_as
from alongside.register.programs import actions
from alongside.register.programs.codes import Lasts, Reads
from tests.policy.words import MANAGERS, NO_ONE, STRANGER, Open, Page

REACH: dict[str, dict[str, set[str]]] = {
    "program key": {"van's": {"manager"}, "house's": {"house_manager"}, "stranger": NO_ONE}
}
FIRST = "second_factor"
ROUTES: dict[str, Page | Open] = {
    "programs:keys": Page(MANAGERS, get="ok", post="ok", data={"name": "Screen", "reads": "shifts", "lasts": "30"}),
    "programs:end": Page(MANAGERS, post="redirect", about="program key"),
    "api-contacts": Open("not_found", FIRST, "not_found"),
    "api-shifts": Open("not_found", FIRST, "not_found"),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    made: dict[str, object] = {"stranger": STRANGER}
    for whose, persona in (("van's", "manager"), ("house's", "house_manager")):
        actor = stage.actor(persona)
        with acting_as(actor):
            made[whose] = actions.make_key(actor, name="Screen", reads=list(Reads), lasts=Lasts.MONTH).id
    return {"program key": made}

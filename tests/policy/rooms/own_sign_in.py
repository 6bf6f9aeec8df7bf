"""An agency's own sign-in: its manager sets it up, its workers link it with themselves, anybody may come back by it."""

from collections.abc import Mapping
from typing import Any

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.providers import set_up_provider, switch_provider
from tests.policy.words import HOUSE, LEADS, MANAGERS, NO_ONE, Open, Page

NOWHERE = "https://127.0.0.1:9"  # nothing answers there, and nothing there is asked
KEEPERS = MANAGERS | LEADS
FOUND_NOT = "not_found"
AT_HOUSE = HOUSE | {"both_as_van", "both_unchosen"}
REACH: dict[str, dict[str, set[str]]] = {
    "own sign-in": {"house's": AT_HOUSE},
    "what to do with it": {"on": {"house_manager"}, "nonsense": NO_ONE},
}
BACK = "ok not_found not_found not_found not_found not_found not_found"
ROUTES: dict[str, Page | Open] = {
    "sso-begin": Open(
        "sign_in sign_in not_found sign_in sign_in sign_in sign_in",
        "second_factor",
        "sign_in sign_in not_found sign_in sign_in sign_in sign_in",
    ),
    # Without an answer to a question of this browser it shows a page that asks for itself once more.
    "sso-answer": Open(BACK, BACK, BACK, about="own sign-in"),
    "sso-link": Open(
        *3 * (FOUND_NOT,),
        about="own sign-in",
        # The service does not answer, and so sends nobody on.
        but=dict.fromkeys(AT_HOUSE, "not_found not_found forbidden not_found not_found not_found not_found"),
    ),
    "sso-unlink": Open(FOUND_NOT, "second_factor", FOUND_NOT, about="own sign-in"),
    "own-sign-in": Page(KEEPERS, get="ok", post="ok", but={("house_manager", "POST"): "redirect"}),
    "own-sign-in-try": Page(KEEPERS, post="not_found", but={("house_manager", "POST"): "ok"}),
    "own-sign-in-change": Page(KEEPERS, post="redirect", about="what to do with it"),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    actor = stage.actor("house_manager")
    with acting_as(actor):
        made = set_up_provider(actor, issuer=NOWHERE, client_id="alongside", secret="an invented secret")
        switch_provider(actor, on=True)
    return {"own sign-in": {"house's": made}, "what to do with it": {"on": "on", "nonsense": "nonsense"}}

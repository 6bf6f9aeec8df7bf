"""What is known of her on a day: an agency's own, by kind of facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.casework.needs.actions import write_down
from alongside.casework.needs.codes import Answer, Subject
from alongside.foundation.gate.level import acting_as
from tests.policy.words import CASEWORKERS, Open, Page

REACH: dict[str, dict[str, set[str]]] = {}
ROUTES: dict[str, Page | Open] = {
    "needs:of-her": Page(CASEWORKERS, get="ok", post="redirect", about="record", data={"support": "high"}),
}
# who writes of whom: (partnership, agency, woman)
TOLD = {
    "key_worker": ("riverside", "van", 1),
    "house_key_worker": ("riverside", "house", 2),
    "lake_key_worker": ("lakeside", "van", 1),
}
SAID = {Subject.HEROIN: Answer.YES, Subject.ARREST: Answer.YES, Subject.SUPPORT: Answer.MEDIUM}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    for persona, (slug, agency, woman) in TOLD.items():
        actor = stage.actor(persona)
        with acting_as(actor):
            write_down(actor, stage.world(slug).records[agency, woman], told=SAID, on=date(2026, 3, 2))
    return {}

"""Who looked at her, and whether the trail is whole."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.sealing import Keeper, seal_once
from alongside.register.traces.actions import keep_head
from tests.policy.words import CASEWORKERS, LEADS, Open, Page

REACH: dict[str, dict[str, set[str]]] = {}
ROUTES: dict[str, Page | Open] = {
    "traces:readers": Page(CASEWORKERS, get="ok", about="record"),
    "traces:paper": Page(CASEWORKERS, get="ok", about="record"),
    "traces:unusual": Page(LEADS, get="ok"),
    "traces:seals": Page(LEADS, get="ok", post="ok", data={"number": "1", "digits": "00000000"}),
    "traces:keep": Page(LEADS, post="redirect"),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    """What happened so far is sealed, and the data protection leads of both vans kept the seal."""
    with tempfile.TemporaryDirectory() as folder, postgres.connect_as_sealer() as sealer:
        seal_once(sealer, Keeper(Path(folder) / "seals"))
    for persona in ("dp_lead", "lake_dp_lead"):
        actor = stage.actor(persona)
        with acting_as(actor):
            keep_head(actor)
    return {}

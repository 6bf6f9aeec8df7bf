"""Phones: an agency's own; the app itself is the same for everyone, and its door opens to a phone's secret alone."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.outbox import seal_for
from alongside.phone import queries
from alongside.phone.actions import receive, set_up_phone
from tests.policy.words import CASEWORKERS, HOUSE, LAKE_VAN, NO_ONE, STRANGER, VAN, Open, Page
from tests.world import SEEN, canaries

OWN: dict[str, set[str]] = {"van's": VAN, "house's": HOUSE, "lake van's": LAKE_VAN, "stranger": NO_ONE}
REACH: dict[str, dict[str, set[str]]] = {"phone": OWN, "envelope": OWN}
LOOKING = "ok ok not_found not_found not_found not_found not_found"
FIRST = "second_factor"
ROUTES: dict[str, Page | Open] = {
    "phone:app": Open(LOOKING, FIRST, LOOKING),
    "phone:help": Open(LOOKING, FIRST, LOOKING),
    "phone:service": Open(LOOKING, FIRST, LOOKING),
    "phone:manifest": Open(LOOKING, FIRST, LOOKING),
    "phone:sync": Open("not_found", FIRST, "not_found"),  # nobody's session opens it
    "phone:ready": Page(CASEWORKERS, get="ok"),
    "phone:set-up": Page(CASEWORKERS, post="ok", data={"name": "Invented"}),
    "phone:list": Page(
        CASEWORKERS,
        post="not_found",
        data={"device": "phone:van's"},
        but={("key_worker", "POST"): "ok"},  # it is hers alone
    ),
    "phone:phones": Page(CASEWORKERS, get="ok"),
    "phone:close": Page(CASEWORKERS, post="redirect", about="phone"),
    "phone:held": Page(CASEWORKERS, get="ok"),
    "phone:one-held": Page(
        CASEWORKERS, get="ok", post="redirect", about="envelope", data={"set_aside": "1", "why": "mistake"}
    ),
    "phone:file": Page(CASEWORKERS, get="ok", post="ok"),
}
# whose -> (persona whose phone it is, partnership, agency, woman)
MAKERS = {
    "van's": ("key_worker", "riverside", "van", 1),
    "house's": ("hostel_worker", "riverside", "house", 2),
    "lake van's": ("lake_key_worker", "lakeside", "van", 1),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    """For each agency a phone, and an envelope of it that is held: it holds a name where none is taken."""
    made: dict[str, dict[str, object]] = {kind: {"stranger": STRANGER} for kind in REACH}
    for whose, (persona, slug, agency, woman) in MAKERS.items():
        actor = stage.actor(persona)
        membership = stage.who[persona][1]
        with acting_as(actor):
            token = set_up_phone(actor, membership=membership.id, name="Work phone")
        phone = queries.let_in(token)
        assert phone is not None
        op, record, told = uuid4(), stage.world(slug).records[agency, woman], canaries(slug, agency, woman)
        event = {
            "version": 1,
            "device": str(token.id),
            "op": str(op),
            "at": f"{SEEN}T02:14:00+00:00",
            "outcome": "seen",
            "place": "street",
            "record": str(record),
            "note": told["note"],
        }
        with acting_as(phone.job):
            receive(
                phone.job,
                phone.device,
                worker=phone.worker,
                op=op,
                number=1,
                sealed=seal_for(actor.agency, json.dumps(event).encode()),
                skew=0,
            )
        made["phone"][whose] = token.id
        with acting_as(actor):
            made["envelope"][whose] = queries.waiting(actor)[0].id
    return made

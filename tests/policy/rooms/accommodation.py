"""Houses, beds, stays and waiting lists: an agency's own; the co-ordinator reads board and lists by code."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import AwayKind, BedKind, BlockedBy, Source, Step, TaskKind
from alongside.casework.accommodation.models import WhatIf
from alongside.casework.accommodation.tests.beds_world import manager_of
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from tests.policy.words import (
    CASEWORKERS,
    COMMISSIONERS,
    COORDINATORS,
    HOUSE,
    LAKE,
    LAKE_VAN,
    MANAGERS,
    NO_ONE,
    PERSONAS,
    RIVER,
    STRANGER,
    VAN,
    Open,
    Page,
)

OWN: dict[str, set[str]] = {"van's": VAN, "house's": HOUSE, "lake van's": LAKE_VAN, "stranger": NO_ONE}
REACH: dict[str, dict[str, set[str]]] = {
    "bed": OWN,
    "held bed": OWN,
    "stay": OWN,
    "task": OWN,
    "place": OWN,
    "waiting list": {
        "van's": VAN | RIVER,
        "house's": HOUSE | RIVER,
        "lake van's": LAKE_VAN | LAKE,
        "stranger": NO_ONE,
    },
    "answer": {
        "given": RIVER | MANAGERS | COMMISSIONERS,
        "kept": RIVER,
        "lake's": LAKE,
        "stranger": NO_ONE,
    },
    "moves feed": {"no key": PERSONAS},
    "house": {
        "van's": {"manager"},
        "house's": {"house_manager"},
        "lake van's": NO_ONE,
        "stranger": NO_ONE,
    },
}
OPEN_FOR_CALENDARS = "not_found not_found not_found not_found not_found not_found not_found"
BOARD = CASEWORKERS | COORDINATORS
READ_ANSWERS = COORDINATORS | COMMISSIONERS | MANAGERS
TODAY = str(date.today())
MORE_BEDS = {"number": "2", "kind": "room", "opened_on": TODAY}
NEW_HOUSE = {"name": "New House", "step": "flat", "staffed": "visits"}
ROUTES: dict[str, Page | Open] = {
    "accommodation:board": Page(BOARD, get="ok"),
    "accommodation:bed": Page(CASEWORKERS, get="ok", about="bed"),
    # the woman is the van's: for any other house she is nobody, and the page says so
    "accommodation:give": Page(
        CASEWORKERS, post="ok", about="bed", data={"woman": "record:van's"}, on={("van's", "POST"): "redirect"}
    ),
    "accommodation:hold": Page(
        CASEWORKERS,
        post="ok",
        about="bed",
        data={"woman": "record:van's", "hours": "4"},
        on={("van's", "POST"): "redirect"},
    ),
    "accommodation:void": Page(CASEWORKERS, post="redirect", about="bed", data={"reason": "repair"}),
    "accommodation:free": Page(CASEWORKERS, post="redirect", about="held bed"),
    "accommodation:stay": Page(CASEWORKERS, get="ok", about="stay"),
    "accommodation:change": Page(CASEWORKERS, post="redirect", about="stay", data={"what": "expected"}),
    "accommodation:end": Page(
        CASEWORKERS,
        get="ok",
        post="redirect",
        about="stay",
        data={"reason": "her_choice", "where_to": "not_asked"},
    ),
    "accommodation:task-done": Page(CASEWORKERS, post="redirect", about="task"),
    "accommodation:list": Page(BOARD, get="ok", about="waiting list"),
    # without a woman whom the house took, back to the list
    "accommodation:join-referred": Page(CASEWORKERS, post="redirect", about="waiting list"),
    "accommodation:accept": Page(CASEWORKERS, post="redirect", about="arrival", data={"seen": "1"}),
    "accommodation:order": Page(MANAGERS, get="ok", post="redirect", about="house", data={"first": "ready"}),
    "accommodation:place": Page(CASEWORKERS, get="ok", post="redirect", about="place", data={"what": "offered"}),
    "accommodation:woman": Page(CASEWORKERS, get="ok", about="record"),
    "accommodation:join": Page(CASEWORKERS, get="ok", post="ok", about="record"),
    "accommodation:moves": Page(BOARD, get="ok"),
    "accommodation:make-feed": Page(CASEWORKERS, post="ok"),
    "accommodation:end-feed": Page(CASEWORKERS, post="redirect"),
    "accommodation:feed": Open(OPEN_FOR_CALENDARS, "second_factor", OPEN_FOR_CALENDARS, about="moves feed"),
    "accommodation:take-away": Page(CASEWORKERS, get="ok", post="ok", data={"what": "tonight", "kind": "csv"}),
    "accommodation:api-tonight": Page(CASEWORKERS, get="ok"),
    "accommodation:api-stays": Page(CASEWORKERS, get="ok"),
    "accommodation:api-end": Page(
        CASEWORKERS, post="ok", about="stay", data={"reason": "her_choice", "where_to": "not_asked"}
    ),
    "accommodation:api-give": Page(
        CASEWORKERS,
        post="not_found",
        about="bed",
        data={"record": "record:van's"},
        on={("van's", "POST"): "ok"},
    ),
    "accommodation:api-waiting": Page(CASEWORKERS, get="ok", post="ok"),
    "accommodation:figures": Page(BOARD, get="ok", figures=True),
    "accommodation:figures-csv": Page(BOARD, get="ok"),
    "accommodation:what-if": Page(READ_ANSWERS, get="ok", figures=True),
    "accommodation:ask": Page(COORDINATORS, post="ok", data={"flat": "3"}),  # too little to learn from on the stage
    "accommodation:answer": Page(READ_ANSWERS, get="ok", about="answer", figures=True),
    "accommodation:give-answer": Page(COORDINATORS, post="redirect", about="answer"),
    "accommodation:houses": Page(BOARD, get="ok"),
    "accommodation:new-house": Page(MANAGERS, get="ok", post="redirect", data=NEW_HOUSE),
    "accommodation:change-house": Page(MANAGERS, get="ok", post="redirect", about="house", data=NEW_HOUSE),
    "accommodation:house": Page(MANAGERS, get="ok", post="redirect", about="house", data=MORE_BEDS),
}

# whose -> (persona who makes it, partnership, agency, the woman who stays and waits, another who is expected)
MAKERS = {
    "van's": ("key_worker", "riverside", "van", 3, 5),
    "house's": ("hostel_worker", "riverside", "house", 4, 6),
    "lake van's": ("lake_key_worker", "lakeside", "van", 3, 5),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    made: dict[str, dict[str, object]] = {kind: {"stranger": STRANGER} for kind in REACH}
    for whose, (persona, slug, agency, stays, expected) in MAKERS.items():
        records = stage.world(slug).records
        things = _things(stage.actor(persona), records[agency, stays], records[agency, expected])
        for kind, pk in things.items():
            made[kind][whose] = pk
    made["moves feed"] = {"no key": "nobodys-key"}
    made["answer"] |= {
        "given": _answer(stage.actor("coordinator")),
        "kept": _answer(stage.actor("coordinator"), given=False),
        "lake's": _answer(stage.actor("lake_coordinator")),
    }
    return made


def _things(worker: Any, stays: UUID, expected: UUID) -> dict[str, UUID]:
    """A house with a free bed, a held one, and one in which she stays: away, ready to move, with a task; two wait."""
    manager = manager_of(worker)
    with acting_as(manager):
        unit = actions.set_up_unit(
            manager, name="Stage House", step=Step.FIRST_STAGE, leads_to=[Step.FLAT], emergency_minutes=60
        )
        free, held, taken = actions.add_beds(
            manager, unit, number=3, kind=BedKind.BED, opened_on=timezone.localdate() - timedelta(days=30)
        )
        actions.set_order(manager, unit, needs=["nowhere", "ready"])
    with acting_as(worker):
        hold = actions.hold_bed(worker, held, record=expected, hours=12)
        stay = actions.give_bed(worker, taken, record=stays, begins=timezone.now() - timedelta(days=3))
        actions.go_away(worker, stay, kind=AwayKind.HOSPITAL)
        actions.block_move(worker, stay, to_step=Step.FLAT, reason=BlockedBy.NO_PLACE)
        task = actions.add_task(worker, stay, kind=TaskKind.NOTICE, due_on=timezone.localdate())
        actions.join_list(worker, unit, record=stays, source=Source.SELF)
        place = actions.join_list(worker, unit, record=expected, source=Source.OUTREACH, is_emergency=True)
    return {
        "bed": free,
        "held bed": hold,
        "stay": stay,
        "task": task,
        "place": place,
        "waiting list": unit,
        "house": unit,
    }


MEASURES = {name: [3.0, 1.0, 9.0] for name in ("wait", "waiting_nights", "given", "elsewhere", "silt", "broke")}
ANSWER = {
    "now": MEASURES,
    "then": MEASURES,
    "difference": MEASURES,
    "since": "2024-11-22",
    "until": "2026-11-22",
    "ended": 40,
    "runs": 200,
    "places": {"first_stage": 10},
    "opens": [],
}


def _answer(coordinator: Any, given: bool = True) -> UUID:
    """An answer to a what-if, as it is kept; given to commissioners and managers, or the co-ordinator's alone."""
    token = writing.set("the stage")
    try:
        with acting_as(coordinator):
            kept = WhatIf.objects.create(
                partnership_id=coordinator.partnership,
                asked={"more": {"flat": 3}},
                answer=ANSWER,
                given_at=timezone.now() if given else None,
            )
    finally:
        writing.reset(token)
    answer: UUID = kept.pk
    return answer

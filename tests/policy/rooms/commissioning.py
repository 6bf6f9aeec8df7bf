"""What was agreed belongs to its agency and to those who pay; questions are the partnership's."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.insight.commissioning.actions import Agreed, answer, ask, keep_old_return, set_plan, set_target
from alongside.insight.commissioning.areas import Printed, add_area_figure
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.elsewhere import Line
from alongside.insight.monitoring.figures import Period
from alongside.register.agencies.models import Service
from tests.policy.words import (
    CASEWORKERS,
    CLINIC,
    COMMISSIONERS,
    COORDINATORS,
    HOUSE,
    LAKE,
    LAKE_CLINIC,
    LAKE_HOUSE,
    LAKE_VAN,
    MANAGERS,
    NO_ONE,
    RIVER,
    STRANGER,
    VAN,
    Open,
    Page,
)

INSIDERS = CASEWORKERS | COORDINATORS
EVERYONE = INSIDERS | COMMISSIONERS
ACCOUNTABLE = MANAGERS | COORDINATORS
HERE = VAN | HOUSE | CLINIC | RIVER | COMMISSIONERS
REACH: dict[str, dict[str, set[str]]] = {
    "plan": {
        "van's": VAN | RIVER | COMMISSIONERS,
        "house's": HOUSE | RIVER | COMMISSIONERS,
        "riverside's": HERE,
        "lakeside's": LAKE_VAN | LAKE_HOUSE | LAKE_CLINIC | LAKE,
        "stranger": NO_ONE,
    },
    "plan to set": {
        "van's": {"manager"} | RIVER,
        "house's": {"house_manager"} | RIVER,
        "lakeside's": LAKE,
        "stranger": NO_ONE,
    },
    "question": {"asked": HERE, "lakeside's": LAKE_VAN | LAKE_HOUSE | LAKE_CLINIC | LAKE, "stranger": NO_ONE},
    "old return": {
        "van's": {"manager"},
        "house's": {"house_manager"},
        "office's": RIVER,
        "lake office's": LAKE,
        "stranger": NO_ONE,
    },
}
REACH["area figure"] = {"riverside's": RIVER, "lakeside's": LAKE, "stranger": NO_ONE}
REACH["target"] = dict(REACH["plan to set"])
ASKED = {"key": "spoke_of_health", "words": "Why?"}
TARGET = {"key": "met", "aim": "at_least", "value": "30", "measure": "count"}
ROUTES: dict[str, Page | Open] = {
    "commissioning:plans": Page(EVERYONE, get="ok", figures=True),
    "commissioning:make": Page(ACCOUNTABLE, post="ok"),  # empty: told what is missing
    "commissioning:plan": Page(EVERYONE, get="ok", about="plan", figures=True),
    "commissioning:add-target": Page(ACCOUNTABLE, post="redirect", about="plan to set", data=TARGET),
    "commissioning:count": Page(ACCOUNTABLE, post="redirect", about="plan to set"),
    "commissioning:end-plan": Page(ACCOUNTABLE, post="redirect", about="plan to set"),
    "commissioning:drop-target": Page(ACCOUNTABLE, post="redirect", about="target"),
    "commissioning:plan-pdf": Page(EVERYONE, get="ok", about="plan"),
    "commissioning:review": Page(INSIDERS, get="ok", figures=True),
    "commissioning:review-pdf": Page(INSIDERS, get="ok"),
    "commissioning:return-pdf": Page(INSIDERS, get="ok", about="return"),
    "commissioning:release-pdf": Page(EVERYONE, get="ok", about="release"),
    "commissioning:questions": Page(EVERYONE, get="ok", figures=True),
    "commissioning:question": Page(EVERYONE, get="ok", about="question", figures=True),
    "commissioning:answer": Page(ACCOUNTABLE, post="redirect", about="question", data={"words": "It rained."}),
    "commissioning:close": Page(COMMISSIONERS, post="redirect", about="question"),
    "commissioning:ask": Page(
        COMMISSIONERS,
        get="ok",
        post="redirect",
        about="given release",
        data=ASKED,
    ),
    "commissioning:fill": Page(INSIDERS, get="ok", post="ok", about="return"),
    "commissioning:blank": Page(INSIDERS, get="ok", about="return"),
    "to-mend": Page(CASEWORKERS, get="ok"),
    "mend": Page(CASEWORKERS, post="redirect", about="contact", data={"staying": "own"}),
    "commissioning:areas": Page(EVERYONE, get="ok"),
    "commissioning:areas-pdf": Page(EVERYONE, get="ok"),
    "commissioning:add-area": Page(COORDINATORS, post="ok"),  # empty: told what is missing
    "commissioning:drop-area": Page(COORDINATORS, post="redirect", about="area figure"),
    "commissioning:earlier": Page(ACCOUNTABLE, get="ok"),
    "commissioning:hand-in": Page(ACCOUNTABLE, post="ok"),
    "commissioning:earlier-one": Page(ACCOUNTABLE, get="ok", about="old return"),
    "commissioning:throw-away": Page(ACCOUNTABLE, post="redirect", about="old return"),
}
REACH["given release"] = {"given": COMMISSIONERS, "waits": NO_ONE, "stranger": NO_ONE}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    river = stage.riverside
    services = {
        agency: Service.objects.create(agency=river.agencies[agency], slug="agreed", name="Agreed", kind="casework").pk
        for agency in ("van", "house")
    }
    plans = {
        "van's": _plan(stage, "manager", services["van"]),
        "house's": _plan(stage, "house_manager", services["house"]),
        "riverside's": _plan(stage, "coordinator", None),
        "lakeside's": _plan(stage, "lake_coordinator", None),
    }
    setters = dict(zip(plans, ("manager", "house_manager", "coordinator", "lake_coordinator"), strict=True))
    targets = {name: _target(stage, persona, plans[name]) for name, persona in setters.items()}
    asked = _asked(stage)
    old = {
        "van's": _old(stage, "manager"),
        "house's": _old(stage, "house_manager"),
        "office's": _old(stage, "coordinator"),
        "lake office's": _old(stage, "lake_coordinator"),
    }
    to_set = {name: pk for name, pk in plans.items() if name != "riverside's"}
    return {
        "plan": {**plans, "stranger": STRANGER},
        "plan to set": {**to_set, "stranger": STRANGER},
        "target": {**{name: targets[name] for name in to_set}, "stranger": STRANGER},
        "area figure": {
            "riverside's": _area(stage, "coordinator"),
            "lakeside's": _area(stage, "lake_coordinator"),
            "stranger": STRANGER,
        },
        "question": {**asked, "stranger": STRANGER},
        "old return": {**old, "stranger": STRANGER},
        "given release": {name: stage.targets["release"][name] for name in ("given", "waits", "stranger")},
    }


def _plan(stage: Any, persona: str, service: UUID | None) -> UUID:
    actor = stage.actor(persona)
    agreed = Agreed("Grant", "quarterly", Period(date(2026, 1, 1), date(2026, 12, 31)))
    with acting_as(actor):
        return set_plan(actor, agreed=agreed, service=service)


def _area(stage: Any, persona: str) -> UUID:
    actor = stage.actor(persona)
    year = Period(date(2005, 1, 1), date(2005, 12, 31))
    with acting_as(actor):
        made: UUID = add_area_figure(
            actor, printed=Printed("exit_strict_new", "East", 6, None, year, "Nothing known for six months.", "Report")
        )
    return made


def _target(stage: Any, persona: str, plan: UUID) -> UUID:
    actor = stage.actor(persona)
    with acting_as(actor):
        made: UUID = set_target(actor, plan, key="known", aim=Aim.AT_LEAST, measure=Measure.COUNT, value=20)
    return made


def _asked(stage: Any) -> dict[str, object]:
    """A question about what went out, answered by both agencies; and one of the other partnership."""
    council = stage.actor("commissioner")
    with acting_as(council):
        made: UUID = ask(council, release=stage.targets["release"]["given"], key="spoke_of_health", words="Why?")
    for persona in ("manager", "house_manager"):
        actor = stage.actor(persona)
        with acting_as(actor):
            answer(actor, made, words="The van was off the road.")
    return {"asked": made, "lakeside's": _asked_there(stage)}


def _asked_there(stage: Any) -> UUID:
    """Lakeside's commissioner has no account, and yet its question must be one not to see."""
    lake, made = stage.lakeside, UUID(int=81)
    with postgres.address().connect() as owner:
        owner.execute(
            "INSERT INTO commissioning_question (id, partnership_id, agency_id, release_id, key, words, asked_at,"
            " asked_by) SELECT %s, %s, %s, release_id, 'known', 'Why?', now(), %s FROM monitoring_given"
            " WHERE partnership_id = %s",
            [made, lake.partnership.id, lake.agencies["council"].id, STRANGER, lake.partnership.id],
        )
        owner.execute(
            "INSERT INTO commissioning_answer (id, partnership_id, agency_id, question_id, words, answered_at,"
            " answered_by) VALUES (%s, %s, %s, %s, 'So.', now(), %s)",
            [UUID(int=82), lake.partnership.id, lake.agencies["van"].id, made, STRANGER],
        )
    return made


def _old(stage: Any, persona: str) -> UUID:
    actor = stage.actor(persona)
    with acting_as(actor):
        made: UUID = keep_old_return(
            actor, title="2005", since=date(2005, 4, 1), until=date(2006, 3, 31),
            lines=(Line(2, "Met", 55, 181, "31"),), faults=(),
        )  # fmt: skip
    return made

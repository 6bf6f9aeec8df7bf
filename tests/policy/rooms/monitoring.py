"""Returns: an agency's own and the co-ordinator's; the women behind a figure are their own agency's alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.passages import write_passage
from alongside.insight.monitoring.preparing import prepare_release
from alongside.insight.monitoring.releasing import give_release
from alongside.register.people.facts import counting_job
from tests.policy.rooms.elsewhere import copied
from tests.policy.words import (
    CASEWORKERS,
    CLINIC,
    COMMISSIONERS,
    COORDINATORS,
    HOUSE,
    LAKE,
    LAKE_VAN,
    MANAGERS,
    NO_ONE,
    RIVER,
    STRANGER,
    VAN,
    Open,
    Page,
)

CASEWORKERS_HERE = VAN | HOUSE | CLINIC
READERS = CASEWORKERS | COORDINATORS
REACH: dict[str, dict[str, set[str]]] = {
    "return": {
        "van's": VAN | RIVER,
        "house's": HOUSE | RIVER,
        "riverside's": RIVER,
        "lake van's": LAKE_VAN | LAKE,
        "stranger": NO_ONE,
    },
    "figure": {
        "van's": VAN,
        "house's": HOUSE,
        "riverside's": NO_ONE,
        "lake van's": LAKE_VAN,
        "of no women": NO_ONE,
        "stranger": NO_ONE,
    },
}
REACH["waiting release"] = {"waits": {"manager", "house_manager"}, "stranger": NO_ONE}
REACH["passage"] = {"van's": MANAGERS, "stranger": NO_ONE}
REACH["release"] = {
    "given": CASEWORKERS_HERE | RIVER | COMMISSIONERS,
    "waits": {"manager", "house_manager"} | RIVER,
    "stranger": NO_ONE,
}
LONG_AGO = Period(date(2015, 1, 1), date(2015, 12, 31))  # nothing happened: nothing small could be told
WANTED = {"framework": "quarterly", "since": "2026-07-01", "until": "2026-09-30"}
ROUTES: dict[str, Page | Open] = {
    "returns:index": Page(READERS, get="ok", figures=True),
    "returns:make": Page(MANAGERS | COORDINATORS, post="redirect", data=WANTED),
    "returns:return": Page(READERS, get="ok", about="return", figures=True),
    "returns:csv": Page(READERS, get="ok", about="return"),
    "returns:xlsx": Page(READERS, get="ok", about="return"),
    "returns:definitions": Page(READERS | COMMISSIONERS, get="ok", figures=True),
    "returns:snapshots": Page(COORDINATORS, get="ok", figures=True),
    # what stands in the way is told on the page of the return: only the partnership's goes out
    "returns:prepare": Page(COORDINATORS, post="redirect", about="return"),
    "returns:releases": Page(READERS | COMMISSIONERS, get="ok", figures=True),
    "returns:release": Page(READERS | COMMISSIONERS, get="ok", about="release", figures=True),
    "returns:release-csv": Page(READERS | COMMISSIONERS, get="ok", about="release"),
    "returns:release-metadata": Page(READERS | COMMISSIONERS, get="ok", about="release"),
    "returns:give": Page(MANAGERS | COORDINATORS, post="redirect", about="release"),
    "returns:write": Page(MANAGERS, post="redirect", about="waiting release", data={"words": "It rained."}),
    "returns:take-back": Page(MANAGERS, post="redirect", about="passage", but={("house_manager", "POST"): "forbidden"}),
    "women-behind": Page(CASEWORKERS, get="ok", about="figure"),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    river, lake = stage.riverside, stage.lakeside
    today = date.today()
    year = Period(today - timedelta(days=365), today)
    van, house, whole = make_returns(
        counting_job(river.partnership.id),
        [
            Wanted("quarterly", river.agencies["van"].id, year),
            Wanted("quarterly", river.agencies["house"].id, year),
            Wanted("five_outcomes", None, LONG_AGO),
        ],
    )
    (other,) = make_returns(counting_job(river.partnership.id), [Wanted("quarterly", None, LONG_AGO)])
    given = _prepared(stage, "coordinator", whole)
    _said(stage, "manager", given)
    _given(stage, "manager", given)
    waits = _prepared(stage, "coordinator", other)
    far, far_whole = make_returns(
        counting_job(lake.partnership.id),
        [Wanted("quarterly", lake.agencies["van"].id, year), Wanted("quarterly", None, LONG_AGO)],
    )
    _went_out_there(_prepared(stage, "lake_coordinator", far_whole))
    words = {
        name: _said(stage, persona, waits) for name, persona in (("van's", "manager"), ("house's", "house_manager"))
    }
    copied("monitoring_passage", lake, "van")
    return {
        "waiting release": {"waits": waits, "stranger": STRANGER},
        "passage": {"van's": words["van's"], "stranger": STRANGER},
        "release": {"given": given, "waits": waits, "stranger": STRANGER},
        "return": {"van's": van, "house's": house, "riverside's": whole, "lake van's": far, "stranger": STRANGER},
        "figure": {
            "van's": (van, "known"),
            "house's": (house, "known"),
            "riverside's": (whole, "spoke_of_health"),
            "lake van's": (far, "known"),
            "of no women": (van, "contacts"),
            "stranger": (STRANGER, "known"),
        },
    }


def _prepared(stage: Any, persona: str, whole: UUID) -> UUID:
    actor = stage.actor(persona)
    with acting_as(actor):
        made: UUID = prepare_release(actor, whole)
    return made


def _said(stage: Any, persona: str, release: UUID) -> UUID:
    actor = stage.actor(persona)
    with acting_as(actor):
        made: UUID = write_passage(actor, release, key="", words="It rained.")
    return made


def _given(stage: Any, persona: str, release: UUID) -> None:
    actor = stage.actor(persona)
    with acting_as(actor):
        give_release(actor, release)


def _went_out_there(release: UUID) -> None:
    """Lakeside has nobody who could let it go out, and yet a release of another partnership must be one not to see."""
    with postgres.address().connect() as owner:
        owner.execute(
            "INSERT INTO monitoring_given"
            " (release_id, partnership_id, framework, quarter, number, prepared_by, given_by, given_at)"
            " SELECT id, partnership_id, framework, %s, 1, %s, %s, now() FROM monitoring_release WHERE id = %s",
            [LONG_AGO.since, STRANGER, UUID(int=8), release],
        )

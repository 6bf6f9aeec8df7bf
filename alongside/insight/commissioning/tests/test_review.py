"""Two years: what each quarter said, with its interval, as pictures, table and paper."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import pypdf
import pytest
import time_machine

from alongside.foundation.kit.charts import trend_chart
from alongside.foundation.kit.rows import Point
from alongside.insight.commissioning import papers, reviewing
from alongside.insight.commissioning.actions import Agreed, set_plan, set_target
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.tests.worlds import (
    YEAR,
    counted,
    own_folders,
    page,
    released,
    service,
    signed_in,
    world,
)  # fmt: skip
from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.register.people.facts import counting_job
from tests.world import World, as_persona

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def two_years(world: World) -> World:
    """Every quarter but the first was counted, for the van and for the partnership."""
    van = world.agencies["van"].id
    wanted = [Wanted("quarterly", whose, each) for whose in (van, None) for each in reviewing.last_quarters()[1:]]
    make_returns(counting_job(world.partnership.id), wanted)
    return world


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def tagged(found: pypdf.PdfReader, title: str) -> str:
    """Its text, once it is a paper that a screen reader can read."""
    root: Any = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert found.metadata is not None
    assert found.metadata.title == title
    return " ".join(" ".join(each.extract_text() for each in found.pages).split())


@time_machine.travel(date(2026, 11, 22), tick=False)
def test_the_last_eight_quarters() -> None:
    quarters = reviewing.last_quarters()
    assert (len(quarters), quarters[0].since, quarters[-1].until) == (8, date(2025, 1, 1), date(2026, 12, 31))


def test_each_quarter_says_what_was_counted(two_years: World) -> None:
    with as_persona(two_years, "manager") as actor:
        found = reviewing.review(actor)
    met = found.trend("met")
    assert met is not None
    assert found.counted == 7
    assert met.told[0] is None
    last = met.told[-1]
    assert last is not None
    assert (last.figure.count, last.figure.of) == (15, 48)
    assert (last.low, last.high) == (19.9, 45.3)  # Wilson's interval of 15 of 48, worked out by hand
    known = found.trend("known")
    assert known is not None
    assert {each.low for each in known.told if each} == {None}


def test_it_works(two_years: World) -> None:
    text = page(two_years, "manager", "/commissioning/two-years/")
    assert "7 of 8 quarters were counted" in text
    assert "31% (15 of 48)" in text
    assert "same figures are in the table below" in text
    assert "–" in text
    assert "Riverside" in page(two_years, "coordinator", "/commissioning/two-years/?figures=five_outcomes")


def test_a_share_agreed_on_is_a_line(two_years: World) -> None:
    with as_persona(two_years, "manager") as actor:
        plan = set_plan(actor, agreed=Agreed("Grant", "quarterly", YEAR), service=service(two_years, "van"))
        set_target(actor, plan, key="met", aim=Aim.AT_LEAST, measure=Measure.OF_WHOLE, value=40)
        set_target(actor, plan, key="engaged", aim=Aim.AT_LEAST, measure=Measure.COUNT, value=40)
        found = reviewing.review(actor)
    assert {each.definition.key: each.aim for each in found.trends if each.aim} == {"met": 40}


def test_another_agency_s_quarters_are_not_hers(two_years: World) -> None:
    with as_persona(two_years, "hostel_worker") as actor:
        assert reviewing.review(actor).counted == 0
    assert signed_in(two_years, "commissioner").get("/commissioning/two-years/").status_code == 403


def test_papers_say_what_their_pages_say_and_are_tagged(two_years: World) -> None:
    manager = signed_in(two_years, "manager")
    pk = counted(two_years)
    text = tagged(reader(manager.get(f"/commissioning/returns/{pk}/pdf/").content), "Quarterly return")
    assert "15 of 48 (31%)" in text
    assert "What each figure counts" in text
    review = reader(manager.get("/commissioning/two-years/pdf/").content)
    assert "31% (15 of 48)" in tagged(review, "Two years")
    release: UUID = released(two_years)
    council = signed_in(two_years, "commissioner")
    said = tagged(reader(council.get(f"/commissioning/releases/{release}/pdf/").content), "Quarterly return")
    assert "rounded to the nearest 5" in said
    assert "48" not in said.replace("1048", "")
    with as_persona(two_years, "manager") as actor:
        plan = set_plan(actor, agreed=Agreed("Grant", "quarterly", YEAR), service=service(two_years, "van"))
        set_target(actor, plan, key="met", aim=Aim.AT_LEAST, measure=Measure.COUNT, value=40)
    assert "At least 40 women" in tagged(
        reader(manager.get(f"/commissioning/plans/{plan}/pdf/").content), "Grant"
    )  # fmt: skip


def test_a_picture_on_paper_has_words() -> None:
    chart = trend_chart([Point("Jan 26", 10, "10%", 5, 20), Point("Apr 26", None, "–")], 40)
    told = papers.picture("Women met", chart)
    assert told["alt"] == "Women met. Jan 26: 10%; Apr 26: –."
    assert "Women met" in tagged(reader(papers.paper("T", [], [], [told])), "T")

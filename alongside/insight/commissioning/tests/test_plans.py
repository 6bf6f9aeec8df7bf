"""Plans and targets: set, refused, shown beside what was counted, by each to whom they belong."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.insight.commissioning import actions, queries
from alongside.insight.commissioning.actions import Agreed, Refused
from alongside.insight.commissioning.codes import Aim, Course, Measure
from alongside.insight.commissioning.rules import NoBasis
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
from alongside.insight.monitoring.figures import Period
from tests.world import World, as_persona

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db


def plan(world: World, persona: str = "manager", agency: str | None = "van", **changes: Any) -> UUID:
    told = {"name": "Grant 2026", "framework": "quarterly", "period": YEAR, **changes}
    with as_persona(world, persona) as actor:
        return actions.set_plan(actor, agreed=Agreed(**told), service=service(world, agency) if agency else None)


def target(world: World, pk: UUID, key: str, value: int, persona: str = "manager", **how: Any) -> UUID:
    told = {"aim": Aim.AT_LEAST, "measure": Measure.COUNT, **how}
    with as_persona(world, persona) as actor:
        made: UUID = actions.set_target(actor, pk, key=key, value=value, **told)
    return made


def test_it_works(world: World) -> None:
    """By the pages alone: set a plan, add a target, see it beside what was counted."""
    counted(world)
    client = signed_in(world, "manager")
    form = {
        "name": "Grant 2026", "service": str(service(world, "van")), "funder": str(world.agencies["council"].id),
        "framework": "quarterly", "since": "2026-01-01", "until": "2026-12-31", "about": "60",
        "about_source": "The council’s estimate",
    }  # fmt: skip
    made = client.post("/commissioning/plans/make/", form)
    assert made.status_code == 302, made.content.decode()
    address = made["Location"]
    for key, value, measure in (("met", "20", "of_about"), ("engaged", "3", "count")):
        told = {"key": key, "aim": "at_least", "value": value, "measure": measure}
        assert client.post(f"{address}targets/", told).status_code == 302
    text = client.get(address).content.decode()
    assert "At least 20% of about 60 women: 12" in text
    assert "15, 25% of about 60" in text
    assert "Reached" in text
    assert "Counted beside agreed" in text
    assert "Grant 2026" in client.get("/commissioning/plans/").content.decode()


def test_another_plan_for_the_same_days_is_refused(world: World) -> None:
    first = plan(world)
    inside = Period(date(2026, 12, 31), date(2027, 6, 30))
    with pytest.raises(Refused, match="covers some of these days"):
        plan(world, period=inside)
    plan(world, period=Period(date(2027, 1, 1), date(2027, 6, 30)))
    plan(world, period=inside, funder=world.agencies["council"].id)
    with as_persona(world, "manager") as actor:
        actions.end_plan(actor, first)
    plan(world, period=Period(date(2026, 1, 1), date(2026, 6, 30)))


def test_one_target_for_a_figure_until_it_is_taken_back(world: World) -> None:
    pk = plan(world)
    first = target(world, pk, "met", 20)
    with pytest.raises(Refused, match="Take that one back"):
        target(world, pk, "met", 30)
    with as_persona(world, "manager") as actor:
        actions.take_back_target(actor, first)
    target(world, pk, "met", 30)
    with pytest.raises(Refused, match="does not hold that figure"):
        target(world, pk, "nothing", 30)
    with pytest.raises(NoBasis):
        target(world, pk, "engaged", 30, measure=Measure.OF_ABOUT)


def test_where_it_stands_is_measured_by_the_days_counted(world: World) -> None:
    pk = plan(world)
    target(world, pk, "met", 15)
    target(world, pk, "engaged", 15)
    with as_persona(world, "manager") as actor:
        assert {each.course for each in queries.plan_sheet(actor, pk).targets} == {Course.UNKNOWN}
    counted(world, period=Period(YEAR.since, date(2026, 11, 30)))
    with as_persona(world, "manager") as actor:
        sheet = queries.plan_sheet(actor, pk)
    assert {each.definition.key: each.course for each in sheet.targets} == {
        "met": Course.REACHED,
        "engaged": Course.BEHIND,
    }
    assert sheet.counted_to == date(2026, 11, 30)


def test_a_manager_sets_her_own_agency_s_and_the_coordinator_all(world: World) -> None:
    for agency in ("house", None):
        with pytest.raises(Denied):
            plan(world, "manager", agency)
    for agency in ("van", "house", None):
        plan(world, "coordinator", agency)
    for persona in ("key_worker", "commissioner"):
        with pytest.raises(Denied):
            plan(world, persona)
    with pytest.raises(NotFound), as_persona(world, "manager") as actor:
        actions.set_plan(actor, agreed=Agreed("x", "quarterly", YEAR), service=uuid4())


def test_other_agency_gets_404(world: World) -> None:
    pk = plan(world)
    assert signed_in(world, "hostel_worker").get(f"/commissioning/plans/{pk}/").status_code == 404
    assert signed_in(world, "hostel_worker").get(f"/commissioning/plans/{uuid4()}/").status_code == 404
    assert "Grant 2026" not in page(world, "hostel_worker", "/commissioning/plans/")


def test_commissioners_see_released_figures_alone(world: World) -> None:
    whole = plan(world, "coordinator", None, about=60, about_source="A police estimate")
    target(world, whole, "met", 20, "coordinator", measure=Measure.OF_ABOUT)
    own = plan(world)
    target(world, own, "met", 20)
    counted(world)
    counted(world, None)
    assert "can be shown yet" in page(world, "commissioner", f"/commissioning/plans/{whole}/")
    released(world)
    text = page(world, "commissioner", f"/commissioning/plans/{whole}/")
    assert "Released figures" in text
    assert "15, 25% of about 60" in text
    assert "can be shown yet" in page(world, "commissioner", f"/commissioning/plans/{own}/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "called"),
        ({"until": "2025-01-01"}, "before the first day"),
        ({"since": "soon"}, "as a date"),
        ({"service": ""}, "What is it for"),
        ({"about": "50"}, "Say who counted"),
        ({"about": "-3"}, "greater than or equal to 1"),
    ],
)
def test_a_wrong_plan_is_told_in_words(world: World, changes: dict[str, str], words: str) -> None:
    form = {
        "name": "Grant", "service": str(service(world, "van")), "framework": "quarterly", "since": "2026-01-01",
        "until": "2026-12-31",
    }  # fmt: skip
    answer = signed_in(world, "manager").post("/commissioning/plans/make/", form | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_counting_up_to_today_is_asked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "alongside.insight.commissioning.pages.plans.ask_for_return", lambda actor, **how: asked.append(how)
    )
    pk = plan(world)
    assert signed_in(world, "manager").post(f"/commissioning/plans/{pk}/count/").status_code == 302
    assert signed_in(world, "coordinator").post(f"/commissioning/plans/{pk}/count/").status_code == 302
    assert [each["period"].since for each in asked] == [YEAR.since]


def test_get_changes_nothing(world: World) -> None:
    pk = plan(world)
    for address in ("/commissioning/plans/", f"/commissioning/plans/{pk}/"):
        page(world, "manager", address)
    for address in ("make/", f"{pk}/targets/", f"{pk}/end/", f"{pk}/count/"):
        assert signed_in(world, "manager").get(f"/commissioning/plans/{address}").status_code == 405


def test_the_partnership_s_plan_is_set_by_its_coordinator(world: World) -> None:
    pk = plan(world, "coordinator", None)
    with pytest.raises(Denied):
        target(world, pk, "met", 20, "manager")
    client = signed_in(world, "manager")
    assert "Add a target" not in client.get(f"/commissioning/plans/{pk}/").content.decode()
    assert client.post(f"/commissioning/plans/{pk}/end/").status_code == 403

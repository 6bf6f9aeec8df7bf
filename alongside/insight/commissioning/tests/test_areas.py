"""Other areas beside this one: F14 as a page, each figure with its own definition, and on paper."""

import io
from datetime import date

import pypdf
import pytest

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.insight.commissioning import actions, areas
from alongside.insight.commissioning.actions import Agreed, Refused
from alongside.insight.commissioning.areas import Printed, add_area_figure, comparisons, take_back_area_figure
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.tests.worlds import counted, own_folders, page, released, signed_in, world
from alongside.insight.monitoring.figures import Period
from tests.world import World, as_persona

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TWO_YEARS = Period(date(2005, 4, 1), date(2007, 3, 31))
FORM = {
    "key": "met", "area": "East", "count": "60", "of": "80", "since": "2005-04-01", "until": "2006-03-31",
    "meaning": "Met once in the year.", "source": "Its report",
}  # fmt: skip
F14 = (
    ("East", 6, TWO_YEARS, "Drug free and sex work free for six months."),
    ("North", 8, TWO_YEARS, "No sex work for six months."),
    ("South", 5, TWO_YEARS, "As the council defines it."),
    ("West", 21, TWO_YEARS, "No involvement in three months."),
    ("Hill", 3, Period(date(2006, 4, 1), date(2007, 3, 31)), "Drug free and sex work free for six months."),
)


def written_down(world: World) -> None:
    with as_persona(world, "coordinator") as actor:
        for area, count, period, meaning in F14:
            add_area_figure(
                actor, printed=Printed("exit_strict_new", area, count, None, period, meaning, f"Report of {area}")
            )


def test_f14_each_area_stands_with_its_own_definition(world: World) -> None:
    """Over two years 6, 8, 5, 21; over one year 3: never in one picture, never without its sentence."""
    written_down(world)
    counted(world, None, Period(date(2025, 1, 1), date(2026, 12, 31)), "exit")
    with as_persona(world, "coordinator") as actor:
        one, two = comparisons(actor)
    assert [(one.months, [(each.area, each.count) for each in one.lines])] == [(12, [("Hill", 3)])]
    assert (two.months, [each.count for each in two.lines]) == (24, [0, 6, 8, 5, 21])
    assert [each.ours for each in two.lines] == [True, False, False, False, False]
    assert all(each.meaning and each.source for each in (*one.lines, *two.lines))
    text = page(world, "coordinator", "/commissioning/areas/")
    for area, count, _, meaning in F14:
        assert area in text
        assert f">{count}<" in text
        assert meaning in text
    assert "in 24 months" in text
    assert "in 12 months" in text
    assert text.count('role="img"') == 2


def test_ours_is_exact_for_the_coordinator_and_as_released_for_others(world: World) -> None:
    with as_persona(world, "coordinator") as actor:
        for key in ("met", "engaged"):
            add_area_figure(actor, printed=Printed(key, "East", 60, 80, YEAR, "Met.", "Report"))
    released(world, YEAR)

    def ours(persona: str) -> list[int | None]:
        with as_persona(world, persona) as actor:
            return [line.count for each in comparisons(actor) for line in each.lines if line.ours]

    assert ours("coordinator") == [0, 15]
    for persona in ("manager", "key_worker", "commissioner"):
        assert ours(persona) == [None, 15], persona
    assert "fewer than ten, or none" in page(world, "commissioner", "/commissioning/areas/")


def test_a_number_agreed_on_is_a_line(world: World) -> None:
    counted(world, None, YEAR)
    with as_persona(world, "coordinator") as actor:
        add_area_figure(actor, printed=Printed("met", "East", 60, 80, YEAR, "Met.", "Report"))
        plan = actions.set_plan(actor, agreed=Agreed("The year", "quarterly", YEAR), service=None)
        actions.set_target(actor, plan, key="met", aim=Aim.AT_LEAST, measure=Measure.COUNT, value=40)
    with as_persona(world, "coordinator") as actor:
        (each,) = comparisons(actor)
    assert [line.aim for line in each.lines] == [40, None]
    assert "15 / 40" in page(world, "coordinator", "/commissioning/areas/")


def test_it_is_written_down_and_taken_back_by_the_page(world: World) -> None:
    client = signed_in(world, "coordinator")
    assert client.post("/commissioning/areas/add/", FORM).status_code == 302
    with as_persona(world, "coordinator") as actor:
        (each,) = comparisons(actor)
    assert (each.lines[0].count, each.lines[0].of) == (60, 80)
    assert "Write down a figure of another area" not in page(world, "manager", "/commissioning/areas/")
    assert client.post(f"/commissioning/areas/{each.lines[0].id}/take-back/").status_code == 302
    assert "No figure of another area was written down yet" in page(world, "manager", "/commissioning/areas/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"meaning": ""}, "Write down what that area counts"),
        ({"source": ""}, "Write down where the figure is printed"),
        ({"count": ""}, "Enter the number as printed"),
        ({"count": "90"}, "more than what it is counted out of"),
        ({"until": "2004-01-01"}, "before the first day"),
        ({"key": "nothing"}, "Beside which of our figures"),
    ],
)
def test_a_wrong_figure_is_told_in_words(world: World, changes: dict[str, str], words: str) -> None:
    answer = signed_in(world, "coordinator").post("/commissioning/areas/add/", {**FORM, **changes})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_one_figure_of_an_area_for_the_same_days(world: World) -> None:
    client = signed_in(world, "coordinator")
    client.post("/commissioning/areas/add/", FORM)
    answer = client.post("/commissioning/areas/add/", {**FORM, "count": "61"})
    assert answer.status_code == 422
    assert "for these days already" in answer.content.decode()


def test_on_paper_it_says_the_same_and_is_tagged(world: World) -> None:
    written_down(world)
    paper = pypdf.PdfReader(io.BytesIO(signed_in(world, "manager").get("/commissioning/areas/pdf/").content))
    text = "".join(each.extract_text() for each in paper.pages)
    for area, count, _, _ in F14:
        assert area in text
        assert str(count) in text
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_who_may_write_it_down(world: World) -> None:
    printed = Printed("met", "East", 60, 80, YEAR, "Met.", "Report")
    with as_persona(world, "coordinator") as actor:
        pk = add_area_figure(actor, printed=printed)
        with pytest.raises(Refused, match="no such figure"):
            add_area_figure(actor, printed=Printed("nothing", "East", 1, None, YEAR, "Met.", "Report"))
    for persona in ("manager", "commissioner"):
        with as_persona(world, persona) as actor:
            with pytest.raises(Denied):
                add_area_figure(actor, printed=printed)
            with pytest.raises((Denied, NotFound)):
                take_back_area_figure(actor, pk)
    assert signed_in(world, "contributor").get("/commissioning/areas/").status_code == 403


def test_get_changes_nothing(world: World) -> None:
    client = signed_in(world, "coordinator")
    assert client.get("/commissioning/areas/add/").status_code == 405
    assert areas.months(Period(date(2026, 7, 1), date(2026, 9, 30))) == 3

"""A quarter's return: counted, looked at, taken away, led back to a woman; and no page of figures has a barrier."""

import re

import pytest

from tests.browser.visitor import Visit
from tests.browser.worker import Worker, sheets

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HER = "Marigold"
PERIOD = re.compile(r"^1 \w+ \d{4} to \d+ \w+ \d{4}")


@pytest.fixture(scope="module")
def dipa(visit: Visit) -> Worker:
    return Worker(visit, "Dipa Shah", "Service manager")


def test_dipa_has_the_quarter_counted(dipa: Worker) -> None:
    dipa.page.goto("/people/new/")
    dipa.types("What does she like to be called? (optional)", HER)
    dipa.presses("Save")
    dipa.arrives_at(re.compile("^Record BR"))
    dipa.goes_home()
    dipa.goes_to("Returns")
    dipa.presses("Count this quarter")
    for _ in range(60):
        if dipa.page.get_by_role("main").get_by_role("link", name=PERIOD).count():
            break
        dipa.page.wait_for_timeout(2_000)
        dipa.page.goto("/returns/")


def test_dipa_takes_the_return_away_in_three_clicks(dipa: Worker) -> None:
    dipa.goes_home()
    with dipa.counting("U11"):
        dipa.goes_to("Returns")
        dipa.follows(PERIOD)
        dipa.arrives_at(re.compile("^Quarterly return"))
        dipa.sees("What this return was checked for")
        book = sheets(dipa.downloads("XLSX"))
    assert [row[2] for row in book["Figures"] if row[1] == "Women known"] == [1.0]


def test_dipa_gets_from_a_figure_to_the_woman_behind_it(dipa: Worker) -> None:
    with dipa.counting("U12"):
        dipa.follows(re.compile("women: Women known"))
        dipa.arrives_at("Women behind a figure")
    dipa.sees("Women known")
    dipa.sees(HER)


def test_dipa_agrees_on_a_target(dipa: Worker) -> None:
    dipa.goes_home()
    dipa.follows("Plans and targets")
    dipa.page.get_by_text("Set a new plan").click()
    dipa.looks_it_over()
    dipa.types("What is it called?", "Casework grant")
    dipa.presses("Set this plan")
    dipa.arrives_at("Casework grant")
    dipa.types("How many, or how many per cent?", "5")
    dipa.presses("Add this target")
    dipa.arrives_at("Casework grant")
    dipa.sees(re.compile("At least 5 "))


def test_no_page_of_figures_has_a_barrier_at_a_desk_or_on_a_phone(visit: Visit, dipa: Worker) -> None:
    farah = Worker(visit, "Farah Aziz", "Commissioner")
    for who, address in (
        (dipa, "/commissioning/two-years/"),
        (dipa, "/commissioning/plans/"),
        (dipa, "/commissioning/questions/"),
        (dipa, "/commissioning/earlier/"),
        (dipa, "/to-mend/"),
        (farah, "/"),
        (farah, "/commissioning/plans/"),
        (farah, "/commissioning/areas/"),
        (farah, "/returns/releases/"),
    ):
        for width in (1280, 320):
            who.page.set_viewport_size({"width": width, "height": 800})
            who.page.goto(address)
            who.looks_it_over()
            assert who.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)

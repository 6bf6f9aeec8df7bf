"""A bed is given at a desk in three clicks; who comes second is told why in words."""

import re

import pytest

from tests.browser.visitor import Visit
from tests.browser.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def carmel(visit: Visit) -> Worker:
    return Worker(visit, "Carmel Doyle", "Hostel worker")


@pytest.fixture(scope="module")
def kemi(visit: Visit) -> Worker:
    return Worker(visit, "Kemi Adeyemi", "Service manager")


def opens_a_bed_of_lantern_house(worker: Worker) -> None:
    worker.goes_to("Beds tonight")
    rows = worker.page.get_by_role("table", name="Beds of Lantern House").get_by_role("row")
    worker.clicks(rows.filter(has_text=re.compile("Free|Held")).first.get_by_role("link").first)
    worker.arrives_at(re.compile("^Bed .*, Lantern House$"))


def test_a_bed_is_given_and_who_comes_second_is_told(carmel: Worker, kemi: Worker) -> None:
    """The woman who comes first on the list, or for whom it is held, is chosen already."""
    kemi.goes_home()
    opens_a_bed_of_lantern_house(kemi)
    carmel.goes_home()
    with carmel.counting("U9"):
        opens_a_bed_of_lantern_house(carmel)
        carmel.presses("Give the bed")
    carmel.sees("The bed is hers.")
    kemi.presses("Give the bed")
    kemi.sees("This bed was given to another woman by Carmel Doyle")


def test_a_phone_holds_the_board(carmel: Worker) -> None:
    carmel.page.set_viewport_size({"width": 360, "height": 640})
    for address in ("/beds/", "/beds/moves/", "/beds/take-away/", "/services/", "/beds/what-if/"):
        answer = carmel.page.goto(address)
        if answer is not None and answer.status == 200:
            carmel.looks_it_over()
            assert carmel.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

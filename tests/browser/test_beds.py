"""A bed is given at a desk in three clicks; who comes second is told why in words."""

import re

import pytest

from tests.browser.visitor import Visit
from tests.browser.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HER = "Clementine"


@pytest.fixture(scope="module")
def carmel(visit: Visit) -> Worker:
    return Worker(visit, "Carmel Doyle", "Hostel worker")


@pytest.fixture(scope="module")
def kemi(visit: Visit) -> Worker:
    return Worker(visit, "Kemi Adeyemi", "Service manager")


def test_kemi_sets_up_a_house(kemi: Worker) -> None:
    kemi.page.goto("/beds/houses/new/")
    kemi.types("What is the house called?", "Lantern House")
    kemi.presses("Set it up")
    kemi.arrives_at("Lantern House")
    kemi.types("How many more?", "2")
    kemi.presses("Add them")
    kemi.sees("The places are there.")


def test_carmel_puts_her_on_the_list(carmel: Worker) -> None:
    carmel.page.goto("/people/new/")
    carmel.types("What does she like to be called? (optional)", HER)
    carmel.presses("Save")
    carmel.arrives_at(re.compile("^Record LH"))
    carmel.follows_button("Beds and lists")
    carmel.arrives_at(re.compile("^Beds, record LH"))
    carmel.follows_button("Put her on a list")
    carmel.arrives_at("Put her on a list")
    carmel.presses("Put her on the list")
    carmel.sees("She is on the list.")


def opens_a_free_bed(worker: Worker) -> None:
    worker.goes_to("Beds tonight")
    worker.clicks(worker.page.get_by_role("link", name="Bed 1", exact=True))
    worker.arrives_at("Bed 1, Lantern House")


def test_a_bed_is_given_and_who_comes_second_is_told(carmel: Worker, kemi: Worker) -> None:
    """The woman who comes first on the list is chosen already."""
    kemi.goes_home()
    opens_a_free_bed(kemi)
    carmel.goes_home()
    with carmel.counting("U9"):
        opens_a_free_bed(carmel)
        carmel.presses("Give the bed")
    carmel.sees("The bed is hers.")
    kemi.presses("Give the bed")
    kemi.sees("This bed was given to another woman by Carmel Doyle")


def test_a_phone_holds_the_board(carmel: Worker) -> None:
    carmel.page.set_viewport_size({"width": 360, "height": 640})
    for address in ("/beds/", "/beds/moves/", "/beds/take-away/"):
        carmel.page.goto(address)
        carmel.looks_it_over()
        assert carmel.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

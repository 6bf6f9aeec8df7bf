"""A woman is referred to a bed and the house answers: what it costs in clicks, and that no page has a barrier."""

import re

import pytest

from tests.browser.visitor import Visit
from tests.browser.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HER = "Marigold"


@pytest.fixture(scope="module")
def bethan(visit: Visit) -> Worker:
    return Worker(visit, "Bethan Price", "Key worker")


@pytest.fixture(scope="module")
def carmel(visit: Visit) -> Worker:
    return Worker(visit, "Carmel Doyle", "Hostel worker")


def test_bethan_refers_her_to_a_bed(visit: Visit, bethan: Worker) -> None:
    bethan.page.goto("/people/new/")
    bethan.types("What does she like to be called? (optional)", HER)
    bethan.presses("Save")
    bethan.arrives_at(re.compile("^Record BR"))
    bethan.goes_home()
    with bethan.counting("U7"):
        bethan.goes_to("Our records")
        bethan.follows(HER)
        bethan.follows_button("Refer her")
        bethan.arrives_at(re.compile("^Refer BR"))
        bethan.clicks(bethan.page.get_by_label("Lantern House hostel, Lantern House"))
        bethan.presses("She agreed: send it")
    bethan.arrives_at(re.compile("^Referral R-"))
    bethan.sees("They are asked to answer within 3 days")


def test_carmel_answers_without_having_read_a_name(visit: Visit, carmel: Worker) -> None:
    carmel.goes_home()
    with carmel.counting("U8"):
        carmel.follows(re.compile("^Answer R-"))
        carmel.arrives_at(re.compile("^Referral R-"))
        assert HER not in "".join(carmel.read)
        carmel.presses("Accept")
    carmel.sees("Her record with us")
    carmel.sees(HER)


def test_bethan_learns_of_it_on_her_first_page(bethan: Worker) -> None:
    bethan.goes_home()
    bethan.follows(re.compile("accepted$"))
    bethan.sees("Accepted")
    bethan.presses("We know: take it off our first page")
    bethan.sees("Kept.")


def test_a_phone_holds_every_page(visit: Visit, bethan: Worker) -> None:
    bethan.page.set_viewport_size({"width": 320, "height": 640})
    for address in ("/referrals/", bethan.page.url):
        bethan.page.goto(address)
        bethan.looks_it_over()
        assert bethan.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

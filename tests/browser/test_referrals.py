"""A woman is referred to a bed and the house answers: what it costs in clicks, and that no page has a barrier."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.serving import Served
from tests.browser.visitor import OPTIONS, Visit
from tests.browser.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BUDGETS = json.loads(Path(__file__).with_name("referral_budgets.json").read_text())
HER = "Marigold"


@pytest.fixture(scope="module")
def visit(playwright: Playwright) -> Iterator[Visit]:
    served = Served("referrals", ALONGSIDE_DEMO="1")
    code, said = served.run(["demo", "--no-lists"])
    assert code == 0, said
    with served.serving("--demo", "--no-lists") as (port, _):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        visit = Visit(browser, port)
        yield visit
        visit.close()
        browser.close()
    served.remove()


@pytest.fixture(scope="module")
def bethan(visit: Visit) -> Worker:
    return Worker(visit, "Bethan Price", "Key worker")


@pytest.fixture(scope="module")
def carmel(visit: Visit) -> Worker:
    return Worker(visit, "Carmel Doyle", "Hostel worker")


def within(visit: Visit, task: str) -> None:
    spent, budget = visit.ledgers[task], BUDGETS[task]
    assert (spent.clicks, spent.keys) <= (budget["clicks"], budget["keys"])


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
    within(visit, "U7")


def test_carmel_answers_without_having_read_a_name(visit: Visit, carmel: Worker) -> None:
    carmel.goes_home()
    with carmel.counting("U8"):
        carmel.follows(re.compile("^Answer R-"))
        carmel.arrives_at(re.compile("^Referral R-"))
        assert HER not in "".join(carmel.read)
        carmel.presses("Accept")
    carmel.sees("Her record with us")
    carmel.sees(HER)
    within(visit, "U8")


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

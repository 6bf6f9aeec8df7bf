"""Her page and what is open, as a key worker and an outreach worker have them at a desk."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visit
from tests.browser.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("her-page")]
NOTE = "She rang and wants to come on Tuesday"


@pytest.fixture(scope="module")
def bethan(visit: Visit) -> Worker:
    return Worker(visit, "Bethan Price", "Key worker")


@pytest.fixture(scope="module")
def amara(visit: Visit) -> Worker:
    return Worker(visit, "Amara Obi", "Outreach worker")


def makes_a_record(bethan: Worker) -> None:
    bethan.goes_to("Look up")
    bethan.types("Name, nickname or street name", "Zuleika")
    bethan.presses("Make a new record")
    bethan.arrives_at("New record")
    bethan.presses("Save")
    bethan.arrives_at(re.compile("^Record "))


def test_a_note_is_two_clicks_and_its_draft_is_kept_at_once(bethan: Worker) -> None:
    makes_a_record(bethan)
    bethan.follows_button("Her page")
    bethan.arrives_at("Her page")
    box = bethan.page.get_by_label("Add a note", exact=True)
    box.press_sequentially("Half a")
    expect(bethan.page.locator("[data-draft-status]")).to_contain_text("Draft kept", timeout=30_000)
    bethan.page.reload()
    expect(box).to_have_value("Half a")
    box.fill("")
    with bethan.counting("U6"):
        bethan.clicks(box)
        box.press_sequentially(NOTE)
        bethan.presses("Save the note")
        bethan.arrives_at("Her page")
    bethan.sees(NOTE)
    expect(box).to_have_value("")
    bethan.presses("Undo that note")
    bethan.arrives_at("Her page")
    expect(bethan.page.get_by_role("main")).not_to_contain_text(NOTE)


def test_how_to_reach_her_is_asked_and_warns(bethan: Worker) -> None:
    bethan.follows("Change how to reach her safely")
    bethan.arrives_at("How to reach her safely")
    bethan.page.get_by_role("group", name="Call her?").get_by_label("No", exact=True).check()
    bethan.presses("Save")
    bethan.arrives_at("Her page")
    bethan.sees("Don’t call her")


def test_the_card_of_what_is_open_is_two_clicks(amara: Worker) -> None:
    amara.goes_home()
    with amara.counting("U13"):
        amara.goes_to("What is open")
        began = time.monotonic()
        with amara.page.expect_download() as download:
            amara.follows_button("Print the card")
    content = download.value.path().read_bytes()
    print(f"U13: the PDF came in {time.monotonic() - began:.1f} s")
    assert content.startswith(b"%PDF")
    assert b"StructTreeRoot" in content


def test_a_manager_makes_a_key_and_ends_it(visit: Visit) -> None:
    kit = Worker(visit, "Dipa Shah", "Service manager")
    kit.follows("Keys for programs")
    kit.arrives_at("Keys for programs")
    kit.page.get_by_label("Which program is it for?").fill("Screen")
    kit.page.get_by_label(re.compile("Shifts: when")).check()
    kit.presses("Make the key")
    kit.arrives_at("The key")
    kit.page.goto("/programs/")
    kit.presses(re.compile("^End this key now"))
    kit.arrives_at("Keys for programs")
    kit.sees("Ended")

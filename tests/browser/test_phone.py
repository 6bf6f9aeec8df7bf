"""The phone app as a worker has it in her hand: a Pixel 5, four times slower, most of the time without a connection."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, Route, expect

from tests.browser.phone import PIN, SECOND_PIN, Phone, a_phone, found_on_disk, tell
from tests.browser.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("phone")]
WOMEN = ["Zqphonekelaxv", "Zqphonemollyxv"]
TYPED, NOTE = "Zqphonenewxv", "Zqphonenotexv"
SENT = re.compile(r"^All sent \d\d:\d\d$")
BEFORE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.codes import LookOutReason
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import queries as agencies
from alongside.register.people.actions import make_record
from alongside.register.people.known import Known

partnership = agencies.partnerships()[0].id
amara = next(each for each in agencies.memberships_in_force(partnership) if each.worker_name == "Amara Obi")
actor, today = agencies.actor_of_membership(amara.id), timezone.localdate()
for name in {WOMEN!r}:
    with acting_as(actor):
        record = make_record(actor, known=Known(names=(name,)), seen_on=today)
        contacts.look_out(actor, record=record, reason=LookOutReason.WORRY, until=today + timedelta(days=9))
print(json.dumps(str(actor.agency)))
"""
AFTER = """
import json
from alongside.config import postgres
with postgres.address().connect() as owner:
    envelopes = owner.execute(
        "SELECT count(*), count(DISTINCT op), count(*) FILTER (WHERE state = 'taken_in') FROM phone_envelope"
    ).fetchone()
    contacts = owner.execute(
        "SELECT (SELECT count(*) FROM contacts_contact) + (SELECT count(*) FROM contacts_unnamedcontact)"
    ).fetchone()
    print(json.dumps([envelopes, contacts[0]]))
"""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    served = Served("phones", ALONGSIDE_DEMO="1")
    code, said = served.run(["demo", "--no-lists"])
    assert code == 0, said
    tell(served, BEFORE)
    yield served
    served.remove()


@pytest.fixture(scope="module")
def port(served: Served) -> Iterator[int]:
    with served.serving("--demo", "--no-lists") as (port, _):
        yield port


@pytest.fixture
def phone(playwright: Playwright, port: int, tmp_path: Path) -> Iterator[Phone]:
    with a_phone(playwright, port, tmp_path / "profile") as phone:
        phone.enters("Amara Obi", "Outreach worker")
        yield phone


def kept(served: Served) -> tuple[int, int]:
    """(envelopes, contacts) on the server: each envelope there once, and every one of them taken in."""
    (envelopes, once, taken_in), contacts = tell(served, AFTER)
    assert envelopes == once == taken_in
    return envelopes, contacts


def saw_someone(phone: Phone, staying: str = "Outside") -> None:
    phone.presses("Saw someone")
    phone.taps(phone.page.locator(".ph-person").first)
    phone.chooses(staying)
    phone.presses("Condoms")
    phone.presses("Food")
    phone.presses("Save")
    phone.sees_screen("Tonight")


def is_sent(phone: Phone) -> None:
    phone.button("Send now").tap()
    expect(phone.page.locator("#status")).to_have_text(SENT, timeout=60_000)
    assert phone.envelopes() == []


# --- a night


def test_a_night_without_a_signal(phone: Phone, served: Served) -> None:
    before = kept(served)
    phone.is_set_up()
    phone.takes_the_list()
    phone.has_no_barrier()
    phone.opens_the_app()
    phone.opens_the_list()
    phone.goes_out_of_reach()
    phone.has_no_barrier()

    with phone.counting("U1"):
        saw_someone(phone)
    phone.status("Saved on this phone. 1 waiting")
    with phone.counting("U2"):
        phone.presses("Seen, did not stop")
        phone.taps(phone.page.locator(".ph-person").first)
        phone.presses("Save")
    phone.sees_screen("Tonight")
    with phone.counting("U3", name=TYPED):
        phone.presses("Saw someone")
        phone.presses("Someone not on the list")
        phone.types("What does she like to be called? (optional)", TYPED)
        phone.chooses("Squat")
        phone.presses("Food")
        phone.presses("Save")
    phone.sees_screen("Tonight")
    phone.status("Saved on this phone. 3 waiting")

    # The app killed and opened again, still without a signal.
    phone.page.goto("/phone/")
    phone.has_no_barrier()
    phone.unlocks()
    phone.status("3 waiting")

    phone.is_in_reach_again()
    is_sent(phone)
    assert kept(served) == (before[0] + 3, before[1] + 3)


def test_every_screen_without_a_barrier(phone: Phone) -> None:
    phone.page.goto("/phone/")
    phone.sees_screen("This phone is not set up")
    phone.has_no_barrier()
    phone.page.goto("/phone/help/")
    phone.has_no_barrier()
    phone.page.goto("/phone/ready/")
    phone.has_no_barrier()
    phone.is_set_up()
    phone.takes_the_list()
    phone.opens_the_app()
    phone.opens_the_list()
    for words, heading in (("Saw someone", "Who?"), ("Someone not on the list", "Someone not on the list")):
        phone.button(words).tap()
        phone.sees_screen(heading)
        phone.has_no_barrier()
    phone.page.get_by_text("Where, next step, a note").tap()
    phone.has_no_barrier()
    phone.button("Leave").tap()
    phone.button("This phone").tap()
    phone.sees_screen("This phone")
    phone.has_no_barrier()
    for path in ("/phone/phones/", "/phone/held/", "/phone/file/"):
        phone.page.goto(path)
        phone.has_no_barrier()
    assert phone.complaints == []


# --- nothing lost, nothing twice


def test_lost_answers_and_a_killed_phone(playwright: Playwright, phone: Phone, served: Served, port: int) -> None:
    before = kept(served)
    phone.is_set_up()
    phone.takes_the_list()
    phone.opens_the_app()
    phone.opens_the_list()
    lost = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    phone.context.route("**/phone/sync/", lose_the_answer)
    saw_someone(phone)
    expect(phone.page.locator("#status")).to_have_text(re.compile("1 waiting"))
    phone.page.wait_for_timeout(7_000)  # it tries again by itself
    assert len(lost) > 1
    assert set(lost) == {200}
    kill(phone.profile)
    with a_phone(playwright, port, phone.profile) as again:
        again.opens_the_app()
        is_sent(again)
    assert kept(served) == (before[0] + 1, before[1] + 1)


def kill(profile: Path) -> None:
    """As when the battery is taken out: every process of this one browser, at once."""
    killed = 0
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                of_it = str(profile).encode() in (each / "cmdline").read_bytes()
            except OSError:
                continue
            if of_it:
                os.kill(int(each.name), signal.SIGKILL)
                killed += 1
    assert killed
    for lock in profile.glob("Singleton*"):
        lock.unlink()


def test_a_sealed_file_as_the_last_resort(phone: Phone, served: Served) -> None:
    before = kept(served)
    phone.is_set_up()
    phone.takes_the_list()
    phone.opens_the_app()
    phone.opens_the_list()
    phone.context.route("**/phone/sync/", lambda route: route.abort())
    saw_someone(phone)
    phone.button("This phone").tap()
    with phone.page.expect_download() as download:
        phone.button("Save what waits as a sealed file").tap()
    assert download.value.suggested_filename == "waiting.sealed"
    sealed = Path(download.value.path())
    assert not [name for name in WOMEN if name.encode() in sealed.read_bytes()]
    phone.page.goto("/phone/file/")
    phone.page.get_by_label("The phone’s sealed file").set_input_files(
        {"name": "waiting.sealed", "mimeType": "application/octet-stream", "buffer": sealed.read_bytes()}
    )
    phone.button("Hand in").tap()
    expect(phone.page.get_by_text("1 contact has come in; 0 were here already.")).to_be_visible()
    assert kept(served) == (before[0] + 1, before[1] + 1)
    phone.context.unroute_all()
    phone.opens_the_app()
    is_sent(phone)
    assert kept(served) == (before[0] + 1, before[1] + 1)


# --- a phone in other hands


def test_a_lost_phone_deletes_everything(phone: Phone) -> None:
    phone.is_set_up()
    phone.takes_the_list()
    phone.opens_the_app()
    desk = phone.context.new_page()
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto("/phone/phones/")
    desk.get_by_role("button", name=re.compile("^Lost, or not needed")).first.tap()
    expect(desk.get_by_text("The phone is out of use.")).to_be_visible()
    desk.close()
    phone.button("Send now").tap()
    phone.sees_screen("Nothing here")
    assert left_on(phone.page) == [[], [], 0]


def test_a_list_that_is_not_hers_any_more_goes(phone: Phone) -> None:
    phone.is_set_up()
    phone.takes_the_list()
    phone.opens_the_app()
    phone.opens_the_list()
    told = {"received_at": "2027-01-01T00:00:00+00:00", "wipe": False, "forget_list": True, "skew_seconds": 0}
    phone.context.route("**/phone/sync/", lambda route: route.fulfill(json=told))
    phone.button("Send now").tap()
    expect(phone.page.locator("#list-none")).to_be_visible()
    assert phone.page.evaluate(LIST) is None
    assert not [name for name in WOMEN if name in phone.page.content()]


def left_on(page: Page) -> Any:
    """Databases, caches and service workers that are left."""
    return page.evaluate(
        """async () => [(await indexedDB.databases()).map(each => each.name), await caches.keys(),
        (await navigator.serviceWorker.getRegistrations()).length]"""
    )


def test_the_second_pin_shows_an_empty_shift(phone: Phone) -> None:
    phone.is_set_up(SECOND_PIN)
    phone.takes_the_list()
    phone.page.goto("/phone/")
    phone.sees_screen("Enter your PIN")
    phone.page.locator("#pin").fill("9999")
    phone.button("Open").tap()
    expect(phone.page.locator("#pin-wrong")).to_be_visible()
    phone.unlocks(SECOND_PIN)
    expect(phone.page.locator("#list-none")).to_be_visible()
    expect(phone.button("Open tonight’s list")).to_be_hidden()
    phone.button("Send now").tap()
    phone.page.wait_for_timeout(1_500)
    phone.sees_screen("Tonight")  # nothing tells that it was noticed
    assert phone.page.evaluate(LIST) is None
    phone.page.goto("/phone/phones/")
    expect(phone.page.get_by_text("Out of use since").first).to_be_visible()


LIST = """() => new Promise(done => {
  const asked = indexedDB.open("phone", 1);
  asked.onsuccess = () => {
    const list = asked.result.transaction("kept").objectStore("kept").get("list");
    list.onsuccess = () => { asked.result.close(); done(list.result ?? null); };
  };
})"""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_it_locks_and_forgets(phone: Phone) -> None:
    phone.is_set_up()
    phone.takes_the_list()
    phone.page.clock.install()
    phone.opens_the_app()
    phone.opens_the_list()
    phone.button("Saw someone").tap()
    phone.page.evaluate(HIDE, True)
    phone.page.clock.fast_forward(119_000)
    phone.sees_screen("Who?")
    phone.page.clock.fast_forward(2_000)
    phone.sees_screen("Enter your PIN")
    assert not [name for name in WOMEN if name in phone.page.content()]
    phone.page.evaluate(HIDE, False)
    phone.unlocks()
    expect(phone.button("Open tonight’s list")).to_be_visible()
    # Twelve hours later there is no list to open.
    phone.page.clock.fast_forward(12 * 3600 * 1000)
    phone.opens_the_app()
    expect(phone.page.locator("#list-none")).to_be_visible()
    assert phone.page.evaluate(LIST) is None


def test_a_passkey_that_makes_no_key_carries_no_list(playwright: Playwright, port: int, tmp_path: Path) -> None:
    with a_phone(playwright, port, tmp_path / "profile", prf=False) as phone:
        phone.enters("Amara Obi", "Outreach worker")
        phone.is_set_up()
        expect(phone.page.locator("#no-passkey")).to_be_visible()
        phone.has_no_barrier()
        phone.opens_the_app()
        phone.goes_out_of_reach()
        phone.button("Saw someone").tap()
        phone.chooses("Outside")
        phone.button("Save").tap()
        phone.status("Saved on this phone. 1 waiting")


# --- the disk of a stolen phone (P14)


def test_no_name_lies_on_the_disk(playwright: Playwright, phone: Phone, port: int) -> None:
    names = [*WOMEN, TYPED, NOTE, PIN * 3]
    looked: list[str] = []

    def nothing_lies_there(moment: str) -> None:
        phone.page.wait_for_timeout(1_500)  # what is to be written has been written
        assert found_on_disk(phone.profile, names) == {}, moment
        looked.append(moment)

    phone.page.goto("/phone/ready/")
    phone.is_set_up()
    phone.takes_the_list()
    nothing_lies_there("the list taken")
    phone.opens_the_app()
    phone.opens_the_list()
    phone.goes_out_of_reach()
    phone.button("Saw someone").tap()
    phone.button("Someone not on the list").tap()
    phone.types("What does she like to be called? (optional)", TYPED)
    phone.page.get_by_text("Where, next step, a note").tap()
    phone.types("What went well, and anything else (optional)", NOTE)
    nothing_lies_there("a name typed and not saved")
    phone.button("Save").tap()
    phone.sees_screen("Tonight")
    nothing_lies_there("saved, waiting")
    kill(phone.profile)
    assert found_on_disk(phone.profile, names) == {}
    with a_phone(playwright, port, phone.profile) as phone:
        phone.opens_the_app()
        is_sent(phone)
        nothing_lies_there("sent")
        phone.enters("Amara Obi", "Outreach worker")  # the kill took her session with it
        phone.page.locator("summary", has_text="Amara Obi").tap()
        phone.page.get_by_role("button", name="Sign out").tap()
        nothing_lies_there("signed out")
        # A defect, to show that this would be found.
        phone.page.evaluate("name => localStorage.setItem('planted', name)", TYPED)
        phone.page.wait_for_timeout(6_000)
    assert TYPED in found_on_disk(phone.profile, names)
    assert len(looked) == 5

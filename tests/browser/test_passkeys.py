"""A passkey from its making to its use, and her agency's own sign-in: a real browser under the product's own policy."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

from alongside.office.tests.provider import CLIENT, SECRET
from tests.browser.own_sign_in import a_service
from tests.browser.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
AXE = Path(__file__).with_name("axe.min.js")
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EMAIL, PASSWORD = "ada@invented.example", "lantern-otter-quiet-31"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """An installation with one worker, who has a password and nothing else."""
    served = Served("passkeys")
    code, said = served.run(
        [
            "agency",
            "add",
            "--partnership",
            "invented",
            "--slug",
            "van",
            "--name",
            "Van",
            "--prefix",
            "va",
            "--kind",
            "specialist",
            "--setting",
            "street",
        ]
    )
    assert code == 0, said
    code, said = served.run(
        ["worker", "add", "--email", EMAIL, "--name", "Ada Invented", "--agency", "van", "--role", "manager"],
        f"{PASSWORD}\n",
    )
    assert code == 0, said
    with served.serving() as (port, _):
        yield port
    served.remove()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
    yield browser
    browser.close()


@contextmanager
def a_browser(chromium: Browser, port: int) -> Iterator[Page]:
    """A browser with a virtual key that checks its owner. Any complaint of the browser fails the test."""
    # A passkey belongs to a name, so the address is localhost and not 127.0.0.1.
    context = chromium.new_context(base_url=f"http://localhost:{port}")
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if complains(message) else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()
    assert complaints == []


def complains(message: ConsoleMessage) -> bool:
    """Chromium calls it an error when a page answers that it needs a passkey (403)."""
    return message.type == "error" and "status of 403" not in message.text


def has_no_barrier(page: Page) -> None:
    source = AXE.read_text()
    context = page.context.new_cdp_session(page)
    context.send("Runtime.evaluate", {"expression": source})  # beside the page's own policy, which forbids it a script
    found = context.send(
        "Runtime.evaluate",
        {
            "expression": "axe.run()"
            ".then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    assert found["result"]["value"] == "[]", page.url


def give_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_from_its_making_to_its_use(chromium: Browser, port: int) -> None:
    with a_browser(chromium, port) as page:
        a_worker_makes_a_passkey_and_signs_in_with_it_alone(page)
        a_code_opens_figures_and_her_passkey_the_names(page)
        her_agencys_own_sign_in_brings_her_in(page)
    with a_browser(chromium, port) as page:
        after_a_password_another_browser_is_asked_for_the_second_factor(page)


def a_worker_makes_a_passkey_and_signs_in_with_it_alone(page: Page) -> None:
    page.goto("/accounts/login/")
    has_no_barrier(page)
    give_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("How you sign in")
    has_no_barrier(page)

    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your password again")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    has_no_barrier(page)
    page.get_by_label("Name of this passkey").fill("work phone")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="Go on to your work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    has_no_barrier(page)

    page.locator("summary", has_text="Ada Invented").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")

    page.goto("/accounts/factors/passkeys/")
    expect(page.get_by_text("work phone").first).to_be_visible()
    has_no_barrier(page)
    page.goto("/accounts/sessions/")
    has_no_barrier(page)

    # A passkey that proves itself again is as good as the password: she can rename it.
    page.goto("/accounts/factors/passkeys/")
    page.get_by_role("link", name="Rename work phone").click()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of this passkey").fill("ring")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("term")).to_have_text("ring")


def a_code_opens_figures_and_her_passkey_the_names(page: Page) -> None:
    page.goto("/people/new/")
    page.get_by_label("What does she like to be called?").fill("Zuleika")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Record "))
    record = page.url
    page.goto("/accounts/factors/app/")
    if page.get_by_role("textbox", name="Password").count():
        page.get_by_role("textbox", name="Password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
    secret = page.locator("code").first.inner_text().replace(" ", "")
    used = code_of(secret)
    page.get_by_role("textbox", name="Code").fill(used)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up an authenticator app")
    page.locator("summary", has_text="Ada Invented").click()
    page.get_by_role("button", name="Sign out").click()

    give_password(page)
    while code_of(secret) == used:  # a code counts once
        page.wait_for_timeout(500)
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    expect(page.get_by_text("You signed in without a passkey")).to_be_visible()
    has_no_barrier(page)
    page.goto(record)
    expect(page.get_by_role("heading", level=1)).to_have_text("This needs your passkey")
    expect(page.get_by_role("main")).not_to_contain_text("Zuleika")
    has_no_barrier(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("ALONGSIDE_SCREENS"):
            page.screenshot(path=f"{folder}/passkey-{width}.png")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Record "))
    assert page.url == record
    expect(page.get_by_role("main")).to_contain_text("Zuleika")


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def after_a_password_another_browser_is_asked_for_the_second_factor(page: Page) -> None:
    give_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter a code")
    has_no_barrier(page)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Your work")


def her_agencys_own_sign_in_brings_her_in(page: Page) -> None:
    """There and back across two sites, with a cookie that the browser sends to neither way on its own."""
    with a_service() as service:
        page.goto("/own-sign-in/")
        has_no_barrier(page)
        page.get_by_label("Address of the service").fill(service.issuer)
        page.get_by_label("Client ID").fill(CLIENT)
        page.get_by_role("textbox", name="Client secret").fill(SECRET)
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Try it").click()
        expect(page.get_by_text("Tried: the service answers")).to_be_visible()
        page.get_by_role("button", name="Switch it on").click()
        has_no_barrier(page)

        page.goto("/accounts/factors/")
        page.get_by_role("button", name="Link it with me").click()
        expect(page.get_by_text("From now on you can sign in with Van.")).to_be_visible()
        has_no_barrier(page)
        page.locator("summary", has_text="Ada Invented").click()
        page.get_by_role("button", name="Sign out").click()

        has_no_barrier(page)
        page.get_by_role("button", name="Sign in with Van").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
        expect(page.get_by_text("You signed in without a passkey")).to_be_visible()
        page.locator("summary", has_text="Ada Invented").click()
        page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with Van").click()
    expect(page.get_by_text("does not answer just now")).to_be_visible()
    has_no_barrier(page)

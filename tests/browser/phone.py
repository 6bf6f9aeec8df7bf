"""A worker with a phone: a Pixel 5, four times slower than this machine, whose passkey can lock a list away."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, Playwright, expect

from tests.browser import barriers
from tests.browser.ledger import Ledger, within_budget
from tests.browser.serving import Served
from tests.browser.visitor import OPTIONS

expect.set_options(timeout=30_000)
SLOWER = 4
PIN, SECOND_PIN = "2468", "1357"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def tell(served: Served, program: str) -> Any:
    """Run a program in the installation, as a shift lead would have worked there before; what it prints last, read."""
    whole = f"import django; django.setup()\n{program}"
    environment = {**served.environment, "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", whole],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Phone:
    context: BrowserContext
    page: Page
    profile: Path
    devtools: CDPSession
    ledger: Ledger = field(default_factory=Ledger)
    complaints: list[str] = field(default_factory=list)

    # --- where she is

    def sees_screen(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()

    def status(self, words: str) -> None:
        expect(self.page.locator("#status")).to_have_text(words)

    def has_no_barrier(self) -> None:
        barriers.has_none(self.page, self.devtools)

    # --- what she does

    def taps(self, what: Locator) -> None:
        what.tap()
        self.ledger.clicks += 1

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True)

    def presses(self, words: str) -> None:
        self.taps(self.button(words))

    def chooses(self, words: str) -> None:
        """An answer to tap."""
        self.taps(self.page.locator("label.ph-choice:visible", has_text=words).first)

    def types(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        self.taps(box)
        box.press_sequentially(text)
        self.ledger.keys += len(text)

    def counting(self, task: str, name: str = "") -> AbstractContextManager[None]:
        return within_budget(task, self, name)

    # --- getting it ready

    def enters(self, name: str, role: str) -> None:
        self.page.goto("/demo/")
        self.button(f"Enter as {role}: {name}").tap()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Your work")

    def is_set_up(self, second: str = "") -> None:
        self.page.goto("/phone/ready/")
        self.page.get_by_label("A PIN for this phone", exact=True).fill(PIN)
        self.page.get_by_label("The same PIN again", exact=True).fill(PIN)
        self.page.get_by_label("A second PIN (optional)", exact=True).fill(second)
        self.button("Set this phone up").tap()
        expect(self.page.get_by_role("heading", name="This phone is set up")).to_be_visible()

    def takes_the_list(self) -> None:
        self.button("Put tonight’s list on this phone").tap()
        expect(self.page.locator("#list-done")).to_contain_text("is on this phone, sealed")

    def opens_the_app(self, pin: str = PIN) -> None:
        self.page.goto("/phone/")
        self.unlocks(pin)

    def unlocks(self, pin: str = PIN) -> None:
        self.sees_screen("Enter your PIN")
        self.page.locator("#pin").fill(pin)
        self.button("Open").tap()
        self.sees_screen("Tonight")

    def opens_the_list(self) -> None:
        self.button("Open tonight’s list").tap()
        expect(self.page.locator("#list-open")).to_be_visible()

    def goes_out_of_reach(self) -> None:
        # Once the app has put its own files aside.
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.context.set_offline(True)

    def is_in_reach_again(self) -> None:
        self.context.set_offline(False)

    # --- what lies on it

    def envelopes(self) -> list[dict[str, Any]]:
        return self.page.evaluate(OUTBOX)


# The outbox as a thief who knows the app would read it.
OUTBOX = """() => new Promise((done, fail) => {
  const asked = indexedDB.open("phone", 1);
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const all = asked.result.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result.map(({op, number}) => ({op, number}))); };
  };
})"""


@contextmanager
def a_phone(playwright: Playwright, port: int, profile: Path, prf: bool = True) -> Iterator[Phone]:
    """A phone with a profile of its own on the disk. A passkey belongs to a name, so the address is localhost."""
    pixel = {name: value for name, value in playwright.devices["Pixel 5"].items() if name != "default_browser_type"}
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path="/usr/bin/chromium",
        args=[*OPTIONS],
        base_url=f"http://localhost:{port}",
        accept_downloads=True,
        **pixel,
    )
    context.set_default_timeout(30_000)
    complaints = barriers.complaints_of(context)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "hasPrf": prf}})
    yield Phone(context, page, profile, devtools, complaints=complaints)
    context.close()


def found_on_disk(folder: Path, words: list[str]) -> dict[str, str]:
    """Which of these words lie in which file below the folder: plain, in UTF-16 or in base64."""
    dressed = {
        each: word
        for word in words
        for each in (
            word.encode(),
            word.lower().encode(),
            word.encode("utf-16-le"),
            base64.b64encode(word.encode())[: len(word) // 3 * 4],
        )
    }
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            found |= {word: str(path.relative_to(folder)) for dress, word in dressed.items() if dress in content}
    return found

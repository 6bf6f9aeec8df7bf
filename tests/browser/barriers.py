"""What no page may have: a barrier that axe finds, something wider than the screen, a complaint of the browser."""

import json
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page

AXE = Path(__file__).with_name("axe.min.js").read_text()
ASK = """axe.run(document).then(found => JSON.stringify(
found.violations.map(v => [v.id, v.nodes.map(n => n.html).slice(0, 3)])))"""
WIDTHS, SCHEMES, HEIGHT = (1280, 360), ("light", "dark"), 800
NARROWEST = 320
LISTEN = """addEventListener("securitypolicyviolation",
event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
# The browser says so of every answer that is no page of the usual kind: the journeys ask for those on purpose.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (404|422)")


def complaints_of(context: BrowserContext) -> list[str]:
    """A list that fills with what the browser complains of on any page: errors, and what the policy refused."""
    found: list[str] = []

    def listen(page: Page) -> None:
        page.on(
            "console",
            lambda said: found.append(said.text) if said.type == "error" and not EXPECTED.match(said.text) else None,
        )
        page.on("pageerror", lambda fault: found.append(str(fault)))

    context.add_init_script(LISTEN)
    context.on("page", listen)
    return found


def has_none(page: Page, session: CDPSession | None = None) -> None:
    """Fail if the page as it stands has a barrier in light or dark, at a desk's or at a phone's width.

    `session`: one that is open already and stays so; ending any takes the page's virtual passkeys with it.
    """
    usual = page.viewport_size
    devtools = session or page.context.new_cdp_session(page)
    # Beside the page's own policy, which forbids it a script, as a developer's tool would.
    devtools.send("Runtime.evaluate", {"expression": AXE})
    page.emulate_media(reduced_motion="reduce")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            asked = {"expression": ASK, "awaitPromise": True, "returnByValue": True}
            found = json.loads(devtools.send("Runtime.evaluate", asked)["result"]["value"])
            assert not found, f"{page.url} at {width} px, {scheme}: {found}"
    page.emulate_media(color_scheme="light")
    for width in (WIDTHS[-1], NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is wider than {width} px"
    if usual:
        page.set_viewport_size(usual)
    if session is None:
        devtools.detach()

"""The kit in a real browser, under its real Content-Security-Policy."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from alongside.foundation.kit.tests.site import Site, running

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[4] / "tests" / "browser" / "axe.min.js"
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = ["/", "/search", "/faulty", "/away/", "/404"]


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
    yield browser
    browser.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


def opened(chromium: Browser, site: Site, path: str, width: int = 1280, scheme: str = "light") -> Page:
    """A page on which any complaint of the browser, the policy's included, fails the test at its end."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        base_url=site.address,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda fault: page.complaints.append(str(fault)))  # type: ignore[attr-defined]
    page.goto(path)
    expect(page.locator("body")).to_have_class(re.compile("js-enabled"))
    return page


def violations(page: Page) -> list[tuple[str, str]]:
    """Run axe past the page's own policy, as a developer's tool would."""
    run = ";axe.run(document).then(found => JSON.stringify(found.violations.map(v => [v.id, v.nodes[0].html])))"
    session = page.context.new_cdp_session(page)
    asked = {"expression": AXE.read_text() + run, "awaitPromise": True, "returnByValue": True}
    return [tuple(each) for each in json.loads(session.send("Runtime.evaluate", asked)["result"]["value"])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(chromium: Browser, site: Site, path: str, width: int, scheme: str) -> None:
    page = opened(chromium, site, path, width, scheme)
    assert violations(page) == []
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_narrowest_screen(chromium: Browser, site: Site, path: str) -> None:
    page = opened(chromium, site, path, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_menu_fits_and_axe_finds_nothing(chromium: Browser, site: Site, scheme: str) -> None:
    page = opened(chromium, site, "/done", 320, scheme)
    page.locator(".al-menu > summary").click()
    panel = page.locator(".al-menu__panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 320
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_shortcuts(chromium: Browser, site: Site, scheme: str) -> None:
    page = opened(chromium, site, "/done", 1280, scheme)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.context.close()


def test_axe_would_find_a_planted_fault(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/search")
    page.locator("label[for=words]").evaluate("label => label.remove()")
    assert "label" in {rule for rule, _ in violations(page)}
    page.context.close()


def test_search_answers_while_she_types_and_keeps_her_words_out_of_addresses(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/search")
    page.get_by_label("What you know of her").press_sequentially("sunny")
    expect(page.locator("#results")).to_have_text("Records like sunny")
    expect(page.locator("#results-status")).to_have_text("Records like sunny")
    sent = [form["words"][0] for method, path, form in site.asked if path == "/find" and method == "POST"]
    assert sent[-1] == "sunny"
    assert not any("sunny" in path for _, path, _ in site.asked)
    assert "sunny" not in page.url
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()


def test_what_comes_back_is_text_and_not_markup(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/search")
    page.get_by_label("What you know of her").fill("<img src=x onerror=alert(1)>")
    expect(page.locator("#results")).to_contain_text("<img src=x")
    expect(page.locator("#results img")).to_have_count(0)
    page.context.close()


def test_an_answer_that_is_no_fragment_is_not_swapped_in(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/search")
    page.get_by_label("What you know of her").fill("signed out")
    page.wait_for_url("**/find")
    expect(page.locator(".al-header")).to_have_count(0)
    page.context.close()


def test_no_script_may_write_html_past_the_policy(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/search")
    refused = page.locator("#results").evaluate(
        "region => { try { region.innerHTML = '<b>x</b>'; return false } catch { return true } }"
    )
    assert refused
    page.context.close()


def test_long_work_is_followed_to_its_end(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/search")
    page.wait_for_url("**/done")
    assert site.looks == 3
    page.context.close()


def test_hiding_covers_ends_the_session_and_leaves_nothing_behind(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/done")
    page.goto("/")
    page.get_by_role("button", name="Hide screen").click()
    page.wait_for_url("**/away/")
    assert ("POST", "/hide", {}) in site.asked
    page.go_back()
    expect(page).to_have_title("Done – Alongside")
    page.context.close()


def test_shift_three_times_hides(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/away/")
    page.context.close()


def test_capital_letters_do_not_hide(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/")
    box = page.locator("#id_known_as")
    box.fill("")
    for letter in "ABCD":
        box.press(f"Shift+{letter}")
    expect(box).to_have_value("ABCD")
    assert page.url == f"{site.address}/"
    page.context.close()


def test_the_button_is_in_reach_on_a_phone(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/", 360)
    box = page.get_by_role("button", name="Hide screen").bounding_box()
    assert box is not None
    assert box["y"] > 400
    assert box["height"] >= 48
    page.context.close()


def test_a_chosen_theme_stays(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/")
    page.get_by_role("button", name="Change colours: Dark").click()
    page.goto("/done")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Change colours: Light")).to_be_visible()
    page.context.close()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/faulty")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Here since must be a real date").click()
    expect(page.locator("#faulty_since-day")).to_be_focused()
    page.context.close()


def test_the_question_mark_lists_shortcuts_and_they_can_be_switched_off(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/done")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Switch single-key shortcuts off").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.context.close()


def test_letters_typed_into_a_field_are_no_shortcuts(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/")
    page.locator("#id_known_as").press_sequentially("ws?")
    assert page.url == f"{site.address}/"
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.context.close()


def test_a_form_is_sent_once(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "/")
    sent = page.locator("form[data-module=send-once]").last.evaluate(
        """form => { let count = 0; window.confirm = () => true;
        form.addEventListener("submit", e => { if (!e.defaultPrevented) count += 1; e.preventDefault(); });
        const button = form.querySelector("button:not([type=button])");
        form.requestSubmit(button); form.requestSubmit(button); return count; }"""
    )
    assert sent == 1
    page.context.close()

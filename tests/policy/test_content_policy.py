"""Every page in a real browser breaks its own content policy nowhere, and holds nothing inline (P22).

Chromium opens what each route answers, with its headers; nothing is served, so no page needs a story of its own. What a
faulty form answers is opened too.
"""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page as Window
from playwright.sync_api import Route as Asked
from playwright.sync_api import sync_playwright

from alongside.foundation.kit.csp import CONTENT_SECURITY_POLICY
from tests.browser.barriers import LISTEN
from tests.browser.visitor import OPTIONS
from tests.policy.browsers import Browsers
from tests.policy.expected import ROUTES, Open, Page, cells
from tests.policy.routes import routes
from tests.policy.words import UNKNOWN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AT = "http://127.0.0.1:9"  # nobody listens there: every question is answered here


@dataclass
class Screen:
    """A window, the answer that it is given, and what it complained of."""

    window: Window
    answer: Any = None
    complaints: list[str] = field(default_factory=list)
    shown: bool = False

    def shows(self, answer: Any, address: str) -> list[str]:
        """What the browser refuses of this answer, by the policy that the answer itself brings."""
        self.answer, self.shown = answer, False
        self.complaints.clear()
        self.window.goto(f"{AT}{address}", wait_until="load")
        self.window.evaluate("1")  # what waited to be told is told
        return list(self.complaints)

    def answers(self, asked: Asked) -> None:
        path = urlsplit(asked.request.url).path
        if asked.request.is_navigation_request() and not self.shown:
            self.shown = True  # a page that goes on by itself stays
            headers = {name: value for name, value in self.answer.headers.items() if name != "Content-Length"}
            asked.fulfill(status=200, headers=headers, body=self.answer.content)
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            kind = mimetypes.guess_type(str(found))[0] or "application/octet-stream"
            asked.fulfill(status=200, content_type=kind, body=Path(str(found)).read_bytes())
        else:
            asked.fulfill(status=204)


@pytest.fixture(scope="module")
def screen(browsers: Browsers) -> Iterator[Screen]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        context = chromium.new_context(service_workers="block")
        context.add_init_script(LISTEN)
        made = Screen(context.new_page())
        made.window.on(
            "console", lambda said: made.complaints.append(said.text) if said.text.startswith("policy:") else None
        )
        context.route("**/*", made.answers)
        yield made
        chromium.close()


def pages(browsers: Browsers, name: str) -> Iterator[tuple[str, Any]]:
    """One answer of each kind that is a page: read, and sent empty. Each is undone."""
    kinds = set()
    for persona, method, target in cells(name):
        rule = ROUTES[name]
        told = rule.word(persona, method, target)
        kind = (method, told, persona in UNKNOWN) if isinstance(rule, Open) else (method, told)
        if method not in ("GET", "POST") or told not in ("ok", "redirect") or kind in kinds:
            continue
        kinds.add(kind)
        address = routes()[name].address(*browsers.stage.about(rule.about, target))
        answer = browsers.ask(persona, method, address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            yield address, answer


class Inline(HTMLParser):
    """What stands in a page and would be run or styled by it. A script of data is neither."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]


def inline(page: str) -> list[str]:
    reader = Inline()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_page_breaks_its_policy(screen: Screen, browsers: Browsers, name: str) -> None:
    opened = 0
    for address, answer in pages(browsers, name):
        opened += 1
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert screen.shows(answer, address) == [], address
        assert inline(answer.content.decode()) == [], address
    rule = ROUTES[name]
    if isinstance(rule, Page) and rule.get == "ok":
        assert opened or is_a_file(browsers, name, rule), "a page that nobody opened"


def is_a_file(browsers: Browsers, name: str, rule: Page) -> bool:
    """Something to take away, or for a program: no page."""
    for persona, method, target in cells(name):
        if method == "GET" and rule.word(persona, method, target) == "ok":
            answer = browsers.ask(persona, method, routes()[name].address(*browsers.stage.about(rule.about, target)))
            return not answer.headers["Content-Type"].startswith("text/html")
    return False


@pytest.mark.parametrize(
    ("planted", "refused"),
    [
        ("<script>document.title = 'x'</script>", "script-src"),
        ("<p style='color: red'>x</p>", "style-src"),
        ("<button onclick='x()'>x</button><style>p { color: red }</style>", "style-src"),
        ("<img src='https://elsewhere.example/x.png'>", "img-src"),
        ("<iframe src='/'></iframe>", "frame-src"),
        ("<link rel=stylesheet href='https://elsewhere.example/x.css'>", "style-src"),
    ],
)
def test_what_breaks_it_would_be_found(screen: Screen, browsers: Browsers, planted: str, refused: str) -> None:
    answer = browsers.ask("key_worker", "GET", routes()["home"].address())
    answer.content = answer.content.replace(b"</main>", f"{planted}</main>".encode())
    assert any(refused in each for each in screen.shows(answer, "/"))


def test_what_stands_inline_would_be_found() -> None:
    for planted in ("<style>p{}</style>", "<script>x()</script>", "<p style='a'>", "<p onclick=x()>"):
        assert inline(f"<main>{planted}</main>")
    assert not inline("<script src='/static/x.js'></script><script type='application/json'>{}</script>")


def test_a_script_that_writes_html_would_be_found(screen: Screen, browsers: Browsers) -> None:
    answer = browsers.ask("key_worker", "GET", routes()["home"].address())
    screen.shows(answer, "/")
    with pytest.raises(Exception, match="TrustedHTML"):
        screen.window.evaluate("document.body.innerHTML = '<p>x</p>'")
    assert CONTENT_SECURITY_POLICY["DIRECTIVES"]["require-trusted-types-for"] == ["'script'"]

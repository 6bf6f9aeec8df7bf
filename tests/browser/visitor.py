"""A worker at her browser, told in sentences: what she clicks and types is counted, every page is looked over."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import barriers
from tests.browser.ledger import Ledger, within_budget

OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PATIENCE_MS = 120_000  # for long work on a busy machine
MOST_TABS = 120


@dataclass
class Visit:
    """All that the visitors of one installation share: which kinds of page were looked over, and what each one read."""

    browser: Browser
    port: int
    looked_over: set[tuple[str, str, str, str]] = field(default_factory=set)
    open: list["Visitor"] = field(default_factory=list)

    def close(self) -> None:
        for each in self.open:
            each.page.context.close()


class Visitor:
    def __init__(self, visit: Visit, name: str, role: str) -> None:
        self.visit, self.name, self.role = visit, name, role
        visit.open.append(self)
        self.ledger = Ledger()
        self.read: list[str] = []
        context = visit.browser.new_context(
            base_url=f"http://127.0.0.1:{visit.port}", viewport={"width": 1280, "height": 800}, accept_downloads=True
        )
        context.set_default_timeout(30_000)
        self.complaints = barriers.complaints_of(context)
        self.page: Page = context.new_page()
        self.page.goto("/demo/")
        self.arrives_at("Enter the demo")
        self.page.get_by_role("button", name=f"Enter as {role}: {name}").click()
        self.arrives_at("Your work")

    # --- where she is ---

    def arrives_at(self, heading: str | re.Pattern[str], timeout: float = 30_000) -> None:
        """The page with this heading is there, and it has no barrier."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=timeout)
        self.looks_it_over()

    def looks_it_over(self) -> None:
        """Each kind of page once for each role: two women's pages are of one kind."""
        page = self.page
        self.read.append(page.content())
        path, form = UUID.sub("*", page.url.split("?")[0]), page.evaluate(BOXES)
        kind = (self.role, path, page.get_by_role("heading", level=1).inner_text(), form)
        if kind not in self.visit.looked_over:
            barriers.has_none(page)
            self.visit.looked_over.add(kind)
        assert self.complaints == [], page.url

    def goes_home(self) -> None:
        self.page.goto("/")
        self.arrives_at("Your work")

    def goes_to(self, words: str, heading: str | None = None) -> None:
        """By the navigation."""
        self.clicks(self.page.get_by_role("navigation", name="Main").get_by_role("link", name=words, exact=True))
        self.arrives_at(heading or words)

    # --- what she does ---

    def clicks(self, what: Locator) -> None:
        what.click()
        self.ledger.clicks += 1

    def presses(self, words: str | re.Pattern[str]) -> None:
        """A button, by its words."""
        self.clicks(self.page.get_by_role("button", name=words, exact=True).first)

    def follows(self, words: str | re.Pattern[str]) -> None:
        """A link in the page, by its words."""
        self.clicks(self.page.get_by_role("main").get_by_role("link", name=words).first)

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).press_sequentially(text)
        self.ledger.keys += len(text)

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def sees_under(self, key: str, text: str) -> None:
        """A line of a summary: its key and what stands there."""
        row = self.page.locator(".govuk-summary-list__row", has=self.page.get_by_text(key, exact=True))
        expect(row.locator("dd").first).to_have_text(text)

    def tabs_to(self, words: str) -> None:
        """By the keyboard alone, to what has these words."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                return
        raise AssertionError(f"The keyboard does not reach “{words}” on {self.page.url}")

    def counting(self, task: str) -> AbstractContextManager[None]:
        """What she does meanwhile is the cost of this task."""
        return within_budget(task, self)


# The words of what has the focus: its own, or those of its label.
FOCUSED = """() => { const it = document.activeElement, own = it.matches("a, button, summary") ? it.innerText : "";
return [own, it.getAttribute("aria-label"), ...[...(it.labels ?? [])].map(l => l.innerText)].join(" "); }"""
# What a page asks for: it tells one question from the next under the same address and heading.
BOXES = """() => [...new Set(
[...document.querySelectorAll("main [name]:not([type=hidden])")].map(box => box.name))].join()"""

"""Takes the README's pictures from a demo of its own into docs/images: `python -m tests.browser.screens`."""

from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.serving import Served
from tests.browser.visitor import OPTIONS, Visit
from tests.browser.worker import Worker

IMAGES = Path(__file__).parents[2] / "docs" / "images"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
MOST_BYTES = 120 * 1024
NAME = "Name, nickname or street name"


def look_up(visit: Visit) -> None:
    amara = Worker(visit, "Amara Obi", "Outreach worker")
    amara.goes_to("Look up")
    amara.types(NAME, "kel")
    amara.page.locator("#results li").first.wait_for()
    keep(amara.page, "look-up")
    amara.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    keep(amara.page, "look-up-phone")


def check_a_list(visit: Visit) -> None:
    bethan = Worker(visit, "Bethan Price", "Key worker")
    bethan.hands_in("bridge_casework_clients.xlsx")
    bethan.says_that_the_columns_are_right()
    keep(bethan.page, "check-a-list")


def same_woman(visit: Visit) -> None:
    elspeth = Worker(visit, "Elspeth Grant", "Partnership co-ordinator")
    elspeth.goes_to("Possible same women")
    elspeth.opens_the_first_pair()
    keep(elspeth.page, "possible-same-women")
    elspeth.goes_to("The picture")
    keep(elspeth.page, "picture", elspeth.page.get_by_role("heading", name="Who is known to whom", exact=True).first)


def keep(page: Page, name: str, top: Locator | None = None) -> None:
    """What the window shows, as it would be seen."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    if top is not None:
        top.evaluate("it => scrollTo(0, it.getBoundingClientRect().top + scrollY - 110)")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    assert path.stat().st_size <= MOST_BYTES, f"{path.name} has {path.stat().st_size} bytes"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    served = Served("screens", ALONGSIDE_DEMO="1")
    try:
        code, said = served.run(["demo"])
        assert code == 0, said
        with served.serving("--demo") as (port, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
            visit = Visit(browser, port)
            for take in (look_up, check_a_list, same_woman):
                take(visit)
            visit.close()
            browser.close()
    finally:
        served.remove()


if __name__ == "__main__":
    main()

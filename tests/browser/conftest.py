"""What the journeys share: the invented partnership before any list came in, served to one browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.browser.serving import Served
from tests.browser.visitor import OPTIONS, Visit


@pytest.fixture(scope="module")
def visit(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """An installation of its own for each file of journeys."""
    served = Served(request.path.stem, ALONGSIDE_DEMO="1")
    code, said = served.run(["demo", "--no-lists"])
    assert code == 0, said
    with served.serving("--demo", "--no-lists") as (port, _):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        visit = Visit(browser, port)
        yield visit
        visit.close()
        browser.close()
    served.remove()

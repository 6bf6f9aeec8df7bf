"""The ledger itself: every promise is kept somewhere, and a broken one is seen."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.browser.ledger import BUDGETS, within_budget


def test_every_promise_is_counted_by_a_journey():
    journeys = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert set(re.findall(r'counting\("(\w+)"', journeys)) == set(BUDGETS)


@pytest.mark.parametrize("what", ["clicks", "keys"])
def test_one_too_many_is_seen(what):
    visitor = SimpleNamespace()
    with pytest.raises(AssertionError), within_budget("U8", visitor):
        setattr(visitor.ledger, what, BUDGETS["U8"][what] + 1)

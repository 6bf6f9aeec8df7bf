"""The pages made from the code are as the code is."""

from pathlib import Path

import pytest

from alongside.config.docs import interface_page, policy_page, rooms_page

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("name", "made"), [("policy.md", policy_page), ("rooms.md", rooms_page), ("api/v1.json", interface_page)]
)
def test_the_page_is_current(name, made):
    assert (DOCS / name).read_text() == made(), "Run: python -m alongside.config.docs"

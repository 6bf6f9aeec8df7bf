from collections.abc import Iterator

import pytest

from tests.policy.browsers import Browsers
from tests.policy.stage import Stage, standing


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    """One stage for a file of tests; each question to it is undone."""
    with django_db_blocker.unblock(), standing() as built:  # type: ignore[attr-defined]
        yield built


@pytest.fixture(scope="module")
def browsers(stage: Stage) -> Browsers:
    return Browsers(stage)

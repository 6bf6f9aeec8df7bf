import pytest

from alongside.casework.referrals.tests.conftest import sign_in  # noqa: F401
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()

from collections.abc import Iterator

import pytest

from alongside.casework.accommodation.tests.beds_world import Beds, beds_world
from alongside.foundation.gate.level import acting_as


@pytest.fixture
def beds(db: None) -> Iterator[Beds]:
    """The house, with its own worker acting."""
    world = beds_world()
    with acting_as(world.worker):
        yield world

from collections.abc import Iterator

import pytest

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from tests.world import World


@pytest.fixture
def van(world: World) -> Iterator[Actor]:
    """An outreach worker of the van, for the whole test."""
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        yield actor

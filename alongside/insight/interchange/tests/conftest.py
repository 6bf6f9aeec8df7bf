from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from alongside.insight.interchange.storing import intake_job
from alongside.insight.interchange.taking import take_all_back, take_all_in
from tests.world import World, build

EXTRACTS = Path(__file__).parents[4].parent / "shared" / "data" / "extracts"


@pytest.fixture
def world(db: None) -> World:
    return build(women=0)


@pytest.fixture
def run_job(world: World) -> Callable[..., None]:
    """What the worker process does with a job: for an agency of the world, take a list in, or back."""

    def run(agency: str, list_id: UUID, *, back: bool = False) -> None:
        job = intake_job(world.partnership.id, world.agencies[agency].id)
        (take_all_back if back else take_all_in)(job, list_id)

    return run

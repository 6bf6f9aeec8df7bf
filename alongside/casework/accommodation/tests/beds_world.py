"""A house with beds in the small invented partnership, for tests."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from alongside.casework.accommodation.actions import add_beds, set_up_unit
from alongside.casework.accommodation.codes import BedKind, Step
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from tests.world import World, build

OPENED = date(2024, 1, 1)


@dataclass
class Beds:
    """`worker` works in the house, `manager` runs it; `her(n)`: the house's record of woman n (even ones only)."""

    world: World
    worker: Actor
    manager: Actor
    unit: UUID
    second: UUID
    beds: list[UUID]
    second_beds: list[UUID]

    def her(self, woman: int) -> UUID:
        return self.world.records["house", woman]


def manager_of(worker: Actor) -> Actor:
    return replace(worker, roles=frozenset({"manager"}))


def beds_world(slug: str = "riverside", women: int = 8, beds: int = 3) -> Beds:
    world = build(slug, women)
    worker = world.actor("hostel_worker")
    manager = manager_of(worker)
    with acting_as(manager):
        unit = set_up_unit(
            manager, name="Green House", step=Step.FIRST_STAGE, leads_to=[Step.SECOND_STAGE], emergency_minutes=60
        )
        second = set_up_unit(manager, name="Green Terrace", step=Step.SECOND_STAGE, leads_to=[Step.FLAT])
        first_beds = add_beds(manager, unit, number=beds, kind=BedKind.BED, opened_on=OPENED)
        second_beds = add_beds(manager, second, number=2, kind=BedKind.ROOM, opened_on=OPENED)
    return Beds(world, worker, manager, unit, second, first_beds, second_beds)

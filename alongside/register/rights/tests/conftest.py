from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker
from alongside.register.people.codes import AcceptanceBasis, Judgement
from alongside.register.people.linking import accept, decide
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from tests.world import SEEN, World, build


@pytest.fixture
def world(db: None) -> World:
    """The small world, with a second manager of the van and a data protection lead of the house."""
    world = build(women=4)
    for persona, agency, role in (
        ("second_manager", "van", Role.MANAGER),
        ("house_manager", "house", Role.MANAGER),
        ("house_dp_lead", "house", Role.DP_LEAD),
    ):
        worker = Worker.objects.create(email=f"{persona}@more.example", name=f"{persona} Example")
        world.workers[persona] = worker
        world.memberships[persona] = Membership.objects.create(
            worker=worker, agency=world.agencies[agency], role=role, since=SEEN
        )
    return world


@pytest.fixture
def linked(world: World) -> World:
    """Both holders of woman 0 accepted that each may know that the other works with her."""
    of, today = world.records, timezone.localdate()
    keep(world, [edge(of["van", 0], of["house", 0], 0.97)], {})
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        decide(coordinator, pair_of(coordinator, of["van", 0], of["house", 0]), judgement=Judgement.SAME)
    for persona, agency in (("key_worker", "van"), ("hostel_worker", "house")):
        actor = world.actor(persona)
        with acting_as(actor):
            accept(
                actor,
                of[agency, 0],
                basis=AcceptanceBasis.SHE_AGREED,
                how_asked="Over tea",
                asked_on=today,
                until=today + timedelta(days=300),
            )
    return world

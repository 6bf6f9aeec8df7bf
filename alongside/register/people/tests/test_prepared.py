"""A plan that PostgreSQL keeps serves whoever asks next, with her own rights: it holds none itself."""

import pytest
from django.db import ProgrammingError, connection

from alongside.foundation.gate import level
from alongside.foundation.gate.level import acting_as
from alongside.register.people.models import Record
from alongside.register.people.tests.sharing_world import HOUSE, VAN, give, keep_out, withdraw
from tests.world import build

pytestmark = pytest.mark.django_db
OFTEN = 15  # by its words the first times, by its values the next: from then on by one plan for everybody
PERSONAS = (VAN, HOUSE, "coordinator")


@pytest.fixture
def world(db):
    return build(women=4)


def seen(actor):
    """How many records row-level security alone shows this actor."""
    with acting_as(actor):
        return len(Record.objects.unscoped("the second line alone").values_list("id").order_by("id"))


def kept():
    """How often a kept plan was run that asks for records."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE %s", ['SELECT%"people_record"%']
        )
        return sum(count for (count,) in cursor.fetchall())


def in_turns(world):
    """Every persona sees by the plan that another's questions left what she sees by one made for her."""
    alone = {persona: seen(world.actor(persona)) for persona in PERSONAS}
    assert len(set(alone.values())) == len(PERSONAS)
    for asker in PERSONAS:
        for _ in range(OFTEN):
            seen(world.actor(asker))
        assert kept(), "no plan is kept: nothing is tested"
        assert {persona: seen(world.actor(persona)) for persona in PERSONAS} == alone


def test_a_kept_plan_shows_each_asker_her_own(world):
    in_turns(world)
    with pytest.raises(ProgrammingError, match="permission denied"):
        seen(world.actor("commissioner"))


def test_an_actor_of_whom_nothing_is_told_would_be_found(world, monkeypatch):
    first, tell = [], level._set
    monkeypatch.setattr(level, "_set", lambda who: tell((first or first.append(who) or first)[0]))
    with pytest.raises(AssertionError):
        in_turns(world)


def test_what_ends_is_gone_from_a_kept_plan(world):
    house = world.actor(HOUSE)
    before, grant = seen(house), give(world)
    for _ in range(OFTEN):
        assert seen(house) == before + 1
    assert kept()
    withdraw(world, grant)
    assert seen(house) == before
    give(world)
    assert seen(house) == before + 1
    keep_out(world, "outreach_worker", worker=house.user)
    assert seen(house) == before

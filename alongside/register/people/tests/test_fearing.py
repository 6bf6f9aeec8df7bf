"""Whom she fears sees a stranger, whatever else she agreed; either line alone keeps them out."""

from datetime import date

import pytest

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership
from alongside.register.people import actions, queries
from alongside.register.people.models import Exclusion, Record
from alongside.register.people.tests.sharing_world import (
    HER,
    HER_NAME,
    HOUSE,
    VAN,
    another,
    below,
    emptied,
    give,
    keep_out,
    named,
    shared,
    withdraw,
)
from tests.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return build(women=4)


@pytest.mark.parametrize("persona", [VAN, HOUSE, "manager"])
def test_the_feared_worker_sees_a_stranger(world, persona):
    give(world)
    keep_out(world, "outreach_worker", worker=world.workers[persona].id)
    assert named(world, persona) == []
    assert below(world, persona) == below(world, persona, Record) == 0
    actor, record = world.actor(persona), world.records[HER]
    with acting_as(actor):
        assert record not in [row.id for row in queries.records(actor)]
        assert record not in [row.id for row in queries.listed(actor, 1)[0]]
        assert record not in [row.record for row in queries.shared_with_us(actor)]
        assert Exclusion.objects.visible_to(actor).count() == 0
        with pytest.raises(NotFound):
            queries.her_page(actor, record)
        with pytest.raises(NotFound):
            actions.correct_identity(actor, record, known=None)
    assert named(world, "outreach_worker") == [HER_NAME]


def test_an_agency_she_fears_sees_nothing_whatever_it_was_given(world):
    give(world)
    out = keep_out(world, agency=world.agencies["house"].id)
    assert named(world, HOUSE) == shared(world) == []
    assert below(world, HOUSE) == 0
    actor = world.actor(VAN)
    with acting_as(actor):
        actions.lift_exclusion(actor, out)
    assert named(world, HOUSE) == [HER_NAME]


def test_who_works_for_it_too_is_kept_out_under_any_hat(world):
    keep_out(world, agency=world.agencies["house"].id)
    Membership.objects.create(
        worker=world.workers["manager"], agency=world.agencies["house"], role=Role.KEY_WORKER, since=date(2020, 1, 1)
    )
    assert named(world, "manager") == []
    assert below(world, "manager") == 0
    assert named(world, VAN) == [HER_NAME]


@pytest.mark.parametrize("whom", ["worker", "team"])
def test_the_database_alone_keeps_out_whom_she_fears(world, whom):
    keep_out(world, "outreach_worker", **_feared(world, whom))
    assert below(world, VAN) == 0
    assert below(world, "outreach_worker") == 1


@pytest.mark.parametrize(
    ("whom", "function"), [("worker", "people_barred()"), ("team", "people_barred()"), ("team", "people_teams()")]
)
def test_a_database_that_forgets_whom_she_fears_would_be_found(world, whom, function):
    keep_out(world, "outreach_worker", **_feared(world, whom))
    with emptied(function):
        assert below(world, VAN) == 1


def _feared(world, whom):
    return (
        {"worker": world.workers[VAN].id}
        if whom == "worker"
        else {"agency": world.agencies["van"].id, "role": Role.KEY_WORKER}
    )


def test_the_database_alone_gives_what_was_agreed_and_no_more(world):
    grant = give(world)
    assert below(world, HOUSE) == 1
    with emptied("people_given(text)"):
        assert below(world, HOUSE) == 0
    withdraw(world, grant)
    assert below(world, HOUSE) == 0


def test_a_team_is_kept_out_and_not_the_others(world):
    another(world, "house", Role.KEY_WORKER)
    give(world)
    keep_out(world, agency=world.agencies["house"].id, role=Role.HOSTEL_WORKER)
    assert named(world, HOUSE) == []
    assert below(world, HOUSE) == 0
    assert named(world, "other") == [HER_NAME]
    assert below(world, "other") == 1


def test_nobody_keeps_herself_out_unawares(world):
    for whom in ({"worker": world.workers[VAN].id}, {"agency": world.agencies["van"].id, "role": Role.KEY_WORKER}):
        with pytest.raises(actions.KeepsYouOut):
            keep_out(world, **whom)
    with pytest.raises(actions.NobodyToKeepOut):
        keep_out(world, agency=world.agencies["van"].id)
    with pytest.raises(actions.NobodyToKeepOut):
        keep_out(world)
    keep_out(world, worker=world.workers["manager"].id)
    with pytest.raises(actions.AlreadyKeptOut):
        keep_out(world, worker=world.workers["manager"].id)


def test_a_conflict_declared_is_an_exclusion(world):
    give(world)
    for persona in (VAN, HOUSE):
        actor = world.actor(persona)
        with acting_as(actor):
            actions.declare_conflict(actor, world.records[HER])
            with pytest.raises(NotFound):
                actions.declare_conflict(actor, world.records[HER])
        assert named(world, persona) == []
    assert named(world, "manager") == [HER_NAME]

"""A key: made by a manager, shown once, good for what it was made for until it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.gate.tokens import Token
from alongside.foundation.trail.models import TrailRow
from alongside.register.programs import actions, queries
from alongside.register.programs.codes import Lasts, Reads
from alongside.register.programs.models import ProgramKey
from tests.world import World


@pytest.fixture
def manager(world: World) -> Iterator[Actor]:
    actor = world.actor("manager")
    with acting_as(actor):
        yield actor


def made(manager: Actor, *reads: Reads) -> Token:
    return actions.make_key(manager, name="Screen", reads=reads or list(Reads), lasts=Lasts.MONTH)


def lets_in(token: Token, reads: Reads = Reads.SHIFTS) -> bool:
    return queries.let_in(token, reads, "GET api/v1/shifts/") is not None


def test_a_key_lets_its_agency_in_and_nobody_else(manager: Actor) -> None:
    token = made(manager)
    program = queries.let_in(token, Reads.SHIFTS, "GET api/v1/shifts/")
    assert program is not None
    assert (program.agency, program.key, program.actor.agency) == (manager.agency, token.id, manager.agency)
    assert (program.actor.job, program.actor.user, program.actor.roles) == ("program", None, frozenset())


def test_a_key_is_good_for_what_it_was_made_for(manager: Actor) -> None:
    token = made(manager, Reads.SHIFTS)
    assert lets_in(token)
    assert not lets_in(token, Reads.CONTACTS)


def test_a_key_ends_with_its_last_day(manager: Actor) -> None:
    token = made(manager)
    last = datetime.combine(timezone.localdate() + timedelta(days=30), time(12), tzinfo=UTC)
    for later, good in ((0, True), (1, False)):
        with time_machine.travel(last + timedelta(days=later), tick=False):
            assert lets_in(token) is good


def test_ending_it_works_at_once_and_stays(manager: Actor) -> None:
    token = made(manager)
    actions.end_key(manager, token.id)
    assert not lets_in(token)
    first = ProgramKey.objects.visible_to(manager).get(pk=token.id).ended_at
    actions.end_key(manager, token.id)
    assert ProgramKey.objects.visible_to(manager).get(pk=token.id).ended_at == first
    assert [row.is_in_force for row in queries.keys(manager)] == [False]


def test_nothing_that_lets_in_is_kept(manager: Actor) -> None:
    token = made(manager)
    row = ProgramKey.objects.visible_to(manager).get(pk=token.id)
    assert token.secret.encode() not in b"".join(str(value).encode() for value in row.__dict__.values())
    assert len(bytes(row.digest)) == 32


@pytest.mark.parametrize("wrong", ["secret", "agency", "id"])
def test_a_key_in_part_is_no_key(world: World, manager: Actor, wrong: str) -> None:
    token, other = made(manager), made(manager)
    parts = {"agency": token.agency, "id": token.id, "secret": token.secret}
    parts[wrong] = {"agency": world.actor("hostel_worker").agency, "id": other.id, "secret": "x" * 43}[wrong]
    assert not lets_in(Token(**parts))


def test_who_may_make_and_end_one(world: World, manager: Actor) -> None:
    token = made(manager)
    for persona in ("outreach_worker", "key_worker", "coordinator", "dp_lead", "commissioner", "system_admin"):
        actor = world.actor(persona)
        with acting_as(actor), pytest.raises(Denied):
            made(actor)
    house = world.actor("hostel_worker")
    with acting_as(house), pytest.raises(NotFound):
        actions.end_key(house, token.id)


def test_the_trail_says_which_key_was_given_what(manager: Actor) -> None:
    token = made(manager, Reads.SHIFTS)
    program = queries.let_in(token, Reads.SHIFTS, "GET api/v1/shifts/")
    assert program is not None
    with acting_as(program.actor):
        queries.read_out(program, Reads.SHIFTS, 3)
    lets_in(token, Reads.CONTACTS)
    assert list(
        TrailRow.objects.filter(permission="programs.read").order_by("id").values_list("job", "allowed", "count")
    ) == [("program", True, 3), ("program", False, 1)]

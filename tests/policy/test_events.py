"""What an event does, and how fast: the lines of the design's table 3b that the product has, one test each.

"At once" means the next transaction: nobody's click in between is needed, no job has to run. Lines whose capability is
not there yet stand in `docs/events.md`.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies import actions as agencies
from alongside.register.agencies.acting import memberships_of
from alongside.register.agencies.queries import operator
from alongside.register.people import actions as people
from alongside.register.people import queries
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import breach, keeping
from alongside.register.rights.codes import Authority
from alongside.register.rights.queries import keeping as schedule
from alongside.register.rights.queries.breach import breach_view
from alongside.register.rights.refusals import OnHold
from tests.world import World, build

pytestmark = pytest.mark.django_db
HER = ("van", 1)
IDENTITY, NOTES = FieldGroup.IDENTITY, FieldGroup.NOTES


@pytest.fixture
def world(db: None) -> World:
    return build(women=4)


def does(world: World, persona: str, action: Callable[..., Any], *args: Any, **facts: Any) -> Any:
    actor = world.actor(persona)
    with acting_as(actor):
        return action(actor, *args, **facts)


def seen(world: World, persona: str, record: tuple[str, int] = HER) -> int:
    return len(does(world, persona, queries.names, [world.records[record]]))


def agree(world: World, groups: tuple[FieldGroup, ...] = (IDENTITY, NOTES), days: int = 30) -> Any:
    today = timezone.localdate()
    return does(
        world,
        "key_worker",
        people.give_grant,
        world.records[HER],
        to_agency=world.agencies["house"].id,
        groups=groups,
        asked_on=today,
        until=today + timedelta(days=days),
        how_asked="Over tea",
    )


# --- consent withdrawn


def test_withdrawn_consent_holds_with_the_next_transaction(world: World) -> None:
    grant = agree(world)
    assert seen(world, "hostel_worker") == 1
    does(world, "key_worker", people.withdraw_grant, grant)
    assert seen(world, "hostel_worker") == 0


def test_withdrawing_some_groups_leaves_the_others(world: World) -> None:
    agree(world)
    agree(world, groups=(NOTES,))
    assert seen(world, "hostel_worker") == 0
    (shared,) = does(world, "hostel_worker", queries.shared_with_us)
    assert shared


def test_consent_ends_at_the_midnight_after_its_last_day(world: World) -> None:
    agree(world, days=3)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert seen(world, "hostel_worker") == 0


# --- exclusion added


def test_an_exclusion_holds_at_once_and_beats_all(world: World) -> None:
    agree(world)
    assert seen(world, "hostel_worker") == seen(world, "key_worker") == 1
    does(world, "key_worker", people.exclude, world.records[HER], agency=world.agencies["house"].id)
    assert seen(world, "hostel_worker") == 0
    does(world, "key_worker", people.exclude, world.records[HER], worker=world.workers["outreach_worker"].id)
    assert seen(world, "outreach_worker") == 0
    with pytest.raises(NotFound):
        does(world, "outreach_worker", queries.her_page, world.records[HER])


# --- legal hold


def test_a_legal_hold_blocks_erasing_and_leaves_reading_alone(world: World) -> None:
    her = world.records[HER]
    does(world, "dp_lead", keeping.place_hold, her, authority=Authority.COURT, why="Order 12")
    with pytest.raises(OnHold):
        does(world, "dp_lead", keeping.let_go, her, why="Its time is over")
    assert seen(world, "key_worker") == 1
    assert does(world, "dp_lead", schedule.keeping, her).hold == Authority.COURT.words


# --- a worker leaves


def test_a_leaver_is_out_with_the_next_click(world: World) -> None:
    worker = world.workers["key_worker"]
    assert list(memberships_of(worker, timezone.localdate()))
    machine = operator()
    with acting_as(machine):
        agencies.end_role(machine, membership=world.memberships["key_worker"].id)
        agencies.set_active(machine, worker=worker.id, active=False)
    assert list(memberships_of(worker, timezone.localdate())) == []
    worker.refresh_from_db()
    assert not worker.is_active


# --- suspected breach


def test_a_suspected_breach_freezes_grants_and_lists_what_was_read(world: World) -> None:
    agree(world)
    seen(world, "key_worker")
    today = timezone.localdate()
    made = does(
        world,
        "dp_lead",
        breach.write_down,
        said="A phone was lost",
        known_since=timezone.now(),
        worker=world.workers["key_worker"].id,
        since=today,
        until=today,
    )
    assert does(world, "dp_lead", breach.freeze, made) == 1
    assert seen(world, "hostel_worker") == 0
    view = does(world, "dp_lead", breach_view, made)
    assert view.row.tell_by - view.row.known_since == timedelta(hours=72)
    (line,) = view.read.lines
    assert (line.groups, line.times) == (IDENTITY.words, 2), "she kept the agreement and read the names"


# --- the tests above would notice


def test_a_withdrawal_that_does_nothing_would_be_noticed(world: World) -> None:
    agree(world)
    assert seen(world, "hostel_worker") == 1, "without the withdrawal she is seen: the test above is not blind"

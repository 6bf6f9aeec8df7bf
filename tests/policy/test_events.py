"""What an event does, and how fast: the lines of the design's table 3b that the product has, one test each.

"At once" means the next transaction: nobody's click in between is needed, no job has to run. Lines whose capability is
not there yet stand in `docs/events.md`.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from alongside.casework.contacts.actions import look_out
from alongside.casework.contacts.codes import LookOutReason
from alongside.casework.contacts.queries import tonights_list
from alongside.casework.contacts.queries.tonight import UNDER_18
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies import actions as agencies
from alongside.register.agencies.acting import memberships_of
from alongside.register.agencies.queries import operator
from alongside.register.people import actions as people
from alongside.register.people import facts, queries
from alongside.register.people.codes import FieldGroup, StandingKind
from alongside.register.rights.actions import breach, keeping, sharing
from alongside.register.rights.actions.sharing import Proposed
from alongside.register.rights.codes import Authority, Ground, Told
from alongside.register.rights.queries import keeping as schedule
from alongside.register.rights.queries.breach import breach_view
from alongside.register.rights.refusals import OnHold
from tests.world import World, build, does

pytestmark = pytest.mark.django_db
HER = ("van", 1)
IDENTITY, NOTES = FieldGroup.IDENTITY, FieldGroup.NOTES


@pytest.fixture
def world(db: None) -> World:
    return build(women=4)


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


# --- death


def test_reading_of_a_woman_who_has_died_needs_a_reason_each_four_hours(world: World) -> None:
    agree(world)
    her = world.records[HER]
    does(world, "key_worker", people.note_standing, her, kind=StandingKind.DIED, on=timezone.localdate())
    assert seen(world, "key_worker") == seen(world, "hostel_worker") == 0
    with pytest.raises(people.SayWhy):
        does(world, "key_worker", people.say_why, her, " ")
    does(world, "key_worker", people.say_why, her, "The coroner asked")
    assert seen(world, "key_worker") == 1
    assert seen(world, "outreach_worker") == seen(world, "hostel_worker") == 0, "her reason opens it to her alone"
    with time_machine.travel(timezone.now() + timedelta(hours=4, minutes=1)):
        assert seen(world, "key_worker") == 0


def test_confidentiality_goes_on_after_death(world: World) -> None:
    grant = agree(world)
    her = world.records[HER]
    does(world, "key_worker", people.exclude, her, worker=world.workers["outreach_worker"].id)
    does(world, "key_worker", people.note_standing, her, kind=StandingKind.DIED)
    does(world, "hostel_worker", people.say_why, her, "Her sister asked")
    assert seen(world, "hostel_worker") == 1, "what she agreed holds to its end"
    with pytest.raises(people.SheHasDied):
        agree(world)
    with pytest.raises(NotFound):
        does(world, "outreach_worker", people.say_why, her, "I knew her")
    does(world, "key_worker", people.withdraw_grant, grant)
    assert seen(world, "hostel_worker") == 0


def test_who_died_is_on_no_list_for_the_night_and_counts_as_recorded(world: World) -> None:
    her = world.records[HER]
    tomorrow = timezone.localdate() + timedelta(days=1)
    does(world, "key_worker", look_out, record=her, reason=LookOutReason.WORRY, until=tomorrow)
    before = counted_records(world)
    assert [row.record for row in does(world, "key_worker", tonights_list)] == [her]
    does(world, "key_worker", people.note_standing, her, kind=StandingKind.DIED)
    assert does(world, "key_worker", tonights_list) == []
    does(world, "key_worker", people.say_why, her, "To tell her friends")
    assert does(world, "key_worker", tonights_list) == [], "nor with a reason"
    assert counted_records(world) == before


def counted_records(world: World) -> set[UUID]:
    job = world.job("counting", reach="coordinator")
    with acting_as(job):
        return {row.id for row in facts.records(job)}


# --- found to be under 18


def test_found_under_18_she_is_counted_elsewhere_and_the_phone_warns(world: World) -> None:
    her = world.records[HER]
    tomorrow = timezone.localdate() + timedelta(days=1)
    does(world, "key_worker", look_out, record=her, reason=LookOutReason.WORRY, until=tomorrow)
    assert her in counted_records(world)
    made = does(world, "key_worker", people.note_standing, her, kind=StandingKind.UNDER_18)
    assert her not in counted_records(world)
    (row,) = does(world, "key_worker", tonights_list)
    assert row.reasons[0] == UNDER_18
    assert seen(world, "key_worker") == 1, "she is read as before"
    does(world, "key_worker", people.lift_standing, made)
    assert her in counted_records(world)


def test_found_under_18_the_safeguarding_path_shares_without_asking(world: World) -> None:
    today = timezone.localdate()
    proposed = Proposed(
        to_agency=world.agencies["house"].id,
        ground=Ground.CHILD,
        groups=(IDENTITY,),
        necessity="She is a child",
        risk="He waits outside",
        told=Told.BEFORE,
        told_words="",
        until=today,
        review_on=today,
    )
    her = world.records[HER]
    does(world, "key_worker", people.note_standing, her, kind=StandingKind.UNDER_18)
    made = does(world, "key_worker", sharing.propose, her, proposed)
    assert seen(world, "hostel_worker") == 0, "one person is not enough"
    does(world, "manager", sharing.sign, made)
    assert seen(world, "hostel_worker") == 1


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

"""Whom the van hopes to see, and why; what the counting job is told."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.contacts import actions, facts, queries
from alongside.casework.contacts.actions import ShiftOver
from alongside.casework.contacts.codes import LookOutReason
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from tests.world import World

NOW = timezone.now


def hers(world: World, woman: int) -> UUID:
    return world.records["van", woman]


def met(actor: Actor, record: UUID, days_ago: float, **told: object) -> UUID:
    at = NOW() - timedelta(days=days_ago)
    return actions.record_contact(actor, id=uuid4(), occurred_at=at, record=record, **told).id


def reasons(actor: Actor, shift: UUID | None = None) -> dict[UUID, tuple[str, ...]]:
    return {her.record: her.reasons for her in queries.tonights_list(actor, shift)}


def test_nobody_is_hoped_for_without_a_reason(world: World, van: Actor) -> None:
    met(van, hers(world, 1), 1)
    assert reasons(van) == {}


def test_each_reason(world: World, van: Actor) -> None:
    day = timezone.localdate() + timedelta(days=7)
    actions.look_out(van, record=hers(world, 1), reason=LookOutReason.MESSAGE, until=day)
    met(van, hers(world, 2), 2, worry="afraid")
    met(van, hers(world, 3), 2, next_step="go_with", next_on=timezone.localdate())
    met(van, hers(world, 4), 2, next_step="look")
    for weeks in (1, 2, 3):
        met(van, hers(world, 5), 7 * weeks)
    told = reasons(van)
    assert next(iter(told)) == hers(world, 1)
    assert told == {
        hers(world, 1): ("There is a message for her",),
        hers(world, 2): ("Worry: afraid of someone",),
        hers(world, 3): ("Go with her",),
        hers(world, 4): ("Look out for her again",),
        hers(world, 5): ("Met on 3 of the last 8 such nights",),
    }


@pytest.mark.parametrize(
    ("days_ago", "told"),
    [
        (15, {"worry": "afraid"}),
        (2, {"worry": "none"}),
        (2, {"next_step": "nothing"}),
        (2, {"next_step": "call"}),
        (70, {"next_step": "look"}),
    ],
)
def test_what_is_over_is_no_reason(world: World, van: Actor, days_ago: int, told: dict[str, str]) -> None:
    met(van, hers(world, 1), days_ago, **told)
    assert reasons(van) == {}


def test_a_later_meeting_settles_an_earlier_step_and_a_taken_back_one_does_not(world: World, van: Actor) -> None:
    met(van, hers(world, 1), 3, next_step="look")
    later = met(van, hers(world, 1), 1)
    assert reasons(van) == {}
    actions.undo_contact(van, later)
    assert hers(world, 1) in reasons(van)


def test_who_was_met_tonight_is_marked(world: World, van: Actor) -> None:
    shift = actions.begin_shift(van, id=uuid4())
    met(van, hers(world, 1), 3, next_step="look")
    met(van, hers(world, 1), 0, outcome="seen", shift=shift)
    (her,) = queries.tonights_list(van, shift)
    assert her.tonight == "Seen, did not stop"


def test_another_agencys_shift_is_not_found(world: World, van: Actor) -> None:
    shift = actions.begin_shift(van, id=uuid4())
    house = world.actor("hostel_worker")
    with acting_as(house):
        for route in (lambda: queries.tonights_list(house, shift), lambda: queries.shift_page(house, shift)):
            with pytest.raises(NotFound):
                route()
        with pytest.raises(NotFound):
            actions.end_shift(house, shift)


def test_a_shift_begun_and_ended_twice_is_once(world: World, van: Actor) -> None:
    shift = uuid4()
    assert actions.begin_shift(van, id=shift) == actions.begin_shift(van, id=shift) == shift
    actions.end_shift(van, shift, said={"named_services": "yes", "two_trained": "yes"}, hand_over="Quiet")
    ended = queries.shift_page(van, shift).ended_at
    actions.end_shift(van, shift)
    page = queries.shift_page(van, shift)
    assert (page.ended_at, page.hand_over) == (ended, "Quiet")
    told = {standard.code: answer for standard, answer in page.standards}
    assert (told["named_services"], told["two_trained"]) == ("yes", "no")  # what can be worked out is not said
    with pytest.raises(ShiftOver):
        actions.begin_shift(van, id=shift)


def test_the_latest_note_is_handed_over_for_two_weeks_and_to_the_own_agency(world: World, van: Actor) -> None:
    assert queries.handed_over(van) is None
    for days, words in ((15, "Long ago"), (1, "Rain at the dock"), (0, "")):
        shift, at = uuid4(), NOW() - timedelta(days=days, minutes=1)
        actions.begin_shift(van, id=shift, at=at)
        actions.end_shift(van, shift, hand_over=words, at=at)
    told = queries.handed_over(van)
    assert told is not None
    assert told.words == "Rain at the dock"
    house = world.actor("hostel_worker")
    with acting_as(house):
        assert queries.handed_over(house) is None


def test_counting_reads_codes_and_no_name(world: World, van: Actor) -> None:
    day = timezone.localdate()
    met(van, hers(world, 1), 0, staying="outside", note="Robyn")
    actions.record_contact(van, id=uuid4(), occurred_at=NOW(), description="Red coat")
    actions.undo_contact(van, met(van, hers(world, 2), 0))
    job = world.job("counting", reach="coordinator")
    with acting_as(job):
        rows = facts.contacts(job, day - timedelta(days=1), day)
        assert {row.record for row in rows} == {hers(world, 1), None}
        assert {row.staying for row in rows} == {"outside", ""}
        assert "Robyn" not in str(rows)
        assert "Red coat" not in str(rows)
        assert facts.shifts(job, day, day) == []
    with pytest.raises(Denied):
        facts.contacts(van, day, day)

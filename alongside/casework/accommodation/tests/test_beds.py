"""Beds and stays: given, held, closed, ended, and what happens in a stay. Clashes are refused by the database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import (
    AwayKind,
    BedKind,
    BlockedBy,
    EndReason,
    Source,
    Step,
    TaskKind,
    UseKind,
    VoidReason,
    WaitingEnd,
    WhereTo,
)
from alongside.casework.accommodation.models import Away, BedUse, Blocked, MoveTask, Waiting
from alongside.casework.accommodation.rules import (
    BedNotOpenYet,
    BedTaken,
    EndsBeforeItBegins,
    NotOpen,
    NotYet,
    WomanElsewhere,
    noon,
)
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import Denied
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.rows import writing

DAY = timedelta(days=1)


def use_of(pk: UUID) -> BedUse:
    return BedUse.objects.unscoped("a test").get(pk=pk)


def place_of(pk: UUID) -> Waiting:
    return Waiting.objects.unscoped("a test").get(pk=pk)


# --- giving a bed ---


def test_a_bed_is_given(beds):
    stay = use_of(actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0)))
    assert (stay.kind, stay.ends, stay.recorded_by) == (UseKind.STAY, None, beds.worker.user)


def test_two_women_never_have_one_bed(beds):
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    with pytest.raises(BedTaken):
        actions.give_bed(beds.worker, beds.beds[0], record=beds.her(2))
    assert "given to another woman by Hostel worker Example" in queries.why_taken(beds.worker, beds.beds[0])


def test_a_woman_never_has_two_beds(beds):
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    with pytest.raises(WomanElsewhere):
        actions.give_bed(beds.worker, beds.beds[1], record=beds.her(0))


def test_she_moves_from_one_house_to_the_next(beds):
    first = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - 9 * DAY)
    actions.go_away(beds.worker, first, kind=AwayKind.LEAVE)
    actions.block_move(beds.worker, first, to_step=Step.SECOND_STAGE, reason=BlockedBy.NO_PLACE)
    second = use_of(actions.give_bed(beds.worker, beds.second_beds[0], record=beds.her(0), moves_from=first))
    left = use_of(first)
    assert left.ends == second.begins
    assert (left.end_reason, left.where_to) == (EndReason.MOVED_ON, WhereTo.SECOND_STAGE)
    assert not Away.objects.unscoped("a test").filter(ends=None).exists()
    assert not Blocked.objects.unscoped("a test").filter(ends=None).exists()


def test_a_move_that_clashes_leaves_her_where_she_was(beds):
    first = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - DAY)
    actions.give_bed(beds.worker, beds.second_beds[0], record=beds.her(2))
    with pytest.raises(BedTaken):
        actions.give_bed(beds.worker, beds.second_beds[0], record=beds.her(0), moves_from=first)
    assert use_of(first).ends is None


def test_another_womans_stay_is_not_ended_by_a_move(beds):
    first = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - DAY)
    with pytest.raises(NotFound):
        actions.give_bed(beds.worker, beds.second_beds[0], record=beds.her(2), moves_from=first)


def test_a_bed_is_given_to_ones_own_record_only(beds):
    for record in (beds.world.records["van", 1], UUID(int=7)):
        with pytest.raises(NotFound):
            actions.give_bed(beds.worker, beds.beds[0], record=record)


def test_a_bed_is_given_from_the_day_it_opens(beds):
    with acting_as(beds.manager):
        new = actions.add_beds(
            beds.manager, beds.unit, number=1, kind=BedKind.BED, opened_on=timezone.localdate() + DAY
        )
    with pytest.raises(BedNotOpenYet):
        actions.give_bed(beds.worker, new[0], record=beds.her(0))


def test_a_stay_begins_now_or_before(beds):
    with pytest.raises(NotYet):
        actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() + DAY)


def test_no_other_agency_gives_a_bed(beds):
    van = beds.world.actor("key_worker")
    with acting_as(van), pytest.raises(NotFound):
        actions.give_bed(van, beds.beds[0], record=beds.world.records["van", 1])


def test_a_worker_without_the_right_gives_no_bed(beds):
    clerk = Actor(beds.worker.partnership, beds.worker.agency, beds.worker.user, reach="agency")
    with acting_as(clerk), pytest.raises(NotFound):
        actions.give_bed(clerk, beds.beds[0], record=beds.her(0))
    with pytest.raises(Denied):
        actions.set_up_unit(beds.worker, name="New", step=Step.FLAT)


# --- holds and voids ---


def test_a_hold_ends_by_itself(beds):
    with time_machine.travel(datetime(2026, 11, 1, 21, tzinfo=UTC), tick=False):
        actions.hold_bed(beds.worker, beds.beds[0], record=beds.her(0), hours=2)
        with pytest.raises(BedTaken):
            actions.give_bed(beds.worker, beds.beds[0], record=beds.her(2))
        assert "held for another woman" in queries.why_taken(beds.worker, beds.beds[0])
    with time_machine.travel(datetime(2026, 11, 1, 23, tzinfo=UTC), tick=False):
        actions.give_bed(beds.worker, beds.beds[0], record=beds.her(2))


def test_the_woman_it_is_held_for_may_have_it(beds):
    held = actions.hold_bed(beds.worker, beds.beds[0], record=beds.her(0), hours=2)
    assert actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0)) == held
    assert use_of(held).kind == UseKind.STAY


def test_a_hold_is_ended_by_hand_once(beds):
    held = actions.hold_bed(beds.worker, beds.beds[0], record=beds.her(0), hours=2)
    actions.free_bed(beds.worker, held)
    with pytest.raises(NotOpen):
        actions.free_bed(beds.worker, held)
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(2))


def test_a_stay_is_not_freed_without_a_reason(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    with pytest.raises(NotOpen):
        actions.free_bed(beds.worker, stay)


def test_a_bed_with_a_woman_in_it_is_not_closed(beds):
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    with pytest.raises(BedTaken):
        actions.void_bed(beds.worker, beds.beds[0], reason=VoidReason.CLOSED)


def test_a_void_bed_is_not_given(beds):
    void = actions.void_bed(beds.worker, beds.beds[0], reason=VoidReason.REPAIR)
    with pytest.raises(BedTaken):
        actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    assert "being repaired" in queries.why_taken(beds.worker, beds.beds[0])
    actions.free_bed(beds.worker, void)
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))


# --- the end of a stay ---


def test_a_stay_ends_with_a_reason_and_where_to(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - DAY)
    actions.end_stay(beds.worker, stay, reason=EndReason.TREATMENT, where_to=WhereTo.TREATMENT)
    ended = use_of(stay)
    assert (ended.end_reason, ended.where_to, ended.closed_by) == ("treatment", "treatment", beds.worker.user)
    with pytest.raises(NotOpen):
        actions.end_stay(beds.worker, stay, reason=EndReason.PRISON, where_to=WhereTo.PRISON)


def test_no_stay_ends_before_it_began(beds):
    begins = timezone.now() - DAY
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=begins)
    for ends in (begins, begins - DAY):
        with pytest.raises(EndsBeforeItBegins):
            actions.end_stay(beds.worker, stay, reason=EndReason.PRISON, where_to=WhereTo.PRISON, ends=ends)
    with pytest.raises(NotYet):
        actions.end_stay(beds.worker, stay, reason=EndReason.PRISON, where_to=WhereTo.PRISON, ends=timezone.now() + DAY)


def test_the_database_refuses_an_end_before_the_beginning_too(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - DAY)
    token = writing.set("a planted defect")
    try:
        with pytest.raises(IntegrityError, match="use_ends_after_it_begins"), transaction.atomic():
            BedUse.objects.unscoped("a test").filter(pk=stay).update(ends=timezone.now() - 2 * DAY)
    finally:
        writing.reset(token)


def test_she_can_come_back_to_the_bed_she_left(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - 9 * DAY)
    actions.end_stay(beds.worker, stay, reason=EndReason.NOT_SEEN, where_to=WhereTo.NOT_ASKED)
    again = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    assert again != stay


def test_one_leaves_and_another_comes_on_one_day(beds):
    day = date(2026, 3, 2)
    rows = [
        actions.PastStay(beds.beds[0], beds.her(0), noon(day), noon(day + DAY), EndReason.HER_CHOICE),
        actions.PastStay(beds.beds[0], beds.her(2), noon(day + DAY)),
    ]
    with acting_as(beds.manager):
        assert actions.take_in_stays(beds.manager, rows=rows).new == 2


def test_her_death_ends_her_stay_and_her_waiting(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - DAY)
    place = actions.join_list(beds.worker, beds.second, record=beds.her(0), source=Source.AGENCY)
    actions.end_stay(beds.worker, stay, reason=EndReason.DIED, where_to=WhereTo.NOT_ASKED)
    assert use_of(stay).where_to == WhereTo.DIED
    assert place_of(place).ended_as == WaitingEnd.DIED


# --- away, blocked, tasks ---


def test_away_and_back(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - 9 * DAY)
    actions.go_away(beds.worker, stay, kind=AwayKind.HOSPITAL, begins=timezone.now() - 3 * DAY)
    with pytest.raises(NotOpen):
        actions.go_away(beds.worker, stay, kind=AwayKind.PRISON)
    with pytest.raises(BedTaken):
        actions.give_bed(beds.worker, beds.beds[0], record=beds.her(2))
    actions.return_home(beds.worker, stay)
    with pytest.raises(NotOpen):
        actions.return_home(beds.worker, stay)
    assert [spell.nights for spell in queries.stay_page(beds.worker, stay).spells] == [3]


def test_away_lies_within_the_stay(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - DAY)
    with pytest.raises(EndsBeforeItBegins):
        actions.go_away(beds.worker, stay, kind=AwayKind.LEAVE, begins=timezone.now() - 2 * DAY)
    with pytest.raises(NotYet):
        actions.go_away(beds.worker, stay, kind=AwayKind.LEAVE, begins=timezone.now() + DAY)


def test_a_new_reason_ends_the_one_before(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0), begins=timezone.now() - 9 * DAY)
    actions.block_move(beds.worker, stay, to_step=Step.FLAT, reason=BlockedBy.PAPERS, begins=timezone.now() - 5 * DAY)
    actions.block_move(beds.worker, stay, to_step=Step.FLAT, reason=BlockedBy.NO_PLACE)
    assert [row.ends is None for row in Blocked.objects.unscoped("a test").order_by("begins")] == [False, True]
    actions.unblock_move(beds.worker, stay)
    with pytest.raises(NotOpen):
        actions.unblock_move(beds.worker, stay)


def test_tasks_and_the_expected_day(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    today = timezone.localdate()
    task = actions.add_task(beds.worker, stay, kind=TaskKind.NOTICE, due_on=today)
    actions.expect_move(beds.worker, stay, leaves_on=today + 5 * DAY)
    assert [each.what for each in queries.expected_moves(beds.worker)] == ["Give notice here", "Expected to move"]
    actions.do_task(beds.worker, task)
    actions.do_task(beds.worker, task)
    assert MoveTask.objects.unscoped("a test").get().done_by == beds.worker.user
    assert [each.what for each in queries.expected_moves(beds.worker)] == ["Expected to move"]
    with pytest.raises(EndsBeforeItBegins):
        actions.expect_move(beds.worker, stay, leaves_on=today - DAY)

"""Waiting lists: who stands on one, every change of her place, its stated order, and lists of before."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import (
    BlockedBy,
    Need,
    Source,
    Step,
    WaitingEnd,
)
from alongside.casework.accommodation.models import BedUse, Waiting, WaitingEvent
from alongside.casework.accommodation.queries.lists import standing
from alongside.casework.accommodation.rules import AlreadyWaiting, NotOpen, in_order
from alongside.casework.accommodation.tests.beds_world import beds_world
from alongside.foundation.gate.changes import Denied
from alongside.foundation.gate.level import acting_as

DAY = timedelta(days=1)


def use_of(pk: UUID) -> BedUse:
    return BedUse.objects.unscoped("a test").get(pk=pk)


def place_of(pk: UUID) -> Waiting:
    return Waiting.objects.unscoped("a test").get(pk=pk)


def test_a_bed_ends_her_waiting_for_that_house_only(beds):
    here = actions.join_list(beds.worker, beds.unit, record=beds.her(0), source=Source.SELF)
    later = actions.join_list(beds.worker, beds.second, record=beds.her(0), source=Source.SELF)
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    assert place_of(here).ended_as == WaitingEnd.PLACED
    assert use_of(stay).waited == here
    assert place_of(later).ended_at is None


def test_she_stands_on_a_list_once(beds):
    actions.join_list(beds.worker, beds.unit, record=beds.her(0), source=Source.SELF)
    with pytest.raises(AlreadyWaiting):
        actions.join_list(beds.worker, beds.unit, record=beds.her(0), source=Source.OUTREACH)


def test_every_change_of_her_place_is_kept(beds):
    place = actions.join_list(beds.worker, beds.unit, record=beds.her(0), source=Source.SELF)
    actions.change_needs(beds.worker, place, needs=[Need.NOWHERE])
    actions.note_offer(beds.worker, place)
    actions.note_offer(beds.worker, place, said_not_now=True)
    actions.leave_list(beds.worker, place, ended_as=WaitingEnd.HER_CHOICE)
    kept = list(WaitingEvent.objects.unscoped("a test").order_by("recorded_at").values_list("what", flat=True))
    assert sorted(kept) == sorted(["joined", "changed", "offered", "not_now", "ended"])
    for late in (
        lambda: actions.note_offer(beds.worker, place),
        lambda: actions.change_needs(beds.worker, place, needs=[]),
        lambda: actions.leave_list(beds.worker, place, ended_as=WaitingEnd.HER_CHOICE),
    ):
        with pytest.raises(NotOpen):
            late()


def test_an_emergency_starts_the_clock_of_the_house(beds):
    place = place_of(
        actions.join_list(beds.worker, beds.unit, record=beds.her(0), source=Source.OUTREACH, is_emergency=True)
    )
    assert place.bed_due == place.joined_at + timedelta(minutes=60)
    board = queries.board(beds.worker)
    assert [clock.words for unit in board.units for clock in unit.clocks] == ["59 minutes left"]


def test_another_agencys_list_takes_nobody_of_ours(beds):
    van = beds.world.actor("key_worker")
    with acting_as(van), pytest.raises(Denied):
        actions.join_list(van, beds.unit, record=beds.world.records["van", 1], source=Source.OUTREACH)


def test_the_order_of_a_list_is_stated_and_kept(beds):
    first = actions.join_list(
        beds.worker, beds.unit, record=beds.her(0), source=Source.SELF, joined=timezone.now() - 30 * DAY
    )
    second = actions.join_list(beds.worker, beds.unit, record=beds.her(2), source=Source.SELF, needs=[Need.BACK])
    assert [row.waiting for row in queries.waiting_list(beds.worker, beds.unit).rows] == [first, second]
    with acting_as(beds.manager):
        actions.set_order(beds.manager, beds.unit, needs=["back"])
    assert [row.waiting for row in queries.waiting_list(beds.worker, beds.unit).rows] == [second, first]
    with pytest.raises(Denied):
        actions.set_order(beds.worker, beds.unit, needs=[])


def test_a_list_of_before_comes_in_once(beds):
    joined = timezone.now() - 40 * DAY
    rows = [
        actions.PastWait(beds.her(0), joined, Source.SELF, (Need.READY,), joined + DAY, WaitingEnd.PLACED),
        actions.PastWait(beds.her(2), joined, Source.OUTREACH),
        actions.PastWait(beds.her(2), joined + DAY, Source.OUTREACH),
        actions.PastWait(beds.her(4), joined, Source.SELF, (), joined - DAY, WaitingEnd.PLACED),
        actions.PastWait(beds.her(4), joined, Source.SELF, (), joined + DAY),
        actions.PastWait(beds.world.records["van", 1], joined, Source.SELF),
    ]
    with acting_as(beds.manager):
        assert actions.take_in_waits(beds.manager, beds.unit, rows=rows) == [2, 3, 4, 5]
        assert actions.take_in_waits(beds.manager, beds.unit, rows=rows[:2]) == []
    assert WaitingEvent.objects.unscoped("a test").count() == 3
    with pytest.raises(Denied):
        actions.take_in_waits(beds.worker, beds.unit, rows=rows)


def test_a_blocked_bed_says_whom_it_keeps_waiting(beds):
    """The longest blocked keeps the first on the list; a bed more than women wait keeps nobody."""
    for bed, woman, nights in ((beds.beds[0], 0, 9), (beds.beds[1], 2, 4)):
        stay = actions.give_bed(beds.worker, bed, record=beds.her(woman), begins=timezone.now() - 20 * DAY)
        begins = timezone.now() - nights * DAY
        actions.block_move(beds.worker, stay, to_step=Step.FLAT, reason=BlockedBy.NO_PLACE, begins=begins)
    actions.join_list(beds.worker, beds.unit, record=beds.her(4), source=Source.SELF)
    shown = queries.waiting_list(beds.worker, beds.unit)
    assert [(each.nights, each.who) for each in shown.kept] == [(9, shown.rows[0].who), (4, "")]
    assert shown.kept[0].why == "Ready for: move-on flat. No place is free"
    assert queries.waiting_list(beds.worker, beds.second).kept == ()


ORDERS = [(), (Need.READY,), (Need.LEAVING, Need.NOWHERE), (Need.NOT_SAFE, Need.LEAVING, Need.READY, Need.NOWHERE)]


def test_the_database_orders_a_list_as_the_rule_says(db):
    """Every mixture of needs, days of leaving and emergencies, drawn by lot; and page by page as in one."""
    beds, lot, today = beds_world(women=60), random.Random(5), timezone.localdate()
    with acting_as(beds.worker):
        for woman in range(0, 60, 2):
            actions.join_list(
                beds.worker,
                beds.unit,
                record=beds.her(woman),
                source=Source.SELF,
                needs=lot.sample(list(Need), lot.randrange(4)),
                leaves_on=lot.choice([None, today, today + 7 * DAY, today + 8 * DAY]),
                is_emergency=lot.random() < 0.1,
                joined=timezone.now() - lot.randrange(5) * DAY,
            )
        for order in ORDERS:
            ordered, _ = standing(beds.worker, beds.unit, order)
            assert len(ordered) == 30
            assert ordered == in_order(ordered, order, today)
        whole = queries.waiting_list(beds.worker, beds.unit).rows
        pages = [queries.waiting_list(beds.worker, beds.unit, page, size=7) for page in range(1, 6)]
        assert [row for page in pages for row in page.rows] == list(whole)
        assert [row.number for row in whole] == list(range(1, 31))
        assert {page.total for page in pages} == {30}

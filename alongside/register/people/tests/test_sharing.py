"""What she agreed holds for whom, from when to when, and ends at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.agencies.codes import Role
from alongside.register.people import actions, queries
from alongside.register.people.acting import sharing_job
from alongside.register.people.codes import FieldGroup, GrantBasis, HandoutKind
from alongside.register.people.models import Grant, Identity, Record
from alongside.register.people.policy import about
from alongside.register.people.rules import AskedLater, NothingToShare, TooLong, end_of, last_day
from alongside.register.people.tests.sharing_world import (
    HER,
    HER_NAME,
    HOUSE,
    IDENTITY,
    NOTES,
    VAN,
    WHEREABOUTS,
    another,
    below,
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


# --- what she agreed


def test_what_she_agreed_is_seen_and_nothing_else(world):
    assert named(world, HOUSE) == shared(world) == []
    give(world)
    assert named(world, HOUSE) == [HER_NAME]
    (row,) = shared(world)
    assert (row.holder_name, row.groups) == ("Night Van", (IDENTITY, NOTES))
    assert below(world, HOUSE) == below(world, HOUSE, Record) == 1
    assert named(world, HOUSE, ("van", 3)) == []
    assert below(world, HOUSE, record=("van", 3)) == 0


def test_one_direction_only(world):
    give(world, record=("van", 0))
    assert named(world, VAN, ("house", 0)) == []
    assert below(world, VAN, record=("house", 0)) == 0


def test_a_group_not_agreed_to_is_not_seen(world):
    give(world, groups=[NOTES])
    assert named(world, HOUSE) == []
    assert below(world, HOUSE) == 0
    assert below(world, HOUSE, Record) == 1


def test_a_role_sees_no_more_than_the_matrix(world):
    """A hostel worker sees where a woman is of her own house only; a key worker there what is shared as well."""
    another(world, "house", Role.KEY_WORKER)
    give(world, groups=[WHEREABOUTS])
    for persona, seen in ((HOUSE, False), ("other", True)):
        actor = world.actor(persona)
        with acting_as(actor):
            rows = Identity.objects.unscoped("any table with a record").filter(about(actor, WHEREABOUTS))
            sees = Grant.objects.visible_to(actor).filter(about(actor, WHEREABOUTS)).exists()
        assert rows is not None
        assert sees is seen
        assert bool(shared(world, persona)) is seen


def test_nothing_of_it_can_be_changed_by_who_was_given_it(world):
    grant = give(world)
    actor, record = world.actor(HOUSE), world.records[HER]
    with acting_as(actor):
        with pytest.raises(NotFound):
            actions.give_grant(
                actor, record, to_agency=actor.agency, groups=[NOTES], asked_on=date.today(), until=date.today()
            )
        with pytest.raises(Denied):
            actions.withdraw_grant(actor, grant)
        with pytest.raises(NotFound):
            queries.sharing(actor, record)
        assert Record.objects.visible_to(actor).filter(pk=record).count() == 0


def test_withdrawing_ends_it_at_once(world):
    grant = give(world)
    withdraw(world, grant)
    assert named(world, HOUSE) == shared(world) == []
    assert below(world, HOUSE) == below(world, HOUSE, Record) == 0
    with pytest.raises(actions.NothingShared):
        withdraw(world, grant)


def test_a_new_answer_takes_the_place_of_the_old(world):
    give(world)
    give(world, groups=[NOTES])
    assert named(world, HOUSE) == []
    actor = world.actor(VAN)
    with acting_as(actor):
        rows = queries.sharing(actor, world.records[HER])
    assert [row.ended_on is None for row in rows] == [True, False]
    assert rows[0].how_asked == "Over tea"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"until": date(2030, 1, 1)}, TooLong),
        (
            {"until": timezone.localdate() - timedelta(days=1), "asked_on": timezone.localdate() - timedelta(days=9)},
            TooLong,
        ),
        ({"asked_on": timezone.localdate() + timedelta(days=9)}, AskedLater),
        ({"groups": []}, NothingToShare),
        ({"groups": [NOTES, FieldGroup.IMMIGRATION]}, NothingToShare),
        ({"groups": [FieldGroup.SEXUAL_VIOLENCE]}, NothingToShare),
    ],
)
def test_what_can_not_be_agreed(world, changed, error):
    with pytest.raises(error):
        give(world, **changed)
    assert shared(world) == []


@pytest.mark.parametrize("agency", ["van", "custody", "council"])
def test_to_whom_nothing_goes(world, agency):
    with pytest.raises(actions.NotAReceiver):
        give(world, to_agency=world.agencies[agency].id)


def test_not_to_another_partnership(world):
    with pytest.raises(actions.NotAReceiver):
        give(world, to_agency=build("lakeside", women=1).agencies["house"].id)


# --- when it ends


def test_until_a_day_holds_through_that_day_in_london():
    assert end_of(date(2027, 5, 3)) == datetime(2027, 5, 3, 23, tzinfo=UTC)  # summer time
    assert end_of(date(2026, 12, 3)) == datetime(2026, 12, 4, 0, tzinfo=UTC)
    assert end_of(date(2027, 3, 28)) == datetime(2027, 3, 28, 23, tzinfo=UTC)  # the clocks went forward that night
    assert end_of(date(2027, 10, 31)) == datetime(2027, 11, 1, 0, tzinfo=UTC)  # and back
    for day in (date(2027, 5, 3), date(2026, 12, 3), date(2027, 3, 28)):
        assert last_day(end_of(day)) == day


def test_it_ends_at_midnight_in_summer_time(world):
    give(world, until=date(2027, 5, 3))
    with time_machine.travel(datetime(2027, 5, 3, 22, 59, 59, tzinfo=UTC), tick=False):
        assert named(world, HOUSE) == [HER_NAME]
        assert shared(world)[0].until == date(2027, 5, 3)
    with time_machine.travel(datetime(2027, 5, 3, 23, 0, tzinfo=UTC), tick=False):
        assert named(world, HOUSE) == shared(world) == []


def test_the_database_ends_it_by_its_own_clock(world):
    grant = give(world)
    ended = timezone.now() - timedelta(seconds=1)
    from alongside.foundation.gate.rows import writing

    token = writing.set("a test ages a grant")
    actor = world.actor(VAN)
    with acting_as(actor):
        Grant.objects.visible_to(actor).filter(pk=grant).update(until_at=ended)
    writing.reset(token)
    assert below(world, HOUSE) == below(world, HOUSE, Record) == 0


# --- by law


def test_the_sharing_job_opens_one_record_for_one_worker(world):
    another(world, "house", Role.KEY_WORKER)
    job = sharing_job(world.partnership.id, world.agencies["van"].id)
    end = timezone.now() + timedelta(hours=4)
    with acting_as(job):
        actions.open_by_law(
            job,
            world.records[HER],
            basis=GrantBasis.BREAK_GLASS,
            groups=[IDENTITY],
            until_at=end,
            by=world.workers[HOUSE].id,
            to_agency=world.agencies["house"].id,
            to_worker=world.workers[HOUSE].id,
            reason="She collapsed.",
        )
    assert named(world, HOUSE) == [HER_NAME]
    assert named(world, "other") == []
    assert below(world, "other") == 0
    keep_out(world, worker=world.workers[HOUSE].id)
    assert named(world, HOUSE) == []
    assert below(world, HOUSE) == 0


def test_the_job_ends_all_that_an_agency_gave(world):
    from alongside.foundation.gate.permissions import Subject

    give(world)
    job = sharing_job(world.partnership.id, world.agencies["van"].id)
    with acting_as(job):
        subject = Subject("Agency", job.agency, job.partnership, job.agency)
        assert actions.end_grants(job, by=world.workers[VAN].id, subject=subject) == 1
    assert shared(world) == []


# --- copies and recall


def test_a_receiver_is_told_to_stop_and_which_copies_there_are(world):
    grant = give(world)
    actor = world.actor(HOUSE)
    with acting_as(actor):
        number = actions.hand_out(actor, world.records[HER], HandoutKind.PRINT, [IDENTITY])
        assert queries.recalls(actor) == []
        with pytest.raises(NotFound):
            actions.stopped_using(actor, grant)
    withdraw(world, grant)
    with acting_as(actor):
        (recall,) = queries.recalls(actor)
        assert [copy.number for copy in recall.copies] == [number]
        actions.stopped_using(actor, grant)
        actions.stopped_using(actor, grant)
        assert queries.recalls(actor) == []
        with pytest.raises(NotFound):
            actions.hand_out(actor, world.records[HER], HandoutKind.PRINT)


def test_what_is_agreed_anew_is_not_called_back(world):
    give(world, groups=[NOTES])
    give(world, groups=[NOTES, IDENTITY])
    actor = world.actor(HOUSE)
    with acting_as(actor):
        assert queries.recalls(actor) == []
    give(world, groups=[NOTES])
    with acting_as(actor):
        assert [each.groups for each in queries.recalls(actor)] == [(IDENTITY, NOTES)]

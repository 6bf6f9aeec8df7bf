"""What a forum is given: to those who sit on it, of the women on its list, and never further. Either line alone."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.agencies import forums
from alongside.register.agencies.actions import end_role
from alongside.register.agencies.codes import Purpose, Role
from alongside.register.agencies.models import Attendee, Forum, Membership
from alongside.register.agencies.queries import operator
from alongside.register.people import actions, queries
from alongside.register.people.acting import sharing_job
from alongside.register.people.codes import FieldGroup, HandoutKind, StandingKind
from alongside.register.people.models import Grant, Item, Matter
from alongside.register.people.queries.forums import bringing, list_of
from alongside.register.people.rules import ListedTooLong, MeetsTooFar
from alongside.register.people.tests.sharing_world import (
    HEALTH,
    HER,
    HER_NAME,
    HOUSE,
    IDENTITY,
    NOTES,
    VAN,
    another,
    below,
    emptied,
    give,
    keep_out,
    named,
    withdraw,
)
from tests.world import build, does

pytestmark = pytest.mark.django_db
NURSE, COLLEAGUE = "nurse", "other"


def settle(world):
    """The van convenes a forum; a manager of the house and a nurse of the office sit on it. Colleagues do not."""
    another(world, "house", Role.MANAGER, "house_manager")
    another(world, "house", Role.KEY_WORKER, COLLEAGUE)
    another(world, "office", Role.NURSE, NURSE)
    world.forum = does(world, "manager", forums.make_forum, name="Thursday panel", purpose=Purpose.SAFETY)
    world.seats = {who: sit(world, who) for who in ("house_manager", NURSE)}
    return world


def sit(world, who):
    return does(world, "manager", forums.seat, world.forum, membership=world.memberships[who].id)


@pytest.fixture
def world(db):
    return settle(build(women=4))


def agree(world, groups=(IDENTITY, NOTES, HEALTH), **more):
    return give(world, groups, to_agency=None, to_forum=world.forum, **more)


def bring(world, record=HER, days=3, persona=VAN, **more):
    meets_on = timezone.localdate() + timedelta(days=days)
    return does(world, persona, actions.bring, world.records[record], forum=world.forum, meets_on=meets_on, **more)


def seen(world, persona):
    """By both lines together, by the list of the forum, and by the database alone: one answer."""
    on_list = [row.record for row in does(world, persona, list_of, world.forum)[1]] if persona in world.seats else []
    both = named(world, persona) == [HER_NAME]
    assert below(world, persona) == int(both)
    assert (world.records[HER] in on_list) is (both and persona in world.seats)
    return both


def everybody(world):
    return {who for who in ("house_manager", NURSE, COLLEAGUE, HOUSE) if seen(world, who)}


def test_those_who_sit_see_her_only_once_she_is_on_the_list(world):
    agree(world)
    assert everybody(world) == set(), "nobody, before she is brought"
    item = bring(world)
    assert everybody(world) == {"house_manager", NURSE}, "nobody's colleague, nobody's agency"
    does(world, VAN, actions.take_off, item)
    assert everybody(world) == set()


def test_she_is_not_brought_without_her_word(world):
    with pytest.raises(actions.NotAgreed):
        bring(world)
    agree(world)
    with pytest.raises(NotFound):
        bring(world, persona=HOUSE)
    bring(world)
    with pytest.raises(actions.BroughtAlready):
        bring(world)


def test_the_list_ends_by_itself(world):
    agree(world)
    bring(world)
    last = timezone.now() + timedelta(days=10)
    with time_machine.travel(last):
        assert named(world, NURSE) == [HER_NAME]
    with time_machine.travel(last + timedelta(days=1)):
        assert named(world, NURSE) == does(world, NURSE, list_of, world.forum)[1] == []


@pytest.mark.parametrize(
    ("meets", "until", "why"),
    [(29, 30, MeetsTooFar), (-1, 3, MeetsTooFar), (3, 32, ListedTooLong), (3, 2, ListedTooLong)],
)
def test_a_meeting_is_near_and_its_list_is_short(world, meets, until, why):
    agree(world)
    with pytest.raises(why):
        bring(world, days=meets, until=timezone.localdate() + timedelta(days=until))


def test_the_database_refuses_a_list_that_stays(world):
    agree(world)
    bring(world)
    with pytest.raises(IntegrityError), acting_as(world.actor(VAN)), connection.cursor() as cursor:
        cursor.execute("UPDATE people_item SET until = meets_on + 29")


def test_withdrawal_closes_it_and_drops_the_item_for_good(world):
    grant = agree(world)
    bring(world)
    withdraw(world, grant)
    assert everybody(world) == set()
    agree(world)
    assert everybody(world) == set(), "she agreed anew: that brings her to no meeting"


def test_agreeing_to_less_keeps_her_on_the_list(world):
    agree(world)
    bring(world)
    agree(world, (NOTES,))
    (row,) = does(world, NURSE, list_of, world.forum)[1]
    assert (row.name, row.groups) == ("", (NOTES,))
    assert below(world, NURSE) == 0


@pytest.mark.parametrize("whom", ["worker", "team", "agency"])
def test_whom_she_fears_sees_nothing_and_the_chair_is_told_only_that_something_changed(world, whom):
    agree(world)
    bring(world)
    before = Forum.objects.get().changed_at
    feared = {
        "worker": {"worker": world.workers[NURSE].id},
        "team": {"agency": world.agencies["office"].id, "role": Role.NURSE},
        "agency": {"agency": world.agencies["office"].id},
    }[whom]
    keep_out(world, **feared)
    assert everybody(world) == {"house_manager"}
    assert does(world, NURSE, list_of, world.forum)[1] == []
    row, chairs = does(world, "manager", forums.my_forum, world.forum)
    assert chairs
    assert row.changed_at > timezone.localtime(before)


def test_who_leaves_the_forum_sees_nothing_from_then_on(world):
    agree(world)
    bring(world)
    actor = world.actor(NURSE)  # as a request that runs already has it
    does(world, "manager", forums.leave_forum, world.seats[NURSE])
    with acting_as(actor):
        assert queries.names(actor, [world.records[HER]]) == {}
    assert everybody_but_lists(world) == {"house_manager"}


def everybody_but_lists(world):
    return {who for who in ("house_manager", NURSE, COLLEAGUE, HOUSE) if named(world, who)}


def test_who_loses_her_role_or_whose_forum_ends_sits_no_more(world):
    agree(world)
    bring(world)
    machine = operator()
    with acting_as(machine):
        end_role(machine, membership=world.memberships[NURSE].id)
    assert Attendee.objects.filter(worker=world.workers[NURSE], until_at=None).count() == 0
    does(world, "manager", forums.end_forum, world.forum)
    assert everybody_but_lists(world) == set()
    assert below(world, "house_manager") == 0


def test_only_who_works_with_women_sits_and_only_a_specialist_manager_makes_one(world):
    for who in ("commissioner", "contributor", "coordinator", "dp_lead"):
        with pytest.raises(forums.CantSit):
            sit(world, who)
    with pytest.raises(forums.SitsAlready):
        sit(world, NURSE)
    another(world, "office", Role.MANAGER, "office_manager")
    with pytest.raises(forums.OnlySpecialist):
        does(world, "office_manager", forums.make_forum, name="Ours", purpose=Purpose.HOME)
    with pytest.raises(forums.NameTaken):
        does(world, "manager", forums.make_forum, name="Thursday panel", purpose=Purpose.HOME)
    with pytest.raises(Denied):
        does(world, VAN, forums.make_forum, name="Ours", purpose=Purpose.HOME)
    with pytest.raises(Denied):
        does(world, "house_manager", forums.seat, world.forum, membership=world.memberships[COLLEAGUE].id)
    with pytest.raises(NotFound):
        does(world, "house_manager", forums.leave_forum, world.seats[NURSE])


def test_a_forum_keeps_a_chair(world):
    chair = Attendee.objects.get(forum=world.forum, chairs=True)
    with pytest.raises(forums.ChairStays):
        does(world, "manager", forums.leave_forum, chair.pk)
    for seat in world.seats.values():
        with pytest.raises(forums.CantChair):
            does(world, "manager", forums.let_chair, seat)
    another(world, "van", Role.MANAGER, "second_manager")
    does(world, "manager", forums.let_chair, sit(world, "second_manager"))
    does(world, "manager", forums.leave_forum, chair.pk)
    assert Attendee.objects.get(forum=world.forum, chairs=True).worker == world.workers["second_manager"]


def test_private_matters_go_with_their_kind(world):
    does(world, VAN, actions.write_matter, world.records[HER], group=HEALTH, words="A cough")
    agree(world)
    assert below(world, NURSE, Matter) == 0
    bring(world)
    assert below(world, NURSE, Matter) == below(world, "house_manager", Matter) == 1
    assert below(world, COLLEAGUE, Matter) == 0


def test_who_died_is_brought_nowhere(world):
    agree(world)
    bring(world)
    does(world, VAN, actions.note_standing, world.records[HER], kind=StandingKind.DIED)
    with pytest.raises(actions.SheHasDied):
        bring(world, days=9)
    assert named(world, NURSE) == []
    does(world, NURSE, actions.say_why, world.records[HER], "The coroner asked the panel")
    assert named(world, NURSE) == [HER_NAME]


def test_copies_are_called_back_from_the_agencies_that_made_one(world):
    grant = agree(world)
    bring(world)
    number = does(world, NURSE, actions.hand_out_all, [world.records[HER]], HandoutKind.PRINT)
    another(world, "office", Role.COURT_WORKER, "nurses_colleague")
    assert does(world, "nurses_colleague", queries.recalls) == []
    withdraw(world, grant)
    for who in (NURSE, "nurses_colleague"):
        (recall,) = does(world, who, queries.recalls)
        assert (recall.forum, [copy.number for copy in recall.copies]) == ("Thursday panel", [number])
    assert does(world, "house_manager", queries.recalls) == does(world, HOUSE, queries.recalls) == []
    does(world, "nurses_colleague", actions.stopped_using, grant)
    assert does(world, NURSE, queries.recalls) == []
    with pytest.raises(NotFound):
        does(world, HOUSE, actions.stopped_using, grant)


def test_all_that_an_agency_shares_ends_with_its_forums(world):
    agree(world)
    bring(world)
    job = sharing_job(world.partnership.id, world.agencies["van"].id)
    with transaction.atomic():
        actions.end_all_of(world.partnership.id, world.agencies["van"].id, world.workers[VAN].id)
    with acting_as(job):
        assert Item.objects.visible_to(job).filter(ended_at=None).count() == 0
    assert everybody(world) == set()


def test_when_the_one_that_convenes_it_leaves_what_was_agreed_with_it_ends(world):
    record = ("house", 2)
    give(world, (NOTES,), to_agency=None, to_forum=world.forum, persona=HOUSE, record=record)
    bring(world, record=record, persona=HOUSE)
    assert does(world, HOUSE, _agreed) == 1
    actions.end_all_of(world.partnership.id, world.agencies["van"].id, world.workers[VAN].id)
    assert does(world, HOUSE, _agreed) == 0


def _agreed(actor):
    return Grant.objects.visible_to(actor).filter(withdrawn_at=None).count()


def test_the_words_beside_a_box_name_the_forum(world):
    agree(world)
    her = world.records[HER]
    told = does(world, VAN, queries.who_will_see, her, NOTES)
    assert told.endswith("Thursday panel, once she is brought to it")
    bring(world)
    assert "Thursday panel (3 people) until" in does(world, VAN, queries.who_will_see, her, NOTES)
    assert "Thursday" not in does(world, VAN, queries.who_will_see, her, FieldGroup.COURT)
    (row,) = does(world, VAN, bringing, her).agreed
    assert row.meets == "people from Green House, Night Van and Partnership Office meet to keep women safe"


# --- either line alone, and its planted defects


@pytest.mark.parametrize("function", ["people_by_forum()", "people_sits()", "people_listed()"])
def test_a_database_that_gives_a_forum_nothing_would_be_found(world, function):
    agree(world)
    bring(world)
    with emptied(function):
        assert below(world, NURSE) == 0


def test_a_database_that_calls_no_copy_back_would_be_found(world):
    grant = agree(world)
    bring(world)
    does(world, NURSE, actions.hand_out_all, [world.records[HER]], HandoutKind.PRINT)
    withdraw(world, grant)
    assert len(does(world, NURSE, queries.recalls)) == 1
    with emptied("people_copied()"):
        assert does(world, NURSE, queries.recalls) == []


def test_who_sits_for_one_agency_sees_nothing_for_another(world):
    """The nurse works for the house as well: under that hat she does not sit."""
    hat = another_hat(world)
    agree(world)
    bring(world)
    assert named(world, NURSE) == [HER_NAME]
    assert named(world, hat) == []
    assert below(world, hat) == 0


def another_hat(world):
    world.memberships["nurse_at_house"] = Membership.objects.create(
        worker=world.workers[NURSE], agency=world.agencies["house"], role=Role.NURSE, since=date(2020, 1, 1)
    )
    return "nurse_at_house"

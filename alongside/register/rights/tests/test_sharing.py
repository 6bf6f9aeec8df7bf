"""Sharing without asking her: two people of the holder, one direction, the groups named, an end (B6)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people import actions as people
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import sharing as actions
from alongside.register.rights.codes import Told
from alongside.register.rights.models import Disclosure
from alongside.register.rights.queries import sharing as queries
from alongside.register.rights.refusals import NotComplete, OwnSignature, SettledAlready, WrongDays
from alongside.register.rights.tests.doing import names_seen, refused_by_the_database, row_of, shares
from tests.world import does

pytestmark = pytest.mark.django_db
HER = ("van", 1)


def test_on_the_second_signature_it_is_shared(world):
    made = shares(world)
    assert names_seen(world, "hostel_worker", HER) == []
    does(world, "manager", actions.sign, made)
    assert len(names_seen(world, "hostel_worker", HER)) == 1
    assert does(world, "dp_lead", queries.disclosure_view, made).row.state == "In force"


def test_one_person_alone_shares_nothing(world):
    made = shares(world)
    with pytest.raises(OwnSignature):
        does(world, "key_worker", actions.sign, made)
    assert names_seen(world, "hostel_worker", HER) == []


def test_the_database_refuses_one_person_who_signs_both(world):
    row = row_of(world, "key_worker", Disclosure, shares(world))
    assert refused_by_the_database(world, "key_worker", row, signed_by=row.written_by)
    assert not refused_by_the_database(world, "key_worker", row, signed_by=world.workers["manager"].id)


def test_only_the_groups_named_and_only_one_way(world):
    shares(world, groups=(FieldGroup.WHEREABOUTS,), signed="manager")
    assert names_seen(world, "hostel_worker", HER) == []
    shares(world, record=("van", 0), signed="manager")
    assert len(names_seen(world, "hostel_worker", ("van", 0))) == 1
    assert names_seen(world, "key_worker", ("house", 0)) == []


def test_it_ends_on_its_day(world):
    made = shares(world, signed="manager")
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert names_seen(world, "hostel_worker", HER) == []
        assert does(world, "dp_lead", queries.disclosure_view, made).row.state == "Over"


def test_a_review_ends_it_at_once_or_lets_it_go_on(world):
    made = shares(world, signed="manager")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert [row.is_to_review for row in does(world, "dp_lead", queries.register)] == [True]
        does(world, "dp_lead", actions.review, made, goes_on=True)
        assert [row.is_to_review for row in does(world, "dp_lead", queries.register)] == [False]
        assert len(names_seen(world, "hostel_worker", HER)) == 1
        does(world, "dp_lead", actions.review, made, goes_on=False)
        assert names_seen(world, "hostel_worker", HER) == []
        with pytest.raises(SettledAlready):
            does(world, "dp_lead", actions.review, made, goes_on=True)


def test_an_exclusion_beats_it(world):
    does(world, "key_worker", people.exclude, world.records[HER], agency=world.agencies["house"].id)
    shares(world, signed="manager")
    assert names_seen(world, "hostel_worker", HER) == []


@pytest.mark.parametrize(
    "lacking",
    [
        {"groups": ()},
        {"necessity": " "},
        {"risk": ""},
        {"told": Told.UNDECIDED},
        {"told": Told.NOT, "told_words": ""},
    ],
)
def test_there_is_no_draft(world, lacking):
    with pytest.raises(NotComplete):
        shares(world, **lacking)


def test_days_follow_each_other(world):
    today = timezone.localdate()
    for days in (
        {"review_on": today - timedelta(days=1)},
        {"review_on": today + timedelta(days=8), "until": today + timedelta(days=7)},
    ):
        with pytest.raises(WrongDays):
            shares(world, **days)
    with pytest.raises(WrongDays):
        shares(world, to="van")


def test_turned_down_it_is_never_shared(world):
    made = shares(world)
    does(world, "manager", actions.turn_down, made)
    with pytest.raises(SettledAlready):
        does(world, "second_manager", actions.sign, made)
    assert names_seen(world, "hostel_worker", HER) == []


def test_only_the_holder_proposes_and_signs(world):
    with pytest.raises(NotFound):
        shares(world, by="hostel_worker")
    made = shares(world)
    with pytest.raises(NotFound):
        does(world, "house_manager", actions.sign, made)
    with pytest.raises(Denied):
        shares(world, by="dp_lead")


def test_sharing_in_force_is_counted_by_agency_for_the_lead(world):
    shares(world, signed="manager")
    (line,) = does(world, "dp_lead", queries.shared_now)
    assert (line.agency, line.agreed, line.by_law) == (world.agencies["house"].name, 0, 1)
    assert does(world, "house_dp_lead", queries.shared_now) == []

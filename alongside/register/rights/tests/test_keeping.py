"""How long things are kept: due waits for a person, a hold stops erasing, nothing goes silently (H1)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import emergency, hers
from alongside.register.rights.actions import keeping as actions
from alongside.register.rights.codes import Authority, Decision, Kind, RecordClass, Way
from alongside.register.rights.models import HerRequest
from alongside.register.rights.queries import keeping as queries
from alongside.register.rights.queries.emergency import look_view
from alongside.register.rights.queries.hers import her_request
from alongside.register.rights.refusals import HeldAlready, NotChecked, OnHold, SettledAlready, WrongDays
from alongside.register.rights.tests.doing import names_seen, refused_by_the_database, row_of
from tests.world import does

pytestmark = pytest.mark.django_db
HER = ("van", 1)
YEARS_ON = timezone.now() + timedelta(days=9 * 366)


def due(world, persona="dp_lead"):
    rows, count = does(world, persona, queries.due)
    assert len(rows) == count
    return {row.record for row in rows}


def hold(world, persona="dp_lead", record=HER):
    does(world, persona, actions.place_hold, world.records[record], authority=Authority.COURT, why="Order 12 of 2026")


def test_nothing_is_due_before_its_time_and_then_it_waits(world):
    assert due(world) == set()
    with time_machine.travel(YEARS_ON):
        assert due(world) == {id for (agency, _), id in world.records.items() if agency == "van"}


def test_the_agencys_own_schedule_wins(world):
    facts = {"record_class": RecordClass.WOMAN, "authority": "Our own schedule"}
    does(world, "dp_lead", actions.set_rule, years=20, **facts)
    with time_machine.travel(YEARS_ON):
        assert due(world) == set()
        does(world, "dp_lead", actions.set_rule, years=1, **facts)
        assert len(due(world)) == 4
        assert len(due(world, "house_dp_lead")) == 2, "the house keeps to its own"
    (rule,) = [each for each in does(world, "dp_lead", queries.schedule) if each.record_class == RecordClass.WOMAN]
    assert (rule.years, rule.is_default) == (1, False)


def test_a_hold_takes_it_from_the_queue_and_lifting_brings_it_back(world):
    hold(world)
    with pytest.raises(HeldAlready):
        hold(world)
    with time_machine.travel(YEARS_ON):
        assert world.records[HER] not in due(world)
        with pytest.raises(OnHold):
            does(world, "dp_lead", actions.let_go, world.records[HER], why="Its time is over")
        view = does(world, "dp_lead", queries.keeping, world.records[HER])
        assert (view.hold, view.hold_words) == (Authority.COURT.words, "Order 12 of 2026")
        does(world, "dp_lead", actions.lift_hold, world.records[HER], why="The trial is over")
        assert world.records[HER] in due(world)
        with pytest.raises(SettledAlready):
            does(world, "dp_lead", actions.lift_hold, world.records[HER], why="Again")


def test_a_review_keeps_it_on_until_a_day(world):
    with time_machine.travel(YEARS_ON):
        until = timezone.localdate() + timedelta(days=100)
        does(world, "dp_lead", actions.keep_on, world.records[HER], until=until, why="She still writes to us")
        assert world.records[HER] not in due(world)
        assert does(world, "dp_lead", queries.keeping, world.records[HER]).due_on == until
        with pytest.raises(WrongDays):
            does(world, "dp_lead", actions.keep_on, world.records[HER], until=timezone.localdate(), why="Again")
    with time_machine.travel(YEARS_ON + timedelta(days=101)):
        assert world.records[HER] in due(world)


def test_the_lead_decides_and_a_manager_agrees(world):
    with time_machine.travel(YEARS_ON):
        request = does(world, "dp_lead", actions.let_go, world.records[HER], why="Its time is over")
        assert world.records[HER] not in due(world)
        assert does(world, "dp_lead", queries.keeping, world.records[HER]).is_to_be_erased
        for persona in ("key_worker", "dp_lead"):
            with pytest.raises(Denied):
                does(world, persona, actions.agree, request)
        does(world, "manager", actions.agree, request)


def test_only_the_lead_of_the_agency_keeps_the_schedule(world):
    for persona in ("manager", "key_worker", "coordinator"):
        with pytest.raises(Denied):
            does(world, persona, actions.set_rule, record_class=RecordClass.WOMAN, years=1, authority="Mine")
    for persona in ("house_dp_lead", "hostel_worker"):
        with pytest.raises(NotFound):
            hold(world, persona)
    with pytest.raises(Denied):
        hold(world, "key_worker")


def test_a_day_of_another_room_counts_as_the_last_entry(world, monkeypatch):
    """Somebody met her last week: her record is not due, whatever day the register knows."""
    with time_machine.travel(YEARS_ON):
        last = timezone.localdate() - timedelta(days=7)
        monkeypatch.setattr(queries, "latest_entries", lambda actor, records: {world.records[HER]: last})
        assert world.records[HER] not in due(world)
        assert does(world, "dp_lead", queries.keeping, world.records[HER]).last_entry == last
    assert date.today() < last


def test_two_agree_and_then_it_is_erased_for_good(world):
    with time_machine.travel(YEARS_ON):
        request = does(world, "dp_lead", actions.let_go, world.records[HER], why="Its time is over")
        with pytest.raises(NotChecked):
            does(world, "dp_lead", actions.erase, request)
        does(world, "manager", actions.agree, request)
        with pytest.raises(Denied):
            does(world, "manager", actions.erase, request)
        does(world, "dp_lead", actions.erase, request)
        assert names_seen(world, "key_worker", HER) == []
        assert world.records[HER] not in due(world)
        view = does(world, "dp_lead", her_request, request)
        assert (view.row.state, view.row.code, view.decided_words) == ("Done", "Erased", "")
        with pytest.raises(SettledAlready):
            does(world, "dp_lead", actions.erase, request)


def test_what_she_asks_goes_the_same_way(world):
    asked = {"kind": Kind.ERASURE, "way": Way.IN_PERSON, "received_on": timezone.localdate()}
    request = does(world, "key_worker", hers.receive, world.records[HER], **asked)
    with pytest.raises(SettledAlready):
        does(world, "dp_lead", actions.erase, request)
    does(world, "dp_lead", hers.decide, request, decision=Decision.YES, why="She may")
    does(world, "manager", actions.agree, request)
    does(world, "dp_lead", actions.erase, request)
    assert names_seen(world, "key_worker", HER) == []


def test_a_hold_placed_before_the_last_step_stops_it(world):
    asked = {"kind": Kind.ERASURE, "way": Way.IN_PERSON, "received_on": timezone.localdate()}
    request = does(world, "key_worker", hers.receive, world.records[HER], **asked)
    does(world, "dp_lead", hers.decide, request, decision=Decision.YES, why="She may")
    does(world, "manager", actions.agree, request)
    hold(world)
    with pytest.raises(OnHold):
        does(world, "dp_lead", actions.erase, request)
    assert len(names_seen(world, "key_worker", HER)) == 1


def test_an_emergency_look_at_her_stays_in_the_register_without_its_words(world):
    van = world.agencies["van"].id
    facts = {"held_by": van, "groups": [FieldGroup.NOTES], "reason": "She is bleeding"}
    look = does(world, "key_worker", emergency.look, world.records[HER], **facts)
    request = does(world, "dp_lead", actions.let_go, world.records[HER], why="Its time is over")
    does(world, "manager", actions.agree, request)
    does(world, "dp_lead", actions.erase, request)
    assert does(world, "dp_lead", look_view, look).reason == ""


def test_the_database_takes_no_erasure_that_one_person_did(world):
    request = does(world, "dp_lead", actions.let_go, world.records[HER], why="Its time is over")
    row = row_of(world, "dp_lead", HerRequest, request)
    lead, manager = world.workers["dp_lead"].id, world.workers["manager"].id
    assert refused_by_the_database(world, "dp_lead", row, done_by=lead)
    assert refused_by_the_database(world, "dp_lead", row, done_by=lead, checked_by=lead)
    assert not refused_by_the_database(world, "dp_lead", row, done_by=lead, checked_by=manager)

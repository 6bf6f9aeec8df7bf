"""A breach: its 72 hours, what was read in its days, and stopping all sharing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people import actions as people
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import breach as actions
from alongside.register.rights.queries import breach as queries
from alongside.register.rights.refusals import SettledAlready, WrongDays
from alongside.register.rights.tests.doing import names_seen, shares
from tests.world import does

pytestmark = pytest.mark.django_db
HER = ("van", 1)


def breach(world, persona="dp_lead", worker="key_worker", **changed):
    today = timezone.localdate()
    facts = {
        "said": "Her phone was lost at the station",
        "known_since": timezone.now() - timedelta(hours=2),
        "worker": world.workers[worker].id if worker else None,
        "since": today,
        "until": today,
    } | changed
    return does(world, persona, actions.write_down, **facts)


def view(world, made, persona="dp_lead"):
    return does(world, persona, queries.breach_view, made)


def agree(world, to="house"):
    today = timezone.localdate()
    return does(
        world,
        "key_worker",
        people.give_grant,
        world.records[HER],
        to_agency=world.agencies[to].id,
        groups=[FieldGroup.IDENTITY],
        asked_on=today,
        until=today + timedelta(days=30),
        how_asked="Over tea",
    )


def test_the_seventy_two_hours_run_from_knowing(world):
    made = breach(world)
    assert view(world, made).row.state == "69 hours left to tell"
    with time_machine.travel(timezone.now() + timedelta(hours=71)):
        assert view(world, made).row.state == "The 72 hours are over"
    does(world, "dp_lead", actions.report, made)
    assert view(world, made).row.state == "Told to the Information Commissioner"
    with pytest.raises(SettledAlready):
        does(world, "dp_lead", actions.report, made)


def test_what_a_worker_read_in_the_days_is_listed_by_code(world):
    names_seen(world, "key_worker", HER)
    names_seen(world, "key_worker", HER)
    names_seen(world, "outreach_worker", ("van", 2))
    read = view(world, breach(world)).read
    (line,) = read.lines
    assert (read.women, line.times, line.groups) == (1, 2, FieldGroup.IDENTITY.words)
    assert line.code.startswith("NV-")
    assert view(world, breach(world, worker=None)).read.women == 2


def test_what_was_read_on_other_days_is_not(world):
    names_seen(world, "key_worker", HER)
    before = timezone.localdate() - timedelta(days=1)
    assert view(world, breach(world, since=before - timedelta(days=3), until=before)).read.lines == ()


def test_stopping_all_sharing_shuts_every_door_and_setting_it_going_opens_those_again(world):
    agree(world)
    shares(world, record=("van", 0), signed="manager")
    made = breach(world)
    assert len(names_seen(world, "hostel_worker", HER)) == len(names_seen(world, "hostel_worker", ("van", 0))) == 1
    assert does(world, "dp_lead", actions.freeze, made) == 2
    assert names_seen(world, "hostel_worker", HER) == names_seen(world, "hostel_worker", ("van", 0)) == []
    with pytest.raises(SettledAlready):
        does(world, "dp_lead", actions.freeze, made)
    assert does(world, "dp_lead", actions.thaw, made) == 2
    assert len(names_seen(world, "hostel_worker", HER)) == len(names_seen(world, "hostel_worker", ("van", 0))) == 1


def test_what_she_agreed_anew_meanwhile_stands_and_what_is_over_stays_over(world):
    agree(world)
    shares(world, record=("van", 0), signed="manager")
    made = breach(world)
    does(world, "dp_lead", actions.freeze, made)
    agree(world)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert does(world, "dp_lead", actions.thaw, made) == 0
        assert len(names_seen(world, "hostel_worker", HER)) == 1
        assert names_seen(world, "hostel_worker", ("van", 0)) == []


def test_another_agencys_sharing_goes_on(world):
    shares(world, by="hostel_worker", record=("house", 2), to="van", signed="house_manager")
    does(world, "dp_lead", actions.freeze, breach(world))
    assert len(names_seen(world, "key_worker", ("house", 2))) == 1


def test_only_the_lead_of_the_agency_sees_it(world):
    made = breach(world)
    for persona in ("manager", "key_worker", "house_dp_lead", "system_admin"):
        with pytest.raises(NotFound):
            view(world, made, persona)
    with pytest.raises(Denied):
        breach(world, "manager")


def test_days_follow_each_other(world):
    today = timezone.localdate()
    for days in (
        {"since": today, "until": today - timedelta(days=1)},
        {"known_since": timezone.now() + timedelta(hours=1)},
    ):
        with pytest.raises(WrongDays):
            breach(world, **days)


def test_the_file_for_the_report_names_nobody(world, sign_in):
    names_seen(world, "key_worker", HER)
    made = breach(world)
    answer = sign_in("dp_lead").get(f"/rights/breaches/{made}/file/")
    text = answer.content.decode("utf-8-sig")
    assert "Women,1" in text
    assert "NV-" in text
    assert world.workers["key_worker"].name not in text

"""Break-glass (B7): one worker, one woman, four hours, noticed, reviewed, or the worker's reach ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.agencies import acting
from alongside.register.agencies.acting import memberships_of
from alongside.register.people import actions as people
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import emergency as actions
from alongside.register.rights.codes import Finding
from alongside.register.rights.models import EmergencyLook
from alongside.register.rights.queries import emergency as queries
from alongside.register.rights.refusals import NotComplete, SettledAlready
from alongside.register.rights.tests.doing import names_seen, refused_by_the_database, row_of
from tests.world import does

pytestmark = pytest.mark.django_db
VANS, HOUSES = ("van", 0), ("house", 0)


def looks(
    world, by="key_worker", record=VANS, held_by="house", groups=(FieldGroup.IDENTITY,), reason="She is bleeding"
):
    held = world.agencies[held_by].id
    return does(world, by, actions.look, world.records[record], held_by=held, groups=list(groups), reason=reason)


def roles(world, persona):
    return list(memberships_of(world.workers[persona], timezone.localdate()))


def test_one_worker_sees_one_woman_for_four_hours(linked):
    assert names_seen(linked, "key_worker", HOUSES) == []
    looks(linked)
    assert len(names_seen(linked, "key_worker", HOUSES)) == 1
    assert names_seen(linked, "key_worker", ("house", 2)) == []
    assert names_seen(linked, "outreach_worker", HOUSES) == []
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=59)):
        assert len(names_seen(linked, "key_worker", HOUSES)) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=4, seconds=1)):
        assert names_seen(linked, "key_worker", HOUSES) == []


def test_only_the_groups_that_she_named(linked):
    looks(linked, groups=(FieldGroup.WHEREABOUTS,))
    assert names_seen(linked, "key_worker", HOUSES) == []


def test_without_a_link_that_both_accepted_there_is_nothing_to_open(world):
    with pytest.raises(NotFound):
        looks(world)
    with pytest.raises(NotFound):
        looks(world, record=("van", 1))


def test_from_another_agencys_record_it_can_not_begin(linked):
    with pytest.raises(NotFound):
        looks(linked, record=HOUSES)


@pytest.mark.parametrize("lacking", [{"reason": "  "}, {"groups": ()}])
def test_a_reason_is_typed_and_groups_are_chosen(linked, lacking):
    with pytest.raises(NotComplete):
        looks(linked, **lacking)


def test_it_never_beats_an_exclusion(linked):
    worker = linked.workers["key_worker"].id
    does(linked, "hostel_worker", people.exclude, linked.records[HOUSES], worker=worker)
    with pytest.raises(NotFound):
        looks(linked)


def test_an_exclusion_made_later_shuts_what_was_open(linked):
    looks(linked)
    worker = linked.workers["key_worker"].id
    does(linked, "hostel_worker", people.exclude, linked.records[HOUSES], worker=worker)
    assert names_seen(linked, "key_worker", HOUSES) == []


def test_who_leads_for_her_is_told_too_whatever_her_role(linked):
    worker = linked.workers["hostel_worker"].id
    assert does(linked, "hostel_worker", queries.notices) == []
    does(linked, "hostel_worker", people.lead, linked.records[HOUSES], worker=worker)
    look = looks(linked)
    assert [row.id for row in does(linked, "hostel_worker", queries.notices)] == [look]


def test_those_who_keep_the_record_are_told_at_once(linked):
    look = looks(linked)
    for persona in ("house_dp_lead", "house_manager"):
        (told,) = does(linked, persona, queries.notices)
        assert (told.id, told.worker) == (look, linked.workers["key_worker"].name)
        assert told.code
    for persona in ("dp_lead", "outreach_worker", "coordinator", "contributor"):
        assert does(linked, persona, queries.notices) == []
    view = does(linked, "house_dp_lead", queries.look_view, look)
    assert view.reason == "She is bleeding"
    assert view.is_mine_to_review


def test_the_agency_that_looked_never_sees_the_holders_code(linked):
    look = looks(linked)
    assert does(linked, "key_worker", queries.look_view, look).row.code == ""
    assert does(linked, "dp_lead", queries.look_view, look).row.code == ""
    with pytest.raises(NotFound):
        does(linked, "outreach_worker", queries.look_view, look)


def test_she_closes_it_herself(linked):
    look = looks(linked)
    does(linked, "key_worker", actions.close, look)
    assert names_seen(linked, "key_worker", HOUSES) == []
    with pytest.raises(SettledAlready):
        does(linked, "key_worker", actions.close, look)


def test_nobody_else_closes_it(linked):
    look = looks(linked)
    with pytest.raises(SettledAlready):
        does(linked, "hostel_worker", actions.close, look)


def test_without_a_review_in_two_working_days_her_reach_ends_and_a_review_brings_it_back(linked):
    look = looks(linked)
    due = does(linked, "house_dp_lead", queries.look_view, look).row.review_due
    with time_machine.travel(due - timedelta(seconds=1)):
        assert len(roles(linked, "key_worker")) == 1
    with time_machine.travel(due):
        assert roles(linked, "key_worker") == []
        assert len(roles(linked, "outreach_worker")) == 1
        view = does(linked, "house_dp_lead", queries.look_view, look)
        assert view.row.state == "Not reviewed in time: her reach has ended"
        does(linked, "house_dp_lead", actions.review, look, finding=Finding.FITTING, why="She was")
        assert len(roles(linked, "key_worker")) == 1


def test_reviewed_in_time_nothing_ends(linked):
    look = looks(linked)
    does(
        linked, "house_dp_lead", actions.review, look, finding=Finding.TOO_MUCH, why="Only her whereabouts were needed"
    )
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert len(roles(linked, "key_worker")) == 1
    view = does(linked, "key_worker", queries.look_view, look)
    assert view.finding == Finding.TOO_MUCH.words
    with pytest.raises(SettledAlready):
        does(linked, "house_dp_lead", actions.review, look, finding=Finding.FITTING, why="Again")


def test_the_test_would_notice_a_reach_that_does_not_end(linked, monkeypatch):
    due = does(linked, "house_dp_lead", queries.look_view, looks(linked)).row.review_due
    monkeypatch.setattr(acting, "suspended_now", lambda: acting.Q(pk=None))
    with time_machine.travel(due):
        assert len(roles(linked, "key_worker")) == 1


def test_another_look_keeps_the_end_that_one_review_lifted(linked):
    first, second = looks(linked), looks(linked)
    does(linked, "house_dp_lead", actions.review, first, finding=Finding.FITTING, why="She was")
    due = does(linked, "house_dp_lead", queries.look_view, second).row.review_due
    with time_machine.travel(due):
        assert roles(linked, "key_worker") == []


def test_only_the_holders_lead_reviews_and_never_her_own(linked):
    look = looks(linked)
    facts = {"finding": Finding.FITTING, "why": "She was"}
    for persona in ("house_manager", "hostel_worker", "dp_lead", "key_worker"):
        with pytest.raises(Denied):
            does(linked, persona, actions.review, look, **facts)
    row = row_of(linked, "house_dp_lead", EmergencyLook, look)
    assert refused_by_the_database(linked, "house_dp_lead", row, reviewed_by=row.opened_by)
    assert not refused_by_the_database(linked, "house_dp_lead", row, reviewed_by=linked.workers["house_dp_lead"].id)


def test_a_look_at_the_own_agencys_record_is_reviewed_at_home(world):
    look = looks(world, record=("van", 1), held_by="van", groups=(FieldGroup.SEXUAL_VIOLENCE,))
    assert [row.id for row in does(world, "dp_lead", queries.notices)] == [look]
    assert does(world, "dp_lead", queries.look_view, look).row.code

"""Police and others ask: nothing is given while something is missing, nor before two others signed (T9)."""

from dataclasses import replace

import pytest
from django.utils import timezone

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people import actions as people
from alongside.register.rights.actions import outside as actions
from alongside.register.rights.actions.outside import Written
from alongside.register.rights.codes import Asker, Point, Power, Told, TurnedDownFor, YesNo
from alongside.register.rights.models import OutsideRequest
from alongside.register.rights.queries import outside as queries
from alongside.register.rights.refusals import NotAuthorised, NotComplete, OwnSignature, SettledAlready
from alongside.register.rights.tests.doing import refused_by_the_database, row_of
from tests.world import does

pytestmark = pytest.mark.django_db
HER = ("van", 1)


def whole(world, record=HER):
    return Written(
        asker=Asker.POLICE,
        received_on=timezone.localdate(),
        record=world.records[record],
        asked_by_whom="PC Example, Fernhill",
        in_writing=True,
        power=Power.CRIME,
        power_words="Robbery",
        purpose="Was she at the drop-in on Friday evening",
        necessity="No other witness",
        extract="Yes or no",
        is_harmed=YesNo.YES,
        points=(Point.HOLDS, Point.ENQUIRY, Point.PROPORTIONATE, Point.NOTICE),
        counselling=YesNo.NO,
        told=Told.BEFORE,
    )


def written(world, by="key_worker", **changed):
    return does(world, by, actions.write_down, replace(whole(world), **changed))


def state(world, request):
    return does(world, "dp_lead", queries.outside_view, request).row.state


def test_two_others_authorise_and_then_it_may_be_given(world):
    request = written(world)
    assert state(world, request) == "Waits for two signatures"
    assert does(world, "manager", actions.sign, request) is False
    assert state(world, request) == "Waits for the second signature"
    with pytest.raises(NotAuthorised):
        does(world, "key_worker", actions.give, request, how="Read out")
    assert does(world, "dp_lead", actions.sign, request) is True
    does(world, "key_worker", actions.give, request, how="One line, by letter")
    assert state(world, request) == "Given"
    view = does(world, "dp_lead", queries.outside_view, request)
    assert view.given_words == "One line, by letter"
    assert view.signatures[0].what == "Given"


def test_nobody_signs_her_own_or_twice(world):
    mine = written(world, by="manager")
    with pytest.raises(OwnSignature):
        does(world, "manager", actions.sign, mine)
    does(world, "dp_lead", actions.sign, mine)
    with pytest.raises(OwnSignature):
        does(world, "dp_lead", actions.sign, mine)
    does(world, "second_manager", actions.sign, mine)


@pytest.mark.parametrize(
    "signers", [("written_by", None), ("dp_lead", "written_by"), ("dp_lead", "dp_lead"), (None, "dp_lead")]
)
def test_the_database_refuses_one_who_signs_twice(world, signers):
    row = row_of(world, "key_worker", OutsideRequest, written(world))
    ids = {None: None, "written_by": row.written_by, "dp_lead": world.workers["dp_lead"].id}
    first, second = (ids[each] for each in signers)
    assert refused_by_the_database(world, "key_worker", row, signed_by=first, signed_again_by=second)


def test_the_database_takes_two_others(world):
    row = row_of(world, "key_worker", OutsideRequest, written(world))
    two = {"signed_by": world.workers["dp_lead"].id, "signed_again_by": world.workers["manager"].id}
    assert not refused_by_the_database(world, "key_worker", row, **two)
    assert refused_by_the_database(world, "key_worker", row, given_at=timezone.now(), signed_by=two["signed_by"])


@pytest.mark.parametrize("points", [(), (Point.HOLDS,), (Point.HOLDS, Point.ENQUIRY, Point.PROPORTIONATE)])
def test_it_is_not_signed_while_points_are_missing(world, points):
    request = written(world, points=points)
    with pytest.raises(NotComplete) as told:
        does(world, "manager", actions.sign, request)
    assert told.value.missing
    assert state(world, request) == "Points are missing"


def test_what_came_in_later_completes_it_until_somebody_signs(world):
    request = written(world, in_writing=False)
    does(world, "outreach_worker", actions.complete, request, written=whole(world))
    does(world, "manager", actions.sign, request)
    with pytest.raises(SettledAlready):
        does(world, "outreach_worker", actions.complete, request, written=whole(world))


def test_one_person_is_enough_to_say_no_and_it_is_counted(world):
    request, other = written(world), written(world)
    does(world, "manager", actions.turn_down, request, reason=TurnedDownFor.NO_POWER)
    for again in (actions.sign, actions.turn_down):
        facts = {"reason": TurnedDownFor.HARM} if again is actions.turn_down else {}
        with pytest.raises(SettledAlready):
            does(world, "dp_lead", again, request, **facts)
    today = timezone.localdate()
    counted = does(world, "dp_lead", queries.outcomes, today, today)
    assert (counted.asked, counted.given, counted.turned_down) == (2, 0, 1)
    assert counted.by_reason == ((TurnedDownFor.NO_POWER.words, 1),)
    assert [row.id for row in does(world, "dp_lead", queries.open_requests)] == [other]


def test_a_caseworker_does_not_authorise(world):
    with pytest.raises(Denied):
        does(world, "outreach_worker", actions.sign, written(world))
    with pytest.raises(Denied):
        does(world, "outreach_worker", actions.turn_down, written(world), reason=TurnedDownFor.HARM)


def test_nobody_elsewhere_reaches_it(world):
    request = written(world)
    for persona in ("hostel_worker", "house_dp_lead", "coordinator", "contributor", "commissioner"):
        with pytest.raises(NotFound):
            does(world, persona, queries.outside_view, request)
    with pytest.raises(NotFound):
        does(world, "hostel_worker", actions.write_down, whole(world))


def test_who_is_kept_from_her_sees_no_request_about_her(world):
    request = written(world)
    does(world, "key_worker", people.exclude, world.records[HER], worker=world.workers["outreach_worker"].id)
    with pytest.raises(NotFound):
        does(world, "outreach_worker", queries.outside_view, request)
    assert does(world, "outreach_worker", queries.register) == []
    assert len(does(world, "key_worker", queries.register)) == 1


def test_a_request_about_nobody_known_is_kept_too(world):
    request = written(world, record=None)
    assert does(world, "key_worker", queries.outside_view, request).row.code == ""

"""A question that is kept is what the ORM would ask, for whoever asks it, at whatever time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db.models import F, Q
from django.utils import timezone

from alongside.foundation.gate import questions
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.questions import Question
from alongside.register.agencies.models import Membership

pytestmark = pytest.mark.django_db


def mine(actor):
    return Membership.objects.filter(agency_id=actor.agency).order_by("id")


def test_each_asker_gets_her_own(world):
    ask = Question(mine)
    for persona in ("key_worker", "hostel_worker", "outreach_worker"):
        actor = world.actor(persona)
        assert ask(actor) == list(mine(actor)) != []
    assert len(set(ask._kept)) == 3  # one for each role: a rule may ask for roles
    assert ask(NOBODY) == list(mine(NOBODY)) == []


def test_values_are_put_in_anew(world):
    ask = Question(lambda _, ids, since: Membership.objects.filter(AnyOf(F("id"), ids), since=since).order_by("id"))
    every = [each.id for each in world.memberships.values()]
    assert {each.id for each in ask(NOBODY, ids=every, since=date(2020, 1, 1))} == {*every}
    assert [each.id for each in ask(NOBODY, ids=every[:1], since=date(2020, 1, 1))] == every[:1]
    assert ask(NOBODY, ids=every, since=date(2020, 1, 2)) == ask(NOBODY, ids=[], since=date(2020, 1, 1)) == []


def test_time_goes_on(world):
    world.memberships["key_worker"].until = date(2031, 5, 1)
    world.memberships["key_worker"].save()
    ask = Question(
        lambda _, worker: Membership.objects.filter(Q(until=None) | Q(until__gte=timezone.localdate()), worker=worker)
    )
    her = world.workers["key_worker"].id
    with time_machine.travel(date(2031, 5, 1), tick=False):
        assert len(ask(NOBODY, worker=her)) == 1
    with time_machine.travel(date(2031, 5, 2), tick=False):
        assert ask(NOBODY, worker=her) == []


def test_columns_alone_and_limits(world):
    ask = Question(lambda _, most: Membership.objects.order_by("id").values_list("id", flat=True)[:most])
    every = sorted(each.id for each in world.memberships.values())
    assert ask(NOBODY, most=2) == every[:2]
    assert ask(NOBODY, most=3) == every[:3]


@pytest.mark.parametrize("moment", [timedelta(days=-1), timedelta(hours=1)])
def test_a_moment_that_is_not_now_can_not_be_kept(world, moment):
    when = timezone.now() + moment
    with pytest.raises(ValueError, match="moment"):
        Question(lambda _: Membership.objects.filter(worker__made_at__lt=when))(NOBODY)
    with pytest.raises(ValueError, match="day"):
        Question(lambda _: Membership.objects.filter(since=date(2020, 1, 1)))(NOBODY)
    with pytest.raises(TypeError):
        Question(lambda _, role: Membership.objects.filter(role=role))(NOBODY, role="key worker")


def test_a_question_that_looked_at_who_asked_first_would_be_found(world):
    first = world.actor("key_worker").agency
    ask = Question(lambda actor: Membership.objects.filter(agency_id=first if actor.agency != first else uuid4()))
    ask(world.actor("key_worker"))
    assert questions.differed
    questions.differed.clear()


def test_nothing_to_ask_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Question(lambda _: Membership.objects.none())(Actor(agency=uuid4())) == []

"""A shift that begins and ends on a phone without a signal, and what may stand in the way."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.codes import LookOutReason, Way
from alongside.casework.contacts.models import Shift
from alongside.casework.contacts.queries import shift_page
from alongside.casework.contacts.rules.standards import Crew, ShiftPlan
from alongside.foundation.gate.level import acting_as
from alongside.phone.codes import HeldFor
from alongside.phone.tests.conftest import SetUp
from alongside.phone.tonight import planned_shift, tonights_list
from tests.world import World

NIGHT = UUID(int=90)


def tells(phone: SetUp, kind: str, at: datetime, shift: UUID = NIGHT, **more: Any) -> Any:
    event = phone.event(kind=kind, shift=str(shift), at=at.isoformat(), **more)
    del event["outcome"], event["place"]
    return phone.post(phone.envelope(event))


def night(phone: SetUp, shift: UUID = NIGHT) -> Shift:
    with acting_as(phone.world.actor(phone.persona)):
        found: Shift = Shift.objects.unscoped("a test").get(pk=shift)
        return found


def held_for(phone: SetUp) -> list[str]:
    return [each.held_for for each in phone.envelopes()]


def planned(world: World, hours: int = 0) -> UUID:
    actor = world.actor("outreach_worker")
    starts = timezone.now() + timedelta(hours=hours)
    plan = ShiftPlan(starts, starts + timedelta(hours=5), crew=(Crew(actor.user),))  # type: ignore[arg-type]
    with acting_as(actor):
        return contacts.plan_shift(actor, plan=plan)[0]


def test_a_whole_night_arrives_in_the_morning(phone: SetUp, world: World) -> None:
    began = timezone.now() - timedelta(hours=6)
    tells(phone, "begin", began)
    phone.sends(shift=str(NIGHT), at=(began + timedelta(hours=1)).isoformat(), record=str(world.records["van", 1]))
    tells(phone, "safe", began + timedelta(hours=3))
    tells(
        phone, "end", began + timedelta(hours=5), said=["named_services:yes", "early_and_late:no"], hand_over="Zqquiet"
    )
    assert held_for(phone) == ["", "", "", ""]
    row = night(phone)
    assert (row.begun_at, row.safety_call_at, row.ended_at) == tuple(
        began + timedelta(hours=each) for each in (0, 3, 5)
    )
    assert row.said == {"named_services": "yes", "early_and_late": "no"}
    actor = world.actor(phone.persona)
    with acting_as(actor):
        told = shift_page(actor, NIGHT)
    assert (told.hand_over, told.counts[0]) == ("Zqquiet", 1)
    assert [each.worker for each in told.row.crew] == [actor.user]
    assert b"Zqquiet" not in bytes(row.hand_over)


def test_the_planned_one_begins_and_keeps_its_crew(phone: SetUp, world: World) -> None:
    shift = planned(world)
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        assert planned_shift(actor) == str(shift)
    other = world.actor("key_worker")
    with acting_as(other):
        assert planned_shift(other) is None
    at = timezone.now() - timedelta(minutes=5)
    tells(phone, "begin", at, shift)
    assert night(phone, shift).begun_at == at


@pytest.mark.parametrize("kind", ["begin", "safe", "end"])
def test_five_times_the_same_is_once(phone: SetUp, kind: str) -> None:
    at = timezone.now() - timedelta(hours=1)
    tells(phone, "begin", at)
    event = phone.event(kind=kind, shift=str(NIGHT), at=(at + timedelta(minutes=9)).isoformat())
    del event["outcome"], event["place"]
    envelope = phone.envelope(event)
    assert {phone.post(envelope).status_code for _ in range(5)} == {200}
    assert len(phone.envelopes()) == 2
    assert held_for(phone) == ["", ""]
    assert night(phone).begun_at == at


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_wrong_clock_is_put_right(phone: SetUp, hours: int) -> None:
    happened, wrong = timezone.now() - timedelta(minutes=30), timedelta(hours=hours)
    event = phone.event(kind="begin", shift=str(NIGHT), at=(happened + wrong).isoformat())
    del event["outcome"], event["place"]
    phone.post(phone.envelope(event, clock=(timezone.now() + wrong).isoformat()))
    assert abs(night(phone).begun_at - happened) < timedelta(seconds=30)  # type: ignore[operator]


def test_an_earlier_safety_call_that_comes_later_changes_nothing(phone: SetUp) -> None:
    began = timezone.now() - timedelta(hours=5)
    tells(phone, "begin", began)
    tells(phone, "end", began + timedelta(hours=4))
    for hours in (3, 2):
        tells(phone, "safe", began + timedelta(hours=hours))
    assert night(phone).safety_call_at == began + timedelta(hours=3)
    assert held_for(phone) == ["", "", "", ""]


# --- what stands in the way is a reason


def test_a_shift_that_was_called_off_meanwhile(phone: SetUp, world: World) -> None:
    shift = planned(world)
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        contacts.call_off(actor, shift)
    tells(phone, "begin", timezone.now(), shift)
    assert held_for(phone) == [HeldFor.SHIFT_OVER]


def test_the_end_of_a_shift_that_nobody_knows(phone: SetUp) -> None:
    tells(phone, "end", timezone.now(), uuid4())
    assert held_for(phone) == [HeldFor.SHIFT_GONE]


def test_another_agencys_shift(phone: SetUp, world: World) -> None:
    house = world.actor("hostel_worker")
    with acting_as(house):
        theirs = contacts.begin_shift(house, id=uuid4())
    for kind in ("begin", "safe", "end"):
        tells(phone, kind, timezone.now(), theirs)
    assert held_for(phone) == [HeldFor.SHIFT_GONE] * 3


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("begin", {"note": "Zqname"}, HeldFor.EXTRA_WORDS),
        ("begin", {"hand_over": "Zqname"}, HeldFor.EXTRA_WORDS),
        ("safe", {"record": str(uuid4())}, HeldFor.EXTRA_WORDS),
        ("end", {"worry": "afraid"}, HeldFor.EXTRA_WORDS),
        ("end", {"hand_over": "x" * 1001}, HeldFor.NOT_UNDERSTOOD),
        ("end", {"said": 5}, HeldFor.NOT_UNDERSTOOD),
        ("pause", {}, HeldFor.NOT_UNDERSTOOD),
    ],
)
def test_what_is_not_taken_of_a_shift_is_held(phone: SetUp, kind: str, more: dict[str, Any], why: HeldFor) -> None:
    tells(phone, kind, timezone.now(), **more)
    assert held_for(phone) == [why]


def test_an_answer_to_a_standard_that_is_none_is_left_out(phone: SetUp) -> None:
    tells(phone, "begin", timezone.now())
    tells(phone, "end", timezone.now(), said=["named_services:maybe", "two_trained:yes", "x"])
    assert night(phone).said == {}


# --- what a phone carries about reaching her


def test_the_list_says_what_not_to_do_and_never_what_she_said(phone: SetUp, world: World) -> None:
    actor, her = world.actor("outreach_worker"), world.records["van", 1]
    with acting_as(actor):
        until = timezone.localdate() + timedelta(days=3)
        contacts.look_out(actor, record=her, reason=LookOutReason.MESSAGE, until=until)
        contacts.tell_safe_contact(actor, record=her, ways={Way.CALLS: "no", Way.TEXTS: "yes"}, words="Zqask for Jay")
        told = tonights_list(actor)
    (woman,) = told.women
    assert woman.alerts[0] == "Don’t call her"
    assert "Zqask" not in str(told.as_json())

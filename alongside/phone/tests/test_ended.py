"""Rights that ended since the phone was given them: a contact is kept and held, and the phone is told to delete."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.codes import LookOutReason
from alongside.foundation.gate.level import acting_as
from alongside.phone.actions import close_phone, take_list
from alongside.phone.codes import HeldFor
from alongside.phone.tests.conftest import SetUp
from alongside.phone.tests.test_receiving import held_for
from alongside.register.agencies.suspending import suspend_from
from alongside.register.people import actions as people
from alongside.register.people.codes import StandingKind
from alongside.register.traces.actions import erase_record
from tests.world import World, does


def test_a_record_out_of_reach_is_held(phone: SetUp, world: World) -> None:
    assert phone.sends(record=str(world.records["house", 2])).status_code == 200
    assert held_for(phone) == HeldFor.OUT_OF_REACH


def test_the_answer_tells_nothing_of_what_became_of_it(phone: SetUp, world: World) -> None:
    """Another agency's woman, nobody at all, and her own agency's: one answer."""
    answers = [
        phone.sends(record=str(record)) for record in (world.records["house", 2], uuid4(), world.records["van", 1])
    ]
    assert len({(answer.status_code, *sorted(answer.json())) for answer in answers}) == 1


def test_a_worker_who_left_loses_no_contact(phone: SetUp, world: World) -> None:
    membership = world.memberships["outreach_worker"]
    membership.until = date.today() - timedelta(days=1)
    membership.save()
    answer = phone.sends()
    assert (answer.status_code, answer.json()["wipe"]) == (200, True)
    assert held_for(phone) == HeldFor.CLOSED_PHONE


def test_what_a_suspended_worker_sends_is_held(phone: SetUp, world: World) -> None:
    worker, agency = world.workers["outreach_worker"], world.agencies["van"]
    suspend_from(worker.id, agency.id, begins=timezone.now() - timedelta(days=1), cause=uuid4())
    assert phone.sends().status_code == 200
    assert held_for(phone) == HeldFor.CLOSED_PHONE


def test_a_closed_account_is_told_to_delete(phone: SetUp, world: World) -> None:
    worker = world.workers["outreach_worker"]
    worker.is_active = False
    worker.save()
    assert phone.sends().json()["wipe"] is True


def test_a_lost_phone_may_give_and_must_delete(phone: SetUp, world: World) -> None:
    with acting_as(world.actor("manager")):
        close_phone(world.actor("manager"), phone.token.id)
    answer = phone.sends()
    assert (answer.status_code, answer.json()["wipe"]) == (200, True)
    assert held_for(phone) == HeldFor.CLOSED_PHONE
    device = phone.device()
    assert device.closed_by == world.workers["manager"].id
    assert device.wiped_at is not None


def carries_tonights_list(phone: SetUp, world: World) -> UUID:
    record = world.records["van", 1]
    tomorrow = timezone.localdate() + timedelta(days=1)
    does(world, "outreach_worker", contacts.look_out, record=record, reason=LookOutReason.WORRY, until=tomorrow)
    does(world, "outreach_worker", take_list, device=phone.token.id)
    return record


def keeps_out(world: World, record: UUID) -> None:
    does(world, "key_worker", people.exclude, record, worker=world.workers["outreach_worker"].id)


def dies(world: World, record: UUID) -> None:
    does(world, "key_worker", people.note_standing, record, kind=StandingKind.DIED)


def is_erased(world: World, record: UUID) -> None:
    does(world, "dp_lead", erase_record, record)


@pytest.mark.parametrize("happens", [keeps_out, dies, is_erased])
def test_whom_she_may_not_know_about_goes_from_her_phone_with_its_next_call(
    phone: SetUp, world: World, happens: Callable[[World, UUID], None]
) -> None:
    """3b. The whole list goes: which woman it was, it is not told."""
    record = carries_tonights_list(phone, world)
    assert phone.post({}).json()["forget_list"] is phone.sends().json()["forget_list"] is False
    happens(world, record)
    for answer in (phone.post({}), phone.sends(), phone.post({})):  # an answer may be lost on its way: told each time
        assert (answer.json()["forget_list"], answer.json()["wipe"]) == (True, False)
    does(world, "outreach_worker", take_list, device=phone.token.id)
    assert phone.post({}).json()["forget_list"] is False, "the new one is without her"


def test_a_colleague_kept_out_changes_nothing_on_her_phone(phone: SetUp, world: World) -> None:
    record = carries_tonights_list(phone, world)
    does(world, "key_worker", people.exclude, record, worker=world.workers["hostel_worker"].id)
    assert phone.post({}).json()["forget_list"] is False


def test_the_second_pin_takes_the_phone_out_of_use(phone: SetUp) -> None:
    assert phone.post({"leave": True}).json()["wipe"] is True
    assert phone.device().closed_at is not None
    assert phone.post({}).json()["wipe"] is True


def test_what_comes_with_the_second_pin_is_held(phone: SetUp) -> None:
    """The greeting goes before the envelope that it comes with."""
    answer = phone.post(phone.envelope(phone.event(), leave=True))
    assert answer.json()["wipe"] is True
    assert held_for(phone) == HeldFor.CLOSED_PHONE
    assert phone.device().wiped_at is not None

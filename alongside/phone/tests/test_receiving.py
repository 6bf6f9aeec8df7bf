"""Each envelope once, whatever happens on the way; what can't be taken in is held, and the phone learns nothing."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.queries import timeline
from alongside.casework.contacts.rules.ground import read_boundaries
from alongside.casework.contacts.tests.test_ground import file_of, shape
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.foundation.vault.keys import KeysUnreachable
from alongside.foundation.vault.outbox import seal_for
from alongside.phone import applying
from alongside.phone.codes import HeldFor
from alongside.phone.tests.conftest import SetUp, set_up
from alongside.phone.tonight import ground
from tests.world import World, canary

HERS = canary("riverside", "van", 1, "name")


def held_for(phone: SetUp) -> str:
    envelope = phone.envelopes()[-1]
    return envelope.held_for if envelope.state == "held" else envelope.state


# --- it works


def test_a_contact_arrives_as_it_was_told(phone: SetUp, world: World, hour_ago: datetime) -> None:
    record = world.records["van", 1]
    told = {"staying": "outside", "given": {"condoms": 2}, "topics": ["health"], "worry": "hurt", "note": "She laughed"}
    answer = phone.sends(at=hour_ago.isoformat(), record=str(record), **told)
    assert (answer.status_code, answer.json()["wipe"]) == (200, False)
    (contact,) = phone.contacts()
    assert (contact.pk, contact.record_id, contact.occurred_at) == (phone.only().op, record, hour_ago)
    assert (contact.staying, contact.given) == ("outside", {"condoms": 2})
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        (row,) = timeline(actor, [record])
    assert (row.topics, row.worry, row.note) == (("Health",), "Hurt", "She laughed")
    assert contact.occurred_by == contact.recorded_by == world.workers["outreach_worker"].id
    assert held_for(phone) == "taken_in"


def test_a_woman_met_for_the_first_time_gets_a_record(phone: SetUp, world: World) -> None:
    phone.sends(called="Red coat")
    (contact,) = phone.contacts()
    assert contact.record_id not in world.records.values()


def test_seen_and_did_not_stop_counts_without_a_name(phone: SetUp) -> None:
    phone.sends(outcome="seen")
    (contact,) = phone.contacts()
    assert (contact.outcome, contact.staying) == ("seen", "")


def test_what_was_not_asked_stays_unasked(phone: SetUp, world: World) -> None:
    phone.sends(record=str(world.records["van", 1]))
    (contact,) = phone.contacts()
    assert (contact.staying, contact.matters, contact.next_step, contact.given) == ("", None, "", {})


# --- once


def test_the_same_envelope_five_times_is_one_contact(phone: SetUp) -> None:
    envelope = phone.envelope(phone.event())
    answers = [phone.post(envelope) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({answer.json()["received_at"] for answer in answers}) == 1
    assert len(phone.envelopes()) == len(phone.contacts()) == 1


def test_the_same_number_with_another_body_is_refused(phone: SetUp) -> None:
    first, event = phone.event(), None
    assert phone.post(phone.envelope(first)).status_code == 200
    event = {**first, "staying": "outside"}
    assert phone.post(phone.envelope(event)).status_code == 409
    (contact,) = phone.contacts()
    assert contact.staying == ""
    assert len(phone.envelopes()) == 1


def test_two_phones_with_one_contacts_number(phone: SetUp, world: World) -> None:
    other = set_up(world, "key_worker")
    event = phone.event()
    phone.sends(op=event["op"])
    other.sends(op=event["op"], staying="outside")
    assert (held_for(phone), held_for(other)) == ("taken_in", HeldFor.OTHER_BODY)
    assert len(phone.contacts()) == 1


def test_nothing_is_acknowledged_that_is_not_kept(phone: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the answer could not be made")

    phone.client.raise_request_exception = False
    with monkeypatch.context() as planted:
        planted.setattr("alongside.phone.pages.sync.JsonResponse", broken)
        assert phone.sends().status_code == 500
    assert phone.envelopes() == phone.contacts() == []


# --- the bad input, each with what becomes of it


@pytest.mark.parametrize("hours", [-48, -1, 1, 48])
def test_a_wrong_clock_is_put_right_and_told(phone: SetUp, hours: int) -> None:
    now, wrong = timezone.now(), timedelta(hours=hours)
    happened = now - timedelta(minutes=30)
    answer = phone.sends(clock=now + wrong, at=(happened + wrong).isoformat())
    (contact,), envelope = phone.contacts(), phone.only()
    assert abs(contact.occurred_at - happened) < timedelta(seconds=30)
    assert envelope.claimed_at == happened + wrong
    assert abs(envelope.received_at - now) < timedelta(seconds=30)
    assert abs(answer.json()["skew_seconds"] - wrong.total_seconds()) < 30
    assert abs(phone.device().skew_seconds - wrong.total_seconds()) < 30


def test_a_clock_off_by_minutes_is_believed(phone: SetUp) -> None:
    now = timezone.now()
    phone.sends(clock=now - timedelta(minutes=9), at=(now - timedelta(minutes=20)).isoformat())
    assert phone.contacts()[0].occurred_at == now - timedelta(minutes=20)


def test_nothing_happened_after_it_arrived(phone: SetUp) -> None:
    """A clock that was put right between writing and sending."""
    phone.sends(at=(timezone.now() + timedelta(hours=48)).isoformat())
    assert phone.contacts()[0].occurred_at == phone.only().received_at


def test_a_contact_from_an_area_closed_meanwhile_keeps_it(phone: SetUp, world: World) -> None:
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        area = contacts.keep_area(coordinator, name="Mill Lane")
        contacts.close_area(coordinator, area)
    phone.sends(area=str(area))
    assert phone.contacts()[0].area_id == area


def test_a_hexagon_is_the_finest_place_a_phone_can_tell(phone: SetUp, world: World) -> None:
    cell = "88195da49dfffff"
    phone.sends(hexagon=cell)
    assert phone.contacts()[0].hexagon == cell
    phone.sends(hexagon="89195da49d3ffff")
    assert held_for(phone) == HeldFor.NOT_UNDERSTOOD
    assert len(phone.contacts()) == 1


def test_a_phone_is_told_the_hexagons_of_each_area(phone: SetUp, world: World) -> None:
    actor = world.actor("coordinator")
    with acting_as(actor):
        contacts.draw_areas(actor, boundaries=read_boundaries(file_of(shape("Mill Lane"))))
        contacts.keep_area(actor, name="Not drawn")
    worker = world.actor("outreach_worker")
    with acting_as(worker):
        told = ground(worker)
    assert [(area["words"], len(area["hexagons"]) > 0) for area in told] == [("Mill Lane", True), ("Not drawn", False)]
    assert told[0]["hexagons"][0]["words"] == "Mill Lane 1"


def test_an_area_that_nobody_knows_is_held(phone: SetUp) -> None:
    assert phone.sends(area=str(uuid4())).status_code == 200
    assert held_for(phone) == HeldFor.PLACE_GONE
    assert phone.contacts() == []


def test_a_shift_that_nobody_knows_is_held(phone: SetUp) -> None:
    phone.sends(shift=str(uuid4()))
    assert held_for(phone) == HeldFor.SHIFT_GONE


def test_a_name_in_a_note_that_is_not_taken_is_held_sealed(phone: SetUp, caplog: pytest.LogCaptureFixture) -> None:
    phone.sends(outcome="seen", note=f"It was {HERS}")
    assert held_for(phone) == HeldFor.EXTRA_WORDS
    assert HERS.encode() not in bytes(phone.only().sealed)
    assert HERS not in caplog.text
    assert phone.contacts() == []


def test_a_field_that_nobody_knows_is_held(phone: SetUp) -> None:
    phone.sends(surname=HERS)
    assert held_for(phone) == HeldFor.EXTRA_WORDS


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"version": 2}, HeldFor.NOT_UNDERSTOOD),
        ({"outcome": "vanished"}, HeldFor.NOT_UNDERSTOOD),
        ({"outcome": ["met"]}, HeldFor.NOT_UNDERSTOOD),
        ({"staying": "somewhere unknown"}, HeldFor.NOT_UNDERSTOOD),
        ({"given": {"gold": 1}}, HeldFor.NOT_UNDERSTOOD),
        ({"given": {"condoms": -1}}, HeldFor.NOT_UNDERSTOOD),
        ({"given": ["condoms"]}, HeldFor.NOT_UNDERSTOOD),
        ({"topics": "health"}, HeldFor.NOT_UNDERSTOOD),
        ({"topics": 5}, HeldFor.NOT_UNDERSTOOD),
        ({"record": "not an id"}, HeldFor.NOT_UNDERSTOOD),
        ({"called": "x" * 81}, HeldFor.NOT_UNDERSTOOD),
        ({"note": 7}, HeldFor.NOT_UNDERSTOOD),
        ({"at": "last night"}, HeldFor.NOT_UNDERSTOOD),
        ({"at": 5}, HeldFor.NOT_UNDERSTOOD),
        ({"at": "2026-01-01T02:00:00"}, HeldFor.BAD_TIME),
        ({"at": "1970-01-01T00:00:00+00:00"}, HeldFor.BAD_TIME),
        ({"device": str(uuid4())}, HeldFor.SEALED_WRONG),
    ],
)
def test_what_is_not_understood_is_held(phone: SetUp, told: dict[str, Any], why: HeldFor) -> None:
    assert phone.sends(**told).status_code == 200
    assert held_for(phone) == why


@pytest.mark.parametrize("plain", [b"", b"[]", b"7", b"\xff\xfe", b"{", b'"words"'])
def test_what_is_no_event_at_all_is_held(phone: SetUp, plain: bytes) -> None:
    whole = base64.b64encode(seal_for(phone.agency, plain)).decode()
    assert phone.post({"op": str(uuid4()), "number": 1, "sealed": whole}).status_code == 200
    assert held_for(phone) == HeldFor.NOT_UNDERSTOOD


def test_what_does_not_open_is_held(phone: SetUp, world: World) -> None:
    for_another = seal_for(world.agencies["house"].id, json.dumps(phone.event()).encode())
    for number, blob in enumerate((for_another, b"", b"short", b"\x04" * 300), 1):
        whole = base64.b64encode(blob).decode()
        assert phone.post({"op": str(uuid4()), "number": number, "sealed": whole}).status_code == 200
    assert [each.held_for for each in phone.envelopes()] == [HeldFor.SEALED_WRONG] * 4


def test_an_envelope_sent_under_another_number_is_held(phone: SetUp) -> None:
    phone.post(phone.envelope(phone.event(), op=str(uuid4())))
    assert held_for(phone) == HeldFor.SEALED_WRONG


def test_a_fault_of_ours_loses_nothing(
    phone: SetUp, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(applying.contacts, "record_contact", broken)
    assert phone.sends(called=HERS).status_code == 200
    assert held_for(phone) == HeldFor.FAULT
    assert HERS not in caplog.text


@pytest.mark.parametrize("fault", [KeysUnreachable, OperationalError])
def test_while_we_are_ill_nothing_is_acknowledged(
    phone: SetUp, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    """Keys or database out of reach: the phone keeps it and tries again."""

    def ill(*_: Any, **__: Any) -> Any:
        raise fault

    phone.client.raise_request_exception = False
    envelope = phone.envelope(phone.event())
    with monkeypatch.context() as planted:
        planted.setattr(applying.contacts, "record_contact", ill)
        assert phone.post(envelope).status_code >= 500
    assert phone.envelopes() == phone.contacts() == []
    assert phone.post(envelope).status_code == 200
    assert len(phone.contacts()) == 1


def test_a_phone_whose_envelope_is_refused_was_there_all_the_same(phone: SetUp) -> None:
    first = phone.event()
    phone.post(phone.envelope(first))
    seen = phone.device().seen_at
    assert phone.post(phone.envelope({**first, "staying": "outside"})).status_code == 409
    device = phone.device()
    assert seen is not None
    assert device.seen_at is not None
    assert device.seen_at > seen
    assert device.highest == 1


# --- the door


def test_a_stranger_finds_nothing(phone: SetUp, world: World) -> None:
    other = set_up(build_other(), "outreach_worker")
    mixed = Token(other.token.agency, phone.token.id, phone.token.secret)
    wrong = Token(phone.token.agency, phone.token.id, "x" * 43)
    unknown = Token(uuid4(), phone.token.id, phone.token.secret)
    for token in ("", "x", "a.b.c", str(mixed), str(wrong), str(unknown)):
        answer = phone.post(phone.envelope(phone.event()), token=token)
        assert answer.status_code == 404, token
    assert phone.envelopes() == []


def build_other() -> World:
    from tests.world import build

    return build("lakeside")


def test_a_get_finds_nothing(phone: SetUp) -> None:
    assert phone.client.get("/phone/sync/", headers={"authorization": f"Bearer {phone.token}"}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        {"op": "x", "number": 1, "sealed": ""},
        {"op": str(uuid4()), "number": 0, "sealed": ""},
        {"op": str(uuid4()), "number": True, "sealed": ""},
        {"op": str(uuid4()), "number": 2**31, "sealed": ""},
        {"op": str(uuid4()), "number": 1, "sealed": "not base64!"},
        {"op": str(uuid4()), "number": 1, "sealed": base64.b64encode(b"x" * 16_385).decode()},
    ],
)
def test_what_no_phone_sends_is_refused_and_kept_by_the_phone(phone: SetUp, body: Any) -> None:
    assert phone.post(body).status_code == 400
    assert phone.envelopes() == []


@pytest.mark.parametrize("clock", [None, 5, "noon", "2026-01-01T00:00:00", "9999-12-31T23:59:59+00:00"])
def test_any_clock_is_survived(phone: SetUp, clock: Any) -> None:
    assert phone.post(phone.envelope(phone.event(), clock=clock)).status_code == 200


def test_the_secret_lies_nowhere(phone: SetUp) -> None:
    assert phone.token.secret.encode() not in bytes(phone.device().token_digest)
    assert len(bytes(phone.device().token_digest)) == 32

"""Getting a phone ready, taking one out of use, handing in a sealed file, and settling what was held."""

import json
from base64 import b64decode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.codes import LookOutReason
from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.models import TrailRow
from alongside.foundation.vault.outbox import outbox_public_key
from alongside.phone.models import Device
from alongside.phone.pages.phones import facts_of
from alongside.phone.queries import phones
from alongside.phone.tests.conftest import SetUp, set_up
from tests.world import World, canary

HERS = canary("riverside", "van", 1, "name")


@pytest.fixture(autouse=True)
def _demo(settings: LazySettings) -> None:
    settings.DEMO = True


def browser(world: World, persona: str) -> Client:
    """Signed in, as one enters the demo: without a second factor."""
    client = Client()
    client.force_login(world.workers[persona], backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["entered_demo"] = True
    session.save()
    return client


@pytest.fixture
def desk(world: World) -> Client:
    return browser(world, "key_worker")


# --- getting ready


def test_setting_up_tells_the_phone_what_it_needs(world: World, desk: Client) -> None:
    told = desk.post("/phone/set-up/", {"name": "  Van   phone "}).json()
    agency = world.agencies["van"].id
    with acting_as(world.actor("key_worker")):
        device = Device.objects.unscoped("a test").get()
    assert (device.name, str(device.pk), told["agency"]) == ("Van phone", told["device"], str(agency))
    assert b64decode(told["key"]) == outbox_public_key(agency)
    assert told["token"].startswith(f"{agency}.{device.pk}.")


def test_the_list_holds_what_she_is_called_and_why_and_no_more(world: World, phone: SetUp) -> None:
    actor, record = world.actor("outreach_worker"), world.records["van", 1]
    with acting_as(actor):
        until = timezone.localdate() + timedelta(days=3)
        contacts.look_out(actor, record=record, reason=LookOutReason.WORRY, until=until, words="Her words stay at home")
    answer = browser(world, "outreach_worker").post("/phone/tonight/", {"device": str(phone.token.id)})
    told = answer.json()["list"]
    (hers,) = told["women"]
    assert hers == {
        "record": str(record),
        "called": HERS,
        "why": "Someone is worried about her",
        "alerts": ["Someone is worried about her"],
    }
    assert b"stay at home" not in answer.content
    assert len(told["share"]) == 44
    assert phone.device().list_taken_by == world.workers["outreach_worker"].id


def test_her_list_goes_to_her_own_phone_in_use_only(world: World, phone: SetUp, desk: Client) -> None:
    for device in (phone.token.id, uuid4(), "no id", ""):
        assert desk.post("/phone/tonight/", {"device": str(device)}).status_code == 404
    own = browser(world, "outreach_worker")
    assert own.post("/phone/tonight/", {"device": str(phone.token.id)}).status_code == 200
    own.post(f"/phone/phones/{phone.token.id}/close/")
    assert own.post("/phone/tonight/", {"device": str(phone.token.id)}).status_code == 404


def test_the_app_is_the_same_for_everyone(world: World, desk: Client) -> None:
    for path in ("/phone/", "/phone/help/", "/phone/service.js", "/phone/app.webmanifest"):
        inside, outside = desk.get(path), Client().get(path)
        assert inside.status_code == outside.status_code == 200
        assert inside.content == outside.content
        assert b"csrfmiddlewaretoken" not in inside.content
        assert b"Example" not in inside.content  # a worker's name


def test_name_and_icon_tell_nothing(db: None) -> None:
    told = Client().get("/phone/app.webmanifest").json()
    assert {told["name"], told["short_name"]} == {"Alongside"}
    assert told["start_url"] == told["scope"] == "/phone/"


def test_the_service_worker_keeps_files_that_are_there(db: None) -> None:
    code = Client().get("/phone/service.js").content.decode()
    shell = json.loads(code.split("\n")[0].removeprefix("const SHELL = ").removesuffix(";"))
    client = Client()
    for path in shell["files"]:
        in_files = path.startswith("/static/") and finders.find(path.removeprefix("/static/"))
        assert in_files or client.get(path).status_code == 200, path
    assert not [path for path in shell["files"] if path.startswith("/phone/ready")]


# --- the agency's phones


def test_what_never_arrived_is_said(phone: SetUp, world: World) -> None:
    phone.numbers = 4
    phone.sends()
    phone.sends()
    with acting_as(world.actor("manager")):
        (row,) = phones(world.actor("manager"))
    assert (row.received, row.missing, row.is_own) == (2, 4, False)
    assert "4 contacts recorded on it never arrived" in facts_of(row)[0]


def test_a_clock_that_is_wrong_is_said(phone: SetUp, desk: Client) -> None:
    phone.sends(clock=timezone.now() + timedelta(hours=48))
    assert "Its clock is 48 hours fast" in desk.get("/phone/phones/").content.decode()
    phone.sends(clock=timezone.now() - timedelta(minutes=11))
    assert "Its clock is 11 minutes slow" in desk.get("/phone/phones/").content.decode()
    phone.sends(clock=timezone.now() + timedelta(minutes=9))
    assert "Its clock" not in desk.get("/phone/phones/").content.decode()


def test_taken_out_of_use_twice_is_once(phone: SetUp, desk: Client, world: World) -> None:
    for _ in range(2):
        assert desk.post(f"/phone/phones/{phone.token.id}/close/").status_code == 302
    assert phone.device().closed_by == world.workers["key_worker"].id
    page = desk.get("/phone/phones/").content.decode()
    assert "it may still hold its list, for 12 hours" in page
    phone.post({})
    assert "It was told to delete what it holds" in desk.get("/phone/phones/").content.decode()


def test_other_agency_gets_404(phone: SetUp, world: World) -> None:
    assert browser(world, "hostel_worker").post(f"/phone/phones/{phone.token.id}/close/").status_code == 404
    assert phone.device().closed_at is None


# --- the sealed file


def sealed_file(phone: SetUp, *envelopes: dict[str, Any], **changes: Any) -> SimpleUploadedFile:
    kept = [{name: each[name] for name in ("op", "number", "sealed")} for each in envelopes]
    whole = {"version": 1, "device": str(phone.token.id), "envelopes": kept} | changes
    return SimpleUploadedFile("waiting.sealed", json.dumps(whole).encode(), "application/octet-stream")


def test_a_file_brings_what_never_came_by_air(phone: SetUp, desk: Client) -> None:
    by_air, waiting = phone.envelope(phone.event()), phone.envelope(phone.event(staying="outside"))
    phone.post(by_air)
    answer = desk.post("/phone/file/", {"file": sealed_file(phone, by_air, waiting)}, follow=True)
    assert "1 contact has come in; 1 were here already." in answer.content.decode()
    assert len(phone.contacts()) == len(phone.envelopes()) == 2
    assert phone.post(waiting).status_code == 200
    assert len(phone.contacts()) == 2


def test_a_file_that_says_something_else_is_told(phone: SetUp, desk: Client) -> None:
    event = phone.event()
    phone.post(phone.envelope(event))
    answer = desk.post("/phone/file/", {"file": sealed_file(phone, phone.envelope(event))}, follow=True)
    assert "1 could not be matched" in answer.content.decode()


def test_another_agencys_phone_is_not_known(phone: SetUp, world: World) -> None:
    file = sealed_file(phone, phone.envelope(phone.event()))
    assert browser(world, "hostel_worker").post("/phone/file/", {"file": file}).status_code == 404
    assert phone.envelopes() == []


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"[]",
        b"{}",
        b'{"version": 1}',
        b'{"version": 1, "device": "x", "envelopes": []}',
        b'{"version": 2, "device": "00000000-0000-0000-0000-000000000001", "envelopes": []}',
        b'{"version": 1, "device": "00000000-0000-0000-0000-000000000001", "envelopes": 3}',
        b'{"version": 1, "device": "00000000-0000-0000-0000-000000000001", "envelopes": [{"op": 1}]}',
        b'{"version": 1, "device": "00000000-0000-0000-0000-000000000001",'
        b' "envelopes": [{"op": 1, "number": -1, "sealed": ""}]}',
    ],
)
def test_another_file_is_told_so(desk: Client, content: bytes) -> None:
    answer = desk.post("/phone/file/", {"file": SimpleUploadedFile("waiting.sealed", content)})
    assert answer.status_code == 422
    assert "This is not a phone’s sealed file" in answer.content.decode()


def test_no_file_is_told_so(desk: Client) -> None:
    answer = desk.post("/phone/file/")
    assert (answer.status_code, b"There is a problem" in answer.content) == (422, True)


# --- what was held


def address(phone: SetUp) -> str:
    return f"/phone/held/{phone.envelopes()[-1].pk}/"


def test_a_person_chooses_another_area(phone: SetUp, desk: Client, world: World) -> None:
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        area = contacts.keep_area(coordinator, name="Mill Lane")
    phone.sends(area=str(uuid4()), record=str(world.records["van", 1]), staying="outside")
    page = desk.get(address(phone)).content.decode()
    assert "It names an area that we do not know" in page
    assert HERS in page
    assert desk.post(address(phone), {"area": str(area)}).status_code == 302
    (contact,) = phone.contacts()
    assert (contact.area_id, contact.staying) == (area, "outside")
    assert contact.occurred_by == world.workers["outreach_worker"].id
    assert contact.recorded_by == world.workers["key_worker"].id
    assert phone.only().resolved_by == world.workers["key_worker"].id


def test_words_where_none_are_taken_are_left_out(phone: SetUp, desk: Client, world: World) -> None:
    phone.sends(outcome="seen", note=f"It was {HERS}", record=str(world.records["van", 0]))
    page = desk.get(address(phone)).content.decode()
    assert HERS not in page
    assert "are left out" in page
    assert desk.post(address(phone)).status_code == 302
    (contact,) = phone.contacts()
    assert (contact.outcome, contact.note) == ("seen", None)


def test_who_has_the_right_takes_it_in(phone: SetUp, desk: Client, world: World) -> None:
    """The worker left before her phone found a signal."""
    worker = world.workers["outreach_worker"]
    worker.is_active = False
    worker.save()
    phone.sends(record=str(world.records["van", 1]))
    assert desk.post(address(phone)).status_code == 302
    assert len(phone.contacts()) == 1


def test_it_waits_on_while_the_reason_stands(phone: SetUp, desk: Client, world: World) -> None:
    phone.sends(record=str(world.records["house", 2]))
    page = desk.get(address(phone)).content.decode()
    assert "A woman whose record you can’t open" in page
    answer = desk.post(address(phone))
    assert answer.status_code == 422
    assert "It still waits" in answer.content.decode()
    assert phone.only().state == "held"
    assert phone.contacts() == []


def test_what_does_not_open_can_only_be_set_aside(phone: SetUp, desk: Client) -> None:
    phone.post({"op": str(uuid4()), "number": 1, "sealed": "AAAA"})
    assert "Take it in" not in desk.get(address(phone)).content.decode()
    assert desk.post(address(phone), {"set_aside": "1"}).status_code == 422
    assert desk.post(address(phone), {"set_aside": "1", "why": "unreadable"}).status_code == 302
    assert (phone.only().state, phone.only().aside_for) == ("set_aside", "unreadable")
    assert len(bytes(phone.only().sealed)) == 3
    assert "It can&#39;t be read" in desk.get("/phone/held/").content.decode()


def test_settled_twice_is_settled_once(phone: SetUp, desk: Client) -> None:
    phone.sends(version=2)
    where = address(phone)
    desk.post(where, {"set_aside": "1", "why": "mistake"})
    answer = desk.post(where, {"set_aside": "1", "why": "not_ours"}, follow=True)
    assert "Somebody settled it in the meantime." in answer.content.decode()
    assert phone.only().aside_for == "mistake"
    assert desk.post(where).status_code == 302
    assert "This was settled" in desk.get(where).content.decode()


def test_looking_at_one_leaves_a_trail_row(phone: SetUp, desk: Client, world: World) -> None:
    phone.sends(area=str(uuid4()))
    desk.get(address(phone))
    with acting_as(world.actor("dp_lead")):
        rows = TrailRow.objects.filter(permission="phone.resolve", subjects=[phone.only().pk])
        assert [row.user_id for row in rows] == [world.workers["key_worker"].id]


def test_nobody_takes_in_another_agencys(phone: SetUp, world: World) -> None:
    phone.sends(area=str(uuid4()))
    other = browser(world, "hostel_worker")
    assert other.get(address(phone)).status_code == other.post(address(phone)).status_code == 404
    assert phone.only().state == "held"


def test_two_phones_of_one_worker(phone: SetUp, world: World) -> None:
    second = set_up(world, "outreach_worker")
    phone.sends()
    second.sends()
    assert len(phone.envelopes()) == len(second.envelopes()) == 1
    assert len(phone.contacts()) == 2

"""The pages: tonight, a contact, shifts, sessions, coverage, places; own agency only, and a GET changes nothing."""

import json
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.codes import NoticeKind
from alongside.casework.contacts.models import Contact, DropInSession, OnShift, Shift, UnnamedContact
from alongside.casework.contacts.rules.standards import ShiftPlan
from alongside.foundation.gate.level import acting_as
from tests.world import SignIn, World, canaries

COMING, TRAINED = (timezone.localdate() + timedelta(days=days) for days in (12, -90))
NIGHT = {
    "on_day": str(COMING.day), "on_month": str(COMING.month), "on_year": str(COMING.year),
    "starts": "22:00", "ends": "03:00", "weeks": "1", "kind": "foot",
}  # fmt: skip


def hers(world: World, woman: int = 1) -> UUID:
    return world.records["van", woman]


def contacts(world: World) -> list[Contact]:
    actor = world.actor("key_worker")
    with acting_as(actor):
        return list(Contact.objects.visible_to(actor).order_by("recorded_at", "id"))


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- tonight


def test_from_the_list_to_kept_and_back(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    address = reverse("contacts:saw-her", args=[hers(world)])
    form = text(client.get(address))
    assert canaries("riverside", "van", 1)["name"] in form
    told = {"place": "street", "staying": "sofa", "given": ["condoms"], "next_step": "look"}
    told |= {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', form)[1] for name in ("id", "at")}  # type: ignore[index]
    answer = client.post(address, told)
    assert answer.status_code == 302
    (kept,) = contacts(world)
    assert (kept.staying, kept.given, kept.next_step) == ("sofa", {"condoms": 1}, "look")
    assert client.post(address, told).status_code == 302
    assert len(contacts(world)) == 1
    tonight = text(client.get(answer["Location"]))
    assert "Look out for her again" in tonight
    client.post(reverse("contacts:undo", args=[kept.pk]))
    assert contacts(world)[0].withdrawn_at is not None


def test_an_answer_of_another_night_is_not_filled_in(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    address = reverse("contacts:saw-her", args=[hers(world)])
    client.post(address, {"place": "street", "staying": "sofa"})
    html = text(client.get(address))
    assert "On someone&#39;s sofa, as told on" in html
    assert not re.search(r'value="sofa" checked', html)


def test_seen_did_not_stop_is_one_tap(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    client.post(reverse("contacts:quick", args=[hers(world)]), {"outcome": "seen"})
    assert [row.outcome for row in contacts(world)] == ["seen"]
    assert client.post(reverse("contacts:quick", args=[hers(world)]), {"outcome": "met"}).status_code == 404


def test_new_by_nickname_and_by_description(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    client.post(reverse("contacts:saw"), {"place": "street", "called": "Robyn"})
    client.post(reverse("contacts:saw"), {"place": "street", "description": "Red coat"})
    client.post(reverse("contacts:saw"), {"place": "street"})
    actor = world.actor("key_worker")
    assert len(contacts(world)) == 1
    with acting_as(actor):
        assert UnnamedContact.objects.visible_to(actor).count() == 2


@pytest.mark.parametrize(("clock", "status"), [("25:00", 422), ("soon", 422), ("23:40", 302), ("2.15", 302)])
def test_the_clock(sign_in: SignIn, world: World, clock: str, status: int) -> None:
    answer = sign_in("outreach_worker").post(reverse("contacts:saw"), {"place": "street", "clock": clock})
    assert answer.status_code == status


@pytest.mark.parametrize("route", ["saw-her", "look-out"])
def test_other_agency_gets_404(sign_in: SignIn, world: World, route: str) -> None:
    client = sign_in("hostel_worker")
    for record in (hers(world), uuid4()):
        assert client.get(reverse(f"contacts:{route}", args=[record])).status_code == 404


def test_a_look_out_comes_onto_the_list_and_goes(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    address = reverse("contacts:look-out", args=[hers(world)])
    told = {"reason": "message", "words": "A room is free", "days": "7"}
    assert client.post(address, told).status_code == 302
    assert client.post(address, told).status_code == 422
    assert "A room is free" in text(client.get(reverse("contacts:tonight")))
    page = text(client.get(reverse("her-page", args=[hers(world)])))
    end = re.search(r"/outreach/look-outs/[^/]+/end/", page)
    assert end
    client.post(end[0])
    assert "A room is free" not in text(client.get(reverse("contacts:tonight")))


# --- shifts


def test_plan_begin_call_end(sign_in: SignIn, world: World) -> None:
    client = sign_in("manager")
    worker = str(world.workers["outreach_worker"].pk)
    answer = client.post(reverse("contacts:plan"), {**NIGHT, "worker_0": worker})
    assert answer.status_code == 422
    assert "Two trained staff" in text(answer)
    answer = client.post(reverse("contacts:plan"), {**NIGHT, "worker_0": worker, "plan_anyway": "1", "weeks": "4"})
    assert answer.status_code == 302
    actor = world.actor("manager")
    with acting_as(actor):
        shifts = list(Shift.objects.visible_to(actor).order_by("starts"))
        assert len(shifts) == 4
        assert OnShift.objects.visible_to(actor).count() == 4
    assert text(client.get(reverse("contacts:rota") + f"?from={COMING}")).count("Planned") >= 4
    first = shifts[0].pk
    for route in ("begin", "safety-call"):
        assert client.post(reverse(f"contacts:{route}", args=[first])).status_code == 302
    client.post(reverse("contacts:end", args=[first]), {"named_services": "yes", "hand_over": "Quiet night"})
    page = text(client.get(reverse("contacts:shift", args=[first])))
    assert "Ended" in page
    assert "Quiet night" in page
    assert "Quiet night" in text(client.get(reverse("contacts:tonight")))
    client.post(reverse("contacts:call-off", args=[shifts[1].pk]), {"and_later_ones": "1"})
    with acting_as(actor):
        assert Shift.objects.visible_to(actor).filter(called_off_at=None).count() == 1


def test_training_mends_the_warning(sign_in: SignIn, world: World) -> None:
    client = sign_in("manager")
    crew = {}
    for number, persona in enumerate(("outreach_worker", "manager")):
        worker = str(world.workers[persona].pk)
        crew[f"worker_{number}"] = worker
        told = {
            "worker": worker,
            "course": "outreach",
            "done_on_day": str(TRAINED.day),
            "done_on_month": str(TRAINED.month),
            "done_on_year": str(TRAINED.year),
        }
        assert client.post(reverse("contacts:training"), told).status_code == 302
    assert client.post(reverse("contacts:plan"), {**NIGHT, **crew}).status_code == 302


def test_a_repeat_keeps_its_hour_when_the_clocks_change(world: World) -> None:
    actor = world.actor("manager")
    starts = timezone.make_aware(timezone.datetime(2026, 10, 22, 22))  # type: ignore[attr-defined]
    with acting_as(actor):
        actions.plan_shift(actor, plan=ShiftPlan(starts, starts + timedelta(hours=5)), weeks=2)
        rows = Shift.objects.visible_to(actor).order_by("starts")
        assert [timezone.localtime(row.starts).hour for row in rows] == [22, 22]
        assert rows[1].starts - rows[0].starts == timedelta(days=7, hours=1)


def test_the_feed_names_no_one_and_can_be_stopped(sign_in: SignIn, world: World, client: object) -> None:
    signed = sign_in("outreach_worker")
    signed.post(reverse("contacts:begin-now"))
    html = text(signed.post(reverse("contacts:make-feed")))
    address = re.search(r"/outreach/calendar/[\w-]+\.ics", html)
    assert address
    feed = client.get(address[0])  # type: ignore[attr-defined]
    assert feed["Content-Type"].startswith("text/calendar")
    body = feed.content.decode()
    assert body.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Work\r\n" in body
    assert "CLASS:CONFIDENTIAL\r\n" in body
    assert world.workers["outreach_worker"].name not in body
    signed.post(reverse("contacts:end-feed"))
    assert client.get(address[0]).status_code == 404  # type: ignore[attr-defined]


# --- sessions


def test_the_grid_ticked_twice_is_once(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    answer = client.post(reverse("contacts:sessions"), {"kind": "dropin", "services": ["food", "nurse"]})
    address = answer["Location"]
    actor = world.actor("key_worker")
    with acting_as(actor):
        session = DropInSession.objects.visible_to(actor).get()
    for woman in range(3):
        client.post(reverse("contacts:sign-in", args=[session.pk, hers(world, woman)]))
    women = [str(hers(world, woman)) for woman in range(3)]
    told = {"shown": women, f"used-{women[0]}": ["food", "nurse"], f"here-{women[1]}": "on"}
    for _ in range(2):
        assert client.post(address, told).status_code == 302
    standing = {str(row.record_id): row for row in contacts(world) if row.withdrawn_at is None}
    assert set(standing) == set(women[:2])
    assert sorted(standing[women[0]].services) == ["food", "nurse"]
    client.post(address, {**told, "called": "Robyn", "brought_by": "friend"})
    html = text(client.get(address))
    assert "Robyn" in html
    assert "3 women are in" in html
    assert canaries("riverside", "van", 0)["name"] in text(client.post(reverse("contacts:sheet", args=[session.pk])))


def test_another_agencys_session_and_woman_are_not_found(sign_in: SignIn, world: World) -> None:
    van, house = sign_in("key_worker"), sign_in("hostel_worker")
    address = van.post(reverse("contacts:sessions"), {"kind": "dropin"})["Location"]
    assert house.get(address).status_code == 404
    session = address.rstrip("/").split("/")[-1]
    assert van.post(reverse("contacts:sign-in", args=[session, world.records["house", 2]])).status_code == 404


# --- coverage, places, her page


def test_coverage_says_where_nobody_was(sign_in: SignIn, world: World) -> None:
    manager = world.actor("manager")
    with acting_as(manager):
        actions.keep_area(manager, name="Mill Lane")
    html = text(sign_in("manager").get(reverse("contacts:coverage")))
    assert "Mill Lane" in html
    assert "Nobody in this time" in html


def test_a_contributor_tells_and_reads_nothing(sign_in: SignIn, world: World) -> None:
    client = sign_in("contributor")
    until = timezone.localdate() + timedelta(days=2)
    told = {
        "kind": "operation", "words": "Keep from Dock Street",
        "until_day": until.day, "until_month": until.month, "until_year": until.year,
    }  # fmt: skip
    assert client.post(reverse("contacts:tell"), told).status_code == 302
    assert "Dock Street" not in text(client.get(reverse("contacts:tell")))
    assert "Keep from Dock Street" in text(sign_in("outreach_worker").get(reverse("contacts:tonight")))
    for persona in ("manager", "hostel_worker"):
        assert "Keep from Dock Street" in text(sign_in(persona).get(reverse("contacts:notices")))
    assert client.get(reverse("contacts:notices")).status_code == 403


def test_notices_to_come_in_force_and_over(sign_in: SignIn, world: World) -> None:
    actor, today = world.actor("contributor"), timezone.localdate()
    with acting_as(actor):
        for words, first, last in (("Quay", -20, -16), ("Depot", 0, 3), ("Station", 9, 9), ("Long ago", -99, -90)):
            actions.tell_of_place(
                actor, kind=NoticeKind.OPERATION, words=words, since=today + timedelta(days=first),
                until=today + timedelta(days=last),
            )  # fmt: skip
    html = text(sign_in("manager").get(reverse("contacts:notices")))
    told = re.findall(r"<p[^>]*>(Quay|Depot|Station|Long ago)</p>", html)
    assert told == ["Station", "Depot", "Quay"]
    assert re.findall(r">\s*(To come|In force|Over)\s*<", html) == ["To come", "In force", "Over"]


def test_what_women_were_seen_stands_where_the_month_is_planned(sign_in: SignIn, world: World) -> None:
    actor, today = world.actor("contributor"), timezone.localdate()
    with acting_as(actor):
        for kind in NoticeKind:
            actions.tell_of_place(actor, kind=kind, words=f"Told: {kind.value}", since=today, until=today)
    html = text(sign_in("manager").get(reverse("contacts:coverage")))
    assert "Told: intelligence" in html
    assert "Told: operation" not in html


@pytest.fixture
def two_rounds(world: World) -> tuple[UUID, UUID]:
    """Two shifts of last week, each to one area, with a contact each; and the ids of both areas."""
    actor, now = world.actor("manager"), timezone.now().replace(hour=21, minute=0)
    with acting_as(actor):
        mill, dock = (actions.keep_area(actor, name=name) for name in ("Mill Lane", "Dock Street"))
        plans = [
            ShiftPlan(
                now - timedelta(days=days),
                now - timedelta(days=days) + timedelta(hours=hours),
                route=route,
                areas=(area,),
            )
            for days, hours, route, area in ((3, 2, "River round", mill), (5, 4, "Station round", dock))
        ]
        shifts = actions.record_past_shifts(actor, plans=plans)
        for plan, shift in zip(plans, shifts, strict=True):
            actions.record_contact(
                actor, id=uuid4(), occurred_at=plan.starts + timedelta(minutes=20), record=hers(world), shift=shift,
                area=plan.areas[0],
            )  # fmt: skip
    return mill, dock


def test_coverage_of_one_area(sign_in: SignIn, world: World, two_rounds: tuple[UUID, UUID]) -> None:
    client, address = sign_in("manager"), reverse("contacts:coverage")
    whole = text(client.get(address))
    assert "2 shifts, 2 contacts with 1 woman" in whole
    assert "River round" in whole
    assert "Station round" in whole
    one = text(client.get(address, {"area": two_rounds[0]}))
    assert "1 shift, 1 contact with 1 woman" in one
    assert "River round" in one
    assert "Station round" not in one
    assert client.get(address, {"area": uuid4()}).status_code == 404
    assert "2 shifts" in text(client.get(address, {"area": "nowhere"}))


def test_a_route_is_told_with_its_hours_and_what_it_brought(world: World, two_rounds: tuple[UUID, UUID]) -> None:
    actor = world.actor("manager")
    with acting_as(actor):
        told = queries.coverage(actor, 4).routes
    assert [(line.route, line.shifts, line.hours, line.contacts) for line in told] == [
        ("Station round", 1, 4.0, 1), ("River round", 1, 2.0, 1)
    ]  # fmt: skip
    assert told[0].rate == 0.25


def test_a_shift_of_last_month_can_be_opened(sign_in: SignIn, world: World, two_rounds: tuple[UUID, UUID]) -> None:
    client = sign_in("manager")
    since = timezone.localdate() - timedelta(days=9)
    rota = text(client.get(reverse("contacts:rota"), {"from": since.isoformat()}))
    (first, *_) = re.findall(r'href="(/outreach/shifts/[^"]+/)"', rota)
    html = text(client.get(first))
    assert "Ended" in html
    assert "1 woman we have a record of, talked to" in html


def test_her_page_shows_what_happened(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    address = reverse("contacts:saw-her", args=[hers(world)])
    client.post(address, {"place": "street", "staying": "outside", "note": "She laughed a lot"})
    html = text(client.get(reverse("her-page", args=[hers(world)])))
    assert "We talked in the street" in html
    assert "She laughed a lot" in html
    assert "Outside, as of" in html
    assert canaries("riverside", "van", 1)["name"] not in re.search(r"<title>(.*?)</title>", html)[1]  # type: ignore[index]


# --- the API


def test_the_api_records_once_and_lists(sign_in: SignIn, world: World) -> None:
    client, address = sign_in("key_worker"), reverse("contacts:api-contacts")
    told = {"id": str(uuid4()), "occurred_at": "2026-03-04T22:15:00+00:00", "record": str(hers(world)), "note": "x"}

    def post(body: object) -> HttpResponse:
        return client.post(address, json.dumps(body), content_type="application/json")

    assert post(told).status_code == 201
    assert post(told).status_code == 200
    assert post({**told, "note": "y"}).status_code == 409
    assert post({**told, "id": str(uuid4()), "record": str(world.records["house", 2])}).status_code == 404
    listed = client.get(address, {"since": "2026-03-01", "until": "2026-03-31"}).json()
    assert [row["id"] for row in listed["contacts"]] == [told["id"]]
    assert "note" not in listed["contacts"][0]


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_at": "yesterday"}, {"occurred_at": "2026-03-04T22:15:00"}, {"id": 5}, {"name": "Robyn"},
        {"given": {"condoms": True}}, {"given": {"condoms": "2"}}, {"topics": "health"}, {"place": "moon"},
        {"staying": ["outside"]}, {"note": "a\0b"}, {"area": str(uuid4())}, {"place": None},
    ],
)  # fmt: skip
def test_the_api_says_which_field_cannot_be_read(sign_in: SignIn, world: World, change: dict[str, object]) -> None:
    told = {"id": str(uuid4()), "occurred_at": "2026-03-04T22:15:00+00:00", **change}
    client = sign_in("key_worker")
    answer = client.post(reverse("contacts:api-contacts"), json.dumps(told), content_type="application/json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert contacts(world) == []


@pytest.mark.parametrize("body", ["", "[]", "{", "null", "5", "[" * 100_000])
def test_the_api_takes_any_body(sign_in: SignIn, world: World, body: str) -> None:
    client = sign_in("key_worker")
    answer = client.post(reverse("contacts:api-contacts"), body, content_type="application/json")
    assert answer.status_code == 422

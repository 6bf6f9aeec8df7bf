"""Beds as JSON: the same gate, no name, faults in words."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import Source
from alongside.casework.accommodation.queries.feed import calendar
from alongside.casework.accommodation.tests.beds_world import Beds, beds_world
from alongside.foundation.gate.level import acting_as
from alongside.register.people.codes import HandoutKind
from alongside.register.people.queries import handouts
from tests.world import World, canaries

SignIn = Callable[[str], Client]


@pytest.fixture
def house(db: None) -> Beds:
    return beds_world()


@pytest.fixture
def world(house: Beds) -> World:
    return house.world


@pytest.fixture
def client(sign_in: SignIn, house: Beds) -> Client:
    return sign_in("hostel_worker")


def get(client: Client, route: str, **asked: str) -> Any:
    answer = client.get(reverse(f"accommodation:{route}"), asked)
    assert answer.status_code == 200, answer.content
    assert canaries("riverside", "house", 0)["name"] not in answer.content.decode()
    return answer.json()


def post(client: Client, route: str, *about: UUID, **body: Any) -> Any:
    address = reverse(f"accommodation:{route}", args=about)
    return client.post(address, json.dumps(body, default=str), content_type="application/json")


def test_a_bed_is_given_read_and_ended(client: Client, house: Beds) -> None:
    answer = post(client, "api-give", house.beds[0], record=house.her(0))
    assert answer.status_code == 201
    stay = answer.json()["stay"]
    (told,) = [each for each in get(client, "api-tonight")["houses"] if each["id"] == str(house.unit)]
    first = next(bed for bed in told["beds"] if bed["id"] == str(house.beds[0]))
    assert (first["state"], first["record"], first["stay"]) == ("here", str(house.her(0)), stay)
    assert [bed["state"] for bed in told["beds"] if bed["id"] != str(house.beds[0])] == ["free", "free"]
    assert post(client, "api-end", stay, reason="her_choice", where_to="family").status_code == 200
    (ended,) = get(client, "api-stays")["stays"]
    assert (ended["id"], ended["reason"], ended["where_to"]) == (stay, "her_choice", "family")


def test_a_clash_is_a_problem_with_a_name(client: Client, house: Beds) -> None:
    post(client, "api-give", house.beds[0], record=house.her(0))
    answer = post(client, "api-give", house.beds[0], record=house.her(2))
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json()["type"] == "about:blank#BedTaken"
    assert post(client, "api-give", house.beds[1], record=house.her(0)).json()["type"] == "about:blank#WomanElsewhere"


def test_a_list_is_joined_once_and_told_in_its_order(client: Client, house: Beds) -> None:
    asked = {"house": house.unit, "source": "self"}
    assert post(client, "api-waiting", record=house.her(2), **asked).status_code == 201
    assert post(client, "api-waiting", record=house.her(0), needs=["nowhere"], **asked).status_code == 201
    rows = get(client, "api-waiting")["waiting"]
    assert [(row["record"], row["place"], row["needs"]) for row in rows] == [
        (str(house.her(0)), 1, ["nowhere"]),
        (str(house.her(2)), 2, []),
    ]
    assert "nowhere to sleep tonight" in rows[0]["why"]
    assert post(client, "api-waiting", record=house.her(0), **asked).json()["type"] == "about:blank#AlreadyWaiting"


def test_stays_come_in_pages(client: Client, house: Beds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.casework.accommodation.api.MOST", 1)
    for bed, woman in zip(house.beds, (0, 2, 4), strict=True):
        post(client, "api-give", bed, record=house.her(woman))
    found, after = [], ""
    for _ in range(4):
        told = get(client, "api-stays", **({"after": after} if after else {}))
        found += [row["record"] for row in told["stays"]]
        after = told["next"]
        if after is None:
            break
    assert sorted(found) == sorted(str(house.her(woman)) for woman in (0, 2, 4))


@pytest.mark.parametrize(
    ("route", "body", "field"),
    [
        ("api-give", {"record": "nobody"}, "record"),
        ("api-give", {"record": 7}, "record"),
        ("api-give", {"begins": "2026-03-04T22:00:00"}, "begins"),
        ("api-waiting", {"source": "van"}, "source"),
        ("api-waiting", {"needs": "ready"}, "needs"),
        ("api-waiting", {"needs": ["rich"]}, "needs"),
        ("api-waiting", {"is_emergency": "yes"}, "is_emergency"),
    ],
)
def test_what_cannot_be_read_is_named(
    client: Client, house: Beds, route: str, body: dict[str, Any], field: str
) -> None:
    whole = {"record": house.her(0), "house": house.unit, "source": "self"} | body
    answer = post(client, route, *([house.beds[0]] if route == "api-give" else []), **whole)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize("asked", [{"since": "yesterday"}, {"since": "2020-01-01"}, {"after": "x"}])
def test_a_span_that_cannot_be_is_named(client: Client, asked: dict[str, str]) -> None:
    assert client.get(reverse("accommodation:api-stays"), asked).status_code == 422


def test_a_body_that_is_no_object_is_refused(client: Client, house: Beds) -> None:
    address = reverse("accommodation:api-give", args=[house.beds[0]])
    for body in ("[]", "{", "[" * 100_000):
        assert client.post(address, body, content_type="application/json").status_code == 422


def test_another_agency_finds_nothing(sign_in: SignIn, house: Beds) -> None:
    other = sign_in("key_worker")
    with acting_as(house.worker):
        stay = actions.give_bed(house.worker, house.beds[0], record=house.her(0))
    hers = str(house.world.records["van", 1])
    assert post(other, "api-give", house.beds[1], record=hers).status_code == 404
    assert post(other, "api-end", stay, reason="her_choice", where_to="family").status_code == 404
    assert get(other, "api-stays")["stays"] == []
    assert get(other, "api-waiting")["waiting"] == []
    board = get(other, "api-tonight")
    assert board["houses"] == []
    assert [(each["places"], each["free"]) for each in board["elsewhere"]] == [(3, 2), (2, 2)]


# --- files and calendar


def waits(house: Beds, woman: int) -> UUID:
    with acting_as(house.worker):
        place: UUID = actions.join_list(house.worker, house.unit, record=house.her(woman), source=Source.SELF)
    return place


def taken(client: Client, what: str, kind: str = "csv", **asked: str) -> str:
    answer = client.post(reverse("accommodation:take-away"), {"what": what, "kind": kind, **asked})
    assert answer.status_code == 200
    assert f"beds-{what}-" in answer["Content-Disposition"]
    return answer.content.decode("utf-8-sig") if kind == "csv" else ""


def test_a_file_with_names_has_a_number_that_is_kept_with_her(client: Client, house: Beds) -> None:
    post(client, "api-give", house.beds[0], record=house.her(0))
    waits(house, 2)
    for what, woman in (("tonight", 0), ("waiting", 2)):
        heading, line = taken(client, what).splitlines()
        assert heading.startswith("Copy,Record,Name")
        assert canaries("riverside", "house", woman)["name"] in line
        number = line.split(",")[0]
        with acting_as(house.worker):
            (copy,) = handouts(house.worker, house.her(woman))
        assert (copy.number, copy.kind) == (number, HandoutKind.EXPORT.words)
    taken(client, "tonight", "xlsx")


def test_two_women_in_one_file_have_one_number(client: Client, house: Beds) -> None:
    for place, woman in enumerate((0, 2)):
        post(client, "api-give", house.beds[place], record=house.her(woman))
    _, *lines = taken(client, "tonight").splitlines()
    (number,) = {line.split(",")[0] for line in lines}
    with acting_as(house.worker):
        for woman in (0, 2):
            assert [each.number for each in handouts(house.worker, house.her(woman))] == [number]


def test_stays_go_by_code_with_a_number(client: Client, house: Beds) -> None:
    post(client, "api-give", house.beds[0], record=house.her(0))
    told = taken(client, "stays")
    assert canaries("riverside", "house", 0)["name"] not in told
    heading, line = told.splitlines()
    assert heading.startswith("Copy,Record,House")
    with acting_as(house.worker):
        (copy,) = handouts(house.worker, house.her(0))
    assert line.startswith(f"{copy.number},")
    assert taken(client, "stays", since="2020-01-01", until="2020-02-01").splitlines()[1:] == []


def test_days_the_wrong_way_round_are_told(client: Client) -> None:
    asked = {"what": "stays", "kind": "csv", "since": "2026-02-01", "until": "2026-01-01"}
    answer = client.post(reverse("accommodation:take-away"), asked)
    assert answer.status_code == 422
    assert "The last day must be after the first" in answer.content.decode()


def test_the_calendar_tells_days_and_nothing_else(client: Client, house: Beds) -> None:
    stay = post(client, "api-give", house.beds[0], record=house.her(0)).json()["stay"]
    on = timezone.localdate() + timedelta(days=9)
    with acting_as(house.worker):
        actions.expect_move(house.worker, UUID(stay), leaves_on=on)
    html = client.post(reverse("accommodation:make-feed")).content.decode()
    address = re.search(r"/beds/calendar/[\w-]+\.ics", html)
    assert address
    outside = Client()
    told = outside.get(address[0])
    assert told["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(told.content).walk("VEVENT")
    assert (event["DTSTART"].dt, event["SUMMARY"], event["CLASS"]) == (on, "Work", "CONFIDENTIAL")
    for hidden in (stay, str(house.her(0)), "Green", canaries("riverside", "house", 0)["name"]):
        assert hidden not in told.content.decode()
    assert "Stop the address" in client.get(reverse("accommodation:moves")).content.decode()
    client.post(reverse("accommodation:end-feed"))
    assert outside.get(address[0]).status_code == 404


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_is_that_day_when_the_clocks_change(day: date) -> None:
    (event,) = Calendar.from_ical(calendar([(UUID(int=5), day)], timezone.now())).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (day, day + timedelta(days=1))

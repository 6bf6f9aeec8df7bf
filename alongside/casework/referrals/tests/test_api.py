"""Referrals as JSON: the same gate, codes and days, faults as problem documents."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.casework.referrals.tests.conftest import Services
from alongside.casework.referrals.tests.test_steps import SENDER, SERVICE, send
from tests.world import SignIn, World, canaries


def post(client: Client, id: UUID, body: object) -> Any:
    sent = body if isinstance(body, str) else json.dumps(body)
    return client.post(reverse("referrals:api-step", args=[id]), sent, content_type="application/json")


def test_it_lists_for_both_sides(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel)
    mine = sign_in(SENDER).get(reverse("referrals:api")).json()
    theirs = sign_in(SERVICE).get(reverse("referrals:api")).json()
    assert [each["id"] for each in mine["sent"]] == [each["id"] for each in theirs["to_us"]] == [str(id)]
    assert (mine["to_us"], theirs["sent"], mine["sent_in_all"]) == ([], [], 1)
    assert mine["sent"][0]["state"] == "sent"
    assert mine["sent"][0]["seen"] == 1


def test_from_receiving_to_starting(world: World, services: Services, sign_in: SignIn) -> None:
    id, house = send(world, services.hostel), sign_in(SERVICE)
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    steps: tuple[dict[str, Any], ...] = (
        {"step": "receive", "seen": 1},
        {"step": "accept", "seen": 2, "can_come_on": day},
        {"step": "offer", "seen": 3, "can_come_on": day},
        {"step": "start", "seen": 4},
    )
    for body in steps:
        answer = post(house, id, body)
        assert answer.status_code == 200, answer.content
    told = house.get(reverse("referrals:api-one", args=[id])).json()
    assert (told["state"], told["can_come_on"], told["started_on"]) == (
        "started",
        day,
        timezone.localdate().isoformat(),
    )


def test_a_no_and_another_offer_and_taking_back(world: World, services: Services, sign_in: SignIn) -> None:
    house, van = sign_in(SERVICE), sign_in(SENDER)
    bodies = (
        (house, {"step": "decline", "seen": 1, "reason": "no_space"}, "declined"),
        (house, {"step": "return", "seen": 1, "reason": "no_space", "service": str(services.second)}, "returned"),
        (van, {"step": "withdraw", "seen": 1, "reason": "elsewhere"}, "withdrawn"),
    )
    for woman, (client, body, state) in enumerate(bodies):
        told = post(client, send(world, services.hostel, woman), body).json()
        assert (told["state"], told["reason"]) == (state, body["reason"])


def test_an_old_page_is_a_conflict(world: World, services: Services, sign_in: SignIn) -> None:
    id, house = send(world, services.hostel), sign_in(SERVICE)
    assert post(house, id, {"step": "receive", "seen": 1}).status_code == 200
    answer = post(house, id, {"step": "accept", "seen": 1})
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "MovedOn"


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        {"step": "dance", "seen": 1},
        {"step": "accept"},
        {"step": "accept", "seen": "x"},
        {"step": "accept", "seen": 1, "can_come_on": "soon"},
        {"step": "decline", "seen": 1},
        {"step": "decline", "seen": 1, "reason": "elsewhere"},
        {"step": "offer", "seen": 1},
        {"step": "return", "seen": 1, "reason": "no_space", "service": "x"},
        {"step": "return", "seen": 1, "reason": "no_space"},
    ],
)
def test_what_cannot_be_read_changes_nothing(world: World, services: Services, sign_in: SignIn, body: object) -> None:
    id, house = send(world, services.hostel), sign_in(SERVICE)
    answer = post(house, id, body)
    assert answer.status_code == 422
    assert house.get(reverse("referrals:api-one", args=[id])).json()["seen"] == 1


# --- sending


def sends(client: Client, world: World, services: Services, **more: object) -> Any:
    body = {
        "record": str(world.records["van", 1]),
        "service": str(services.hostel),
        "groups": ["identity"],
        "needs": ["still_using"],
        "how_agreed": "in_person",
        **more,
    }
    return client.post(reverse("referrals:api"), json.dumps(body), content_type="application/json")


def test_a_referral_is_sent_once(world: World, services: Services, sign_in: SignIn) -> None:
    van = sign_in(SENDER)
    answer = sends(van, world, services, opens_months=3)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["passes_on"], told["service"]["id"]) == ("sent", ["identity"], str(services.hostel))
    assert canaries("riverside", "van", 1)["name"] not in answer.content.decode()
    again = sends(van, world, services)
    assert (again.status_code, again.json()["title"]) == (409, "AskedAlready")


@pytest.mark.parametrize(
    "more",
    [
        {"record": "x"},
        {"record": None},
        {"service": 7},
        {"groups": "identity"},
        {"groups": ["health"]},
        {"needs": [["still_using"]]},
        {"how_agreed": "shouted"},
        {"source": "van"},
        {"words": 7},
        {"words": "x" * 2001},
        {"asked_on": "yesterday"},
        {"opens_months": 24},
    ],
)
def test_what_cannot_be_read_is_not_sent(
    world: World, services: Services, sign_in: SignIn, more: dict[str, object]
) -> None:
    answer = sends(sign_in(SENDER), world, services, **more)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_nobody_sends_another_agencys_woman(world: World, services: Services, sign_in: SignIn) -> None:
    assert sends(sign_in(SERVICE), world, services).status_code == 404
    assert sends(sign_in(SENDER), world, services, service=str(world.partnership.id)).status_code == 404
    assert sends(sign_in(SENDER), world, services, service=str(services.courts_only)).json()["title"] == "NotOpenToUs"

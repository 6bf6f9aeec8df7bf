"""The interface for programs, asked as a program asks: no cookie, a key in a header."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.rules.standards import Crew, ShiftPlan
from alongside.config.openapi import CONTACT, SHIFT
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.foundation.trail.queries import entries
from alongside.office import interface
from alongside.register.programs import actions
from alongside.register.programs.codes import Lasts, Reads
from tests.world import World, canaries

CONTACTS, SHIFTS = "/api/v1/contacts/", "/api/v1/shifts/"

NOBODYS = "00000000-0000-4000-8000-000000000000"


def key(world: World, *reads: Reads, persona: str = "manager") -> Token:
    actor = world.actor(persona)
    with acting_as(actor):
        return actions.make_key(actor, name="Screen", reads=reads or list(Reads), lasts=Lasts.MONTH)


def ask(token: object, address: str = CONTACTS, method: str = "get", **given: str) -> Any:
    return getattr(Client(), method)(address, given, headers={"Authorization": f"Bearer {token}"})


def van(world: World) -> Actor:
    return world.actor("outreach_worker")


@pytest.fixture
def night(world: World) -> Any:
    """A shift of the van with a contact in which everything is told; and one of the house."""
    actor, now = van(world), timezone.now()
    with acting_as(actor):
        plan = ShiftPlan(now, now + timedelta(hours=5), crew=(Crew(actor.user),), hand_over="Zqhandover")  # type: ignore[arg-type]
        shift = contacts.begin_shift(actor, id=uuid4(), plan=plan)
        her = world.records["van", 1]
        note = canaries("riverside", "van", 1)["note"]
        told = {"note": note, "worry": "afraid", "topics": ("hurt",), "staying": "sofa", "given": {"condoms": 2}}
        contacts.record_contact(actor, id=uuid4(), occurred_at=now, record=her, shift=shift, **told)
    house = world.actor("hostel_worker")
    with acting_as(house):
        contacts.record_contact(house, id=uuid4(), occurred_at=now, record=world.records["house", 2])
    return shift


def test_contacts_of_the_own_agency_with_what_is_described_and_nothing_else(world: World, night: object) -> None:
    answer = ask(key(world))
    (told,) = answer.json()["contacts"]
    assert told["record"] == str(world.records["van", 1])
    assert (told["staying"], told["outcome"]) == ("sofa", "met")
    assert set(told) == set(CONTACT["properties"])
    assert not [word for word in ("Zq", "afraid", "hurt", "condoms") if word in answer.content.decode()]


def test_shifts_of_the_own_agency(world: World, night: object) -> None:
    (told,) = ask(key(world), SHIFTS).json()["shifts"]
    assert (told["id"], told["state"], told["workers"]) == (str(night), "begun", 1)
    assert "two_trained" in told["breaks"]
    assert set(told) == set(SHIFT["properties"])


def test_pages_follow_each_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "MOST", 2)
    actor = van(world)
    with acting_as(actor):
        made = {
            str(
                contacts.record_contact(
                    actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["van", 1]
                ).id
            )
            for _ in range(5)
        }
    token, found, after = key(world), [], ""
    while True:
        told = ask(token, **({"after": after} if after else {})).json()
        found += [each["id"] for each in told["contacts"]]
        if told["next"] is None:
            break
        after = told["next"]
    assert len(found) == len(set(found)) == 5
    assert set(found) == made


@pytest.mark.parametrize("shown", ["", "x", "a.b.c", f"{NOBODYS}.{NOBODYS}.x"])
@pytest.mark.parametrize("address", [CONTACTS, SHIFTS])
def test_without_a_key_there_is_nothing(world: World, shown: str, address: str) -> None:
    answer = ask(shown, address)
    assert answer.status_code == 404
    assert answer.content == Client().get("/no-such-page/").content


def test_a_key_for_shifts_gets_no_contacts(world: World) -> None:
    token = key(world, Reads.SHIFTS)
    assert ask(token, SHIFTS).status_code == 200
    assert ask(token, CONTACTS).status_code == 404


def test_a_key_changes_nothing_and_opens_no_page(world: World) -> None:
    token = key(world)
    for method in ("post", "put", "patch", "delete"):
        assert ask(token, CONTACTS, method).status_code in (403, 404)
    assert ask(token, "/people/").status_code == 302
    assert ask(token, "/outreach/api/v1/contacts/").status_code == 302


def test_a_signed_in_worker_has_no_way_in_by_this_door(world: World) -> None:
    client = Client()
    client.force_login(world.workers["manager"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(CONTACTS).status_code != 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"since": "yesterday"}, "since"),
        ({"until": "2026-02-30"}, "until"),
        ({"after": "1"}, "after"),
        ({"since": "2026-01-02", "until": "2026-01-01"}, "until"),
        ({"since": "2020-01-01", "until": str(date(2026, 1, 1))}, "until"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_repeats_nothing(world: World, given: dict[str, str], field: str) -> None:
    answer = ask(key(world), **given)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert answer["Content-Type"] == "application/problem+json"


def test_every_answer_leaves_a_row_in_the_trail(world: World, night: object) -> None:
    token = key(world, Reads.CONTACTS)
    ask(token)
    ask(token, SHIFTS)
    lead = world.actor("dp_lead")
    with acting_as(lead):
        told = [(row.job, row.allowed, row.count) for row in entries(lead) if row.permission == "programs.read"]
    assert told == [("program", False, 1), ("program", True, 1)]

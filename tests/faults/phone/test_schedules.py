"""Nights that go wrong: nothing lost, nothing double. A few with every change; thousands with `make nightly`."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from alongside.casework.contacts.models import Contact, UnnamedContact
from alongside.foundation.gate.level import acting_as
from alongside.phone.actions import set_up_phone
from alongside.phone.models import Envelope
from tests.faults.phone.schedules import Handset, Post, Told, by_air, play, wrong
from tests.world import World

COUNT = int(os.environ.get("SCHEDULES", "25"))
FIRST = int(os.environ.get("FIRST_SCHEDULE", "1"))
COLUMNS = ("pk", "agency_id", "occurred_at", "outcome", "staying")
OF = ("outreach_worker", "key_worker", "hostel_worker")  # two phones of the van, one of the house


def handsets(world: World) -> list[Handset]:
    found = []
    for persona in OF:
        actor, membership = world.actor(persona), world.memberships[persona]
        with acting_as(actor):
            token = set_up_phone(actor, membership=membership.id, name="Work phone")
        home = "house" if persona == "hostel_worker" else "van"
        found.append(
            Handset(token, membership.agency_id, [pk for (who, _), pk in world.records.items() if who == home])
        )
    return found


def held(world: World) -> list[tuple[Any, ...]]:
    rows = []
    for persona in ("key_worker", "hostel_worker"):
        with acting_as(world.actor(persona)):
            for model in (Contact, UnnamedContact):
                rows += model.objects.unscoped("a test").values_list(*COLUMNS)
    return rows


def played(world: World, seed: int, post: Post | None = None, play: Callable[..., list[Told]] = play) -> list[str]:
    """What is wrong after this schedule. It leaves nothing behind."""
    with transaction.atomic():
        phones = handsets(world)
        happened = play(seed, phones, post or by_air(Client()))
        found = wrong(happened, phones, held(world))
        with acting_as(world.actor("key_worker")):
            waiting = Envelope.objects.unscoped("a test").exclude(state="taken_in").count()
        transaction.set_rollback(True)
    return found + ([f"{waiting} are held"] if waiting else [])


@pytest.mark.timeout(0)
def test_nothing_is_lost_and_nothing_is_double(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in range(FIRST, FIRST + COUNT):
        assert played(world, seed) == [], f"schedule {seed}"
    with capsys.disabled():
        print(f"\nschedules played: {COUNT}, lost 0, double 0")


# --- defects that it finds


def test_an_answer_before_the_commit_would_be_found(world: World) -> None:
    real, number = by_air(Client()), 0

    def too_early(token: str, body: dict[str, Any]) -> int:
        nonlocal number
        number += 1
        if number % 5:
            return real(token, body)
        with transaction.atomic():
            status = real(token, body)
            transaction.set_rollback(True)
        return status

    assert any("0 times" in each for seed in range(1, 6) for each in played(world, seed, too_early))


def test_an_answer_that_is_no_answer_would_be_found(world: World) -> None:
    """A phone that takes a lost request for one that arrived."""

    def careless(seed: int, phones: list[Handset], post: Post) -> list[Told]:
        return play(seed, phones, lambda token, body: post(token, body) if hash(body["op"]) % 2 else 200)

    assert any("0 times" in each for seed in range(1, 6) for each in played(world, seed, play=careless))


def test_a_clock_believed_would_be_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.phone.rules.happened_at", lambda claimed, skew, received: min(claimed, received))
    assert any("off by" in each for seed in range(1, 6) for each in played(world, seed))


def test_a_row_too_many_would_be_found(world: World) -> None:
    phones = handsets(world)
    happened = play(1, phones, by_air(Client()))
    rows = held(world)
    assert wrong(happened, phones, rows) == []
    assert wrong(happened, phones, [*rows, rows[0]]) != []
    assert wrong(happened, phones, rows[1:]) != []
    assert wrong([replace(happened[0], op=str(uuid4())), *happened[1:]], phones, rows) != []

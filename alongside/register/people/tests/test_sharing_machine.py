"""After each step of any order every worker sees what a model of a few lines says, and nothing else (P7; T6, T7: links
and one side's yes give nothing). The steps and the model are in `sharing_machine.py`.

A few short runs here; the long ones with SHARING_RUNS=10000 in the environment (docs/how-to/try-sharing-all-night.md).
"""

import os
import time
from importlib import import_module

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from alongside.foundation.gate.written import Written
from alongside.register.agencies.models import Attendee
from alongside.register.people import first_line, policy
from alongside.register.people.codes import FieldGroup
from alongside.register.people.first_line import to_us
from alongside.register.people.models import Grant
from alongside.register.people.tests.sharing_machine import PEOPLE, WOMEN, Sharing, settle
from tests.policy.lines import without_the_second_line
from tests.world import World, build

RUNS = int(os.environ.get("SHARING_RUNS", "4"))
STEPS = 50 if RUNS > 100 else 12
MINUTES = float(os.environ.get("SHARING_MINUTES", "inf"))  # how long it may take: it says how many runs it came to
AT_ONCE = 10


def of(world: World) -> type[Sharing]:
    return type("OfThisWorld", (Sharing,), {"world": world})


def run(world: World, runs: int = RUNS) -> int:
    """How many runs there were, none of which differed."""
    done, ends = 0, time.monotonic() + MINUTES * 60
    while done < runs and time.monotonic() < ends:
        some = min(AT_ONCE, runs - done)
        run_state_machine_as_test(
            of(world),
            settings=settings(
                max_examples=some,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        done += some
    return done


@pytest.fixture
def world(db):
    made = build(women=2)
    settle(made)
    return made


@pytest.mark.timeout(0)
def test_each_sees_what_she_agreed_in_any_order(world, capsys):
    done = run(world)
    assert done
    if RUNS > AT_ONCE:
        with capsys.disabled():
            print(f"\n{done:,} runs of {STEPS} steps, none of which differed")


@pytest.fixture
def no_second_line(django_db_setup):
    """The gate alone: PostgreSQL makes no defect planted in it good. Set up before `db`, ended after it."""
    with without_the_second_line():
        yield


@pytest.fixture
def gate_alone(no_second_line, db):
    made = build(women=2)
    settle(made)
    return made


def short_story(world: World) -> None:
    """She agrees, fears one worker, and it ends: each time everybody is compared with the model."""
    machine, her = of(world)(), WOMEN[1]
    try:
        machine.give(her, {FieldGroup.IDENTITY, FieldGroup.NOTES})
        everybody(machine)
        machine.fear_a_worker(her, "house_hostel")
        everybody(machine)
        machine.end(her)
        machine.sit("house_manager")
        machine.share_with_the_forum(her, {FieldGroup.IDENTITY, FieldGroup.HEALTH}, at_once=False)
        everybody(machine)
        machine.bring(her)
        everybody(machine)
        machine.leave("house_manager")
    finally:
        machine.teardown()


def everybody(machine: Sharing) -> None:
    for name in PEOPLE:
        machine.check(name)


def test_the_gate_alone_shows_the_same(gate_alone):
    short_story(gate_alone)


def test_a_rule_that_forgets_exclusions_would_be_found(gate_alone, monkeypatch):
    monkeypatch.setattr(policy, "unbarred", lambda actor, *paths: Q())
    with pytest.raises(AssertionError):
        short_story(gate_alone)


def test_a_rule_that_forgets_the_end_would_be_found(gate_alone, monkeypatch):
    def forgets(actor, group):
        every = Grant.objects.unscoped("a planted defect").filter(to_us(actor), groups__contains=[group.value])
        return every.values("record_id")

    monkeypatch.setattr(policy, "given", forgets)
    for name in ("queries.shared", "queries.vault"):
        monkeypatch.setattr(import_module(f"alongside.register.people.{name}"), "in_force", lambda: Q())
    with pytest.raises(AssertionError):
        short_story(gate_alone)


def test_a_forum_that_sees_before_she_is_brought_would_be_found(gate_alone, monkeypatch):
    def forgets(agency, user, now, today):
        every = Grant.objects.unscoped("a planted defect").filter(first_line.in_force(now), asked_on__lte=today)
        sits = Attendee.objects.filter(until_at=None, worker_id=user, agency_id=agency)
        return every.filter(to_forum_id__in=sits.values("forum_id"))

    monkeypatch.setattr(first_line, "_by_forum", Written(lambda **who: forgets(**who).values("pk"), **first_line._WHEN))
    with pytest.raises(AssertionError):
        short_story(gate_alone)


def test_a_look_that_opens_to_her_whole_team_would_be_found(gate_alone, monkeypatch):
    """She alone said why; her colleagues see nothing by it."""

    def to_all_of_us(actor):
        return Q(to_agency_id=actor.agency)

    for name in ("policy", "queries.shared", "queries.vault"):
        monkeypatch.setattr(import_module(f"alongside.register.people.{name}"), "to_us", to_all_of_us)
    machine = of(gate_alone)()
    try:
        machine.begin(linked=True)
        everybody(machine)
        machine.look_in_an_emergency("house_hostel", {FieldGroup.HEALTH})
        machine.check("house_hostel")
        with pytest.raises(AssertionError):
            everybody(machine)
    finally:
        machine.looks.clear()
        transaction.set_rollback(True)
        machine.stack.close()

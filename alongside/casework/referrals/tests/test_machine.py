"""Many people at once, in any order, from pages of any age: the product and a plain model never part.

The model is a few dictionaries written from the design. `REFERRAL_STEPS` and `REFERRAL_WALKS` make the walks longer.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from alongside.casework.referrals import actions, queries
from alongside.casework.referrals import rules as referral_rules
from alongside.casework.referrals.codes import DeclineReason, State, WithdrawReason
from alongside.casework.referrals.rules import AskedAlready, MovedOn
from alongside.casework.referrals.tests.conftest import Services, open_services
from alongside.foundation.gate.level import acting_as
from tests.world import World, build

WALKS = int(os.environ.get("REFERRAL_WALKS", "6"))
STEPS = int(os.environ.get("REFERRAL_STEPS", "20"))
SENDER, SERVICE = "key_worker", "hostel_worker"
LAST_DAY = 28
# What the design says: from -> to -> who. Written here again on purpose.
MAY = {
    "sent": {"received": SERVICE, "accepted": SERVICE, "declined": SERVICE, "returned": SERVICE, "withdrawn": SENDER},
    "received": {"accepted": SERVICE, "declined": SERVICE, "returned": SERVICE, "withdrawn": SENDER},
    "returned": {"taken_up": SENDER, "withdrawn": SENDER},
    "accepted": {"offered": SERVICE, "started": SERVICE, "declined": SERVICE, "withdrawn": SENDER},
    "offered": {"offered": SERVICE, "started": SERVICE, "declined": SERVICE, "withdrawn": SENDER},
}
OVER = {"started", "declined", "withdrawn", "taken_up", "expired"}


@dataclass
class Modelled:
    woman: int
    service: str
    sent: int  # day of the walk
    steps: list[str] = field(default_factory=lambda: ["sent"])
    accepted: bool = False

    def state(self, today: int) -> str:
        waits = self.steps[-1] in ("sent", "received")
        return "expired" if waits and today - self.sent > LAST_DAY else self.steps[-1]


class Walk(RuleBasedStateMachine):
    world: World
    services: Services
    referrals = Bundle("referrals")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.begin, self.today = timezone.now(), 0
        self.clock = self.stack.enter_context(time_machine.travel(self.begin, tick=False))
        self.model: dict[UUID, Modelled] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    def call(self, persona: str, action: Callable[..., Any], *args: Any, **facts: Any) -> Any:
        actor = self.world.actor(persona)
        with acting_as(actor):
            return action(actor, *args, **facts)

    def taken(self, id: UUID, to: str, seen: int, action: Callable[..., Any], **facts: Any) -> Any:
        """Take a step in the product; it must succeed exactly where the model says so."""
        model = self.model[id]
        persona = MAY.get(model.state(self.today), {}).get(to)
        may = persona is not None and seen == len(model.steps)
        asker = {"withdrawn": SENDER, "taken_up": SENDER}.get(to, SERVICE)
        try:
            given = self.call(asker, action, id, seen=seen, **facts)
        except MovedOn:
            assert not may, f"{model} refused {to}"
            return None
        assert may, f"{model} let {to} through"
        model.steps.append(to)
        return given

    @rule(target=referrals, woman=st.integers(1, 3), service=st.sampled_from(["hostel", "second"]))
    def send(self, woman: int, service: str) -> Any:
        asked = actions.Asked(service=getattr(self.services, service))
        standing = [
            (id, each)
            for id, each in self.model.items()
            if (each.woman, each.service) == (woman, service) and each.steps[-1] not in OVER
        ]
        blocked = [each for _, each in standing if each.state(self.today) != "expired"]
        try:
            id = self.call(SENDER, actions.send, self.world.records["van", woman], asked=asked)
        except AskedAlready:
            assert blocked
            return multiple()
        assert not blocked
        for _, each in standing:
            each.steps.append("expired")
        self.model[id] = Modelled(woman, service, self.today)
        return id

    @rule(id=referrals, old=st.integers(0, 1))
    def receive(self, id: UUID, old: int) -> None:
        self.taken(id, "received", len(self.model[id].steps) - old, actions.receive)

    @rule(id=referrals, old=st.integers(0, 1))
    def accept(self, id: UUID, old: int) -> None:
        before = len(self.model[id].steps)
        self.taken(id, "accepted", before - old, actions.accept)
        self.model[id].accepted |= self.model[id].steps[-1] == "accepted"

    @rule(id=referrals, old=st.integers(0, 1), reason=st.sampled_from(DeclineReason))
    def decline(self, id: UUID, old: int, reason: DeclineReason) -> None:
        self.taken(id, "declined", len(self.model[id].steps) - old, actions.decline, reason=reason)

    @rule(id=referrals, days=st.integers(0, 9))
    def offer(self, id: UUID, days: int) -> None:
        day = timezone.localdate() + timedelta(days=days)
        self.taken(id, "offered", len(self.model[id].steps), actions.offer, starts_on=day)

    @rule(id=referrals, old=st.integers(0, 1))
    def start(self, id: UUID, old: int) -> None:
        self.taken(id, "started", len(self.model[id].steps) - old, actions.start)

    @rule(id=referrals, old=st.integers(0, 1), reason=st.sampled_from(WithdrawReason))
    def withdraw(self, id: UUID, old: int, reason: WithdrawReason) -> None:
        self.taken(id, "withdrawn", len(self.model[id].steps) - old, actions.withdraw, reason=reason)

    @rule(id=referrals)
    def return_it(self, id: UUID) -> None:
        other = "second" if self.model[id].service == "hostel" else "hostel"
        facts = {"service": getattr(self.services, other), "reason": DeclineReason.NO_SPACE}
        self.taken(id, "returned", len(self.model[id].steps), actions.return_with_offer, **facts)

    @rule(target=referrals, id=referrals)
    def take_up(self, id: UUID) -> Any:
        model = self.model[id]
        other = "second" if model.service == "hostel" else "hostel"
        there = [
            each
            for each in self.model.values()
            if (each.woman, each.service) == (model.woman, other) and each.steps[-1] not in OVER
        ]
        open_there = [each for each in there if each.state(self.today) != "expired"]
        try:
            new = self.taken(id, "taken_up", len(model.steps), actions.take_up_offer)
        except AskedAlready:
            assert open_there
            return multiple()
        if new is None:
            return multiple()
        assert not open_there
        for each in there:
            each.steps.append("expired")
        self.model[new] = Modelled(model.woman, other, self.today)
        return new

    @rule(days=st.sampled_from([1, 7, 29]))
    def days_pass(self, days: int) -> None:
        self.today += days
        self.clock.move_to(self.begin + timedelta(days=self.today))

    @invariant()
    def both_sides_see_what_the_model_says(self) -> None:
        sent, _ = self.call(SENDER, queries.sent)
        wanted = {id: (each.state(self.today), len(each.steps)) for id, each in self.model.items()}
        assert {each.row.id: (each.row.state.value, each.row.version) for each in sent} == wanted
        box = self.call(SERVICE, queries.inbox)
        waiting = {id for id, (state, _) in wanted.items() if state in ("sent", "received")}
        coming = {id for id, (state, _) in wanted.items() if state in ("accepted", "offered")}
        assert {each.row.id for each in box.to_answer} == waiting
        assert {each.row.id for each in box.coming} == coming

    @invariant()
    def a_package_is_open_to_the_service_once_it_accepted(self) -> None:
        with acting_as(self.world.actor(SERVICE)), connection.cursor() as cursor:
            cursor.execute("SELECT referral_id FROM referrals_package")
            found = {row[0] for row in cursor.fetchall()}
        assert found == {id for id, each in self.model.items() if each.accepted}


@pytest.fixture
def walk(db: None) -> type[Walk]:
    Walk.world = build()
    Walk.services = open_services(Walk.world)
    return Walk


def run(walk: type[Walk], walks: int = WALKS) -> None:
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=walks,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.generate,),  # what is found is told as it stands: making it smaller takes minutes
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_product_and_the_model_never_part(walk: type[Walk]) -> None:
    run(walk)


def test_a_forgotten_version_check_is_found(walk: type[Walk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referral_rules, "check_seen", lambda steps, seen: None)
    with pytest.raises(AssertionError, match="through"):
        run(walk, 60)


def test_a_state_that_never_expires_is_found(walk: type[Walk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referral_rules, "state_of", lambda steps, lapses_on, today: State(steps[-1].state))
    with pytest.raises(AssertionError):
        run(walk, 60)

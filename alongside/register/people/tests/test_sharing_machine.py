"""Any order of giving, withdrawing, keeping out, letting in, linking, unlinking, accepting and ending: after each step
every worker sees what a model of ten lines says, and nothing else (P7; T6, T7: links and one side's yes give nothing).

A few short runs here; the long ones with SHARING_RUNS=10000 in the environment (docs/how-to/try-sharing-all-night.md).
"""

import os
import time
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker
from alongside.register.people import actions, policy, queries
from alongside.register.people.codes import AcceptanceBasis, FieldGroup, Judgement
from alongside.register.people.first_line import to_us
from alongside.register.people.linking import accept, decide, undo
from alongside.register.people.matrix import ASKED_OF_HER, MATRIX, Scope
from alongside.register.people.models import Grant
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from tests.policy.lines import without_the_second_line
from tests.world import World, build, canaries

RUNS = int(os.environ.get("SHARING_RUNS", "4"))
STEPS = 50 if RUNS > 100 else 12
MINUTES = float(os.environ.get("SHARING_MINUTES", "inf"))  # how long it may take: it says how many runs it came to
AT_ONCE = 10
WOMEN = [("van", 0), ("van", 1), ("house", 0)]  # the first and the last are one woman
ASKER = {"van": "van_asker", "house": "house_asker"}  # the workers who keep what she says; nobody keeps them out
PEOPLE = {
    "van_asker": ("van", Role.KEY_WORKER),
    "van_outreach": ("van", Role.OUTREACH_WORKER),
    "van_manager": ("van", Role.MANAGER),
    "house_asker": ("house", Role.KEY_WORKER),
    "house_hostel": ("house", Role.HOSTEL_WORKER),
    "house_manager": ("house", Role.MANAGER),
}
FEARED = [name for name in PEOPLE if name not in ASKER.values()]
TEAMS = [("van", Role.OUTREACH_WORKER), ("house", Role.HOSTEL_WORKER), ("house", Role.MANAGER)]
women, groups = st.sampled_from(WOMEN), st.sets(st.sampled_from(ASKED_OF_HER), min_size=1)


def settle(world: World) -> None:
    for name, (agency, role) in PEOPLE.items():
        worker = Worker.objects.create(email=f"{name}@machine.example", name=name)
        world.memberships[name] = Membership.objects.create(
            worker=worker, agency=world.agencies[agency], role=role, since=date(2020, 1, 1)
        )
        world.workers[name] = worker
    keep(world, [edge(world.records["van", 0], world.records["house", 0], 0.97)])


class Sharing(RuleBasedStateMachine):
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.given: dict[tuple[str, int], tuple[object, set[FieldGroup]]] = {}  # in force: grant and groups
        self.out: dict[tuple[object, ...], object] = {}  # in force: (woman, whom) -> exclusion
        self.said: object = None
        self.turn = 0

    def teardown(self) -> None:
        try:
            for name in PEOPLE:
                self.check(name)
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    # --- what happens

    @rule(woman=women, chosen=groups)
    def give(self, woman, chosen):
        actor, other = self.asker(woman), "house" if woman[0] == "van" else "van"
        today = timezone.localdate()
        with acting_as(actor):
            made = actions.give_grant(
                actor,
                self.world.records[woman],
                to_agency=self.world.agencies[other].id,
                groups=chosen,
                asked_on=today,
                until=today + timedelta(days=9),
            )
        self.given[woman] = (made, chosen)

    @rule(woman=women)
    def withdraw(self, woman):
        if woman in self.given:
            grant, _ = self.given.pop(woman)
            actor = self.asker(woman)
            with acting_as(actor):
                actions.withdraw_grant(actor, grant)

    @rule(woman=women)
    def end(self, woman):
        """Its last day passes: for PostgreSQL's clock as well."""
        if woman in self.given:
            grant, _ = self.given.pop(woman)
            actor, token = self.asker(woman), writing.set("a test lets time pass")
            with acting_as(actor):
                Grant.objects.visible_to(actor).filter(pk=grant).update(until_at=timezone.now() - timedelta(seconds=1))
            writing.reset(token)

    @rule(woman=women, worker=st.sampled_from(FEARED))
    def fear_a_worker(self, woman, worker):
        self.keep_out(woman, ("worker", worker), worker=self.world.workers[worker].id)

    @rule(woman=women, team=st.sampled_from(TEAMS))
    def fear_a_team(self, woman, team):
        self.keep_out(woman, ("team", *team), agency=self.world.agencies[team[0]].id, role=team[1])

    @rule(woman=women)
    def fear_the_other_agency(self, woman):
        other = "house" if woman[0] == "van" else "van"
        self.keep_out(woman, ("agency", other), agency=self.world.agencies[other].id)

    def keep_out(self, woman, whom, **facts):
        actor = self.asker(woman)
        with acting_as(actor), suppress(actions.AlreadyKeptOut):
            self.out[(woman, *whom)] = actions.exclude(actor, self.world.records[woman], **facts)

    @rule(which=st.integers(0, 20))
    def let_in(self, which):
        if self.out:
            told = sorted(self.out, key=str)[which % len(self.out)]
            actor = self.asker(told[0])
            with acting_as(actor):
                actions.lift_exclusion(actor, self.out.pop(told))

    @rule()
    def link(self):
        if self.said is None:
            actor = self.world.actor("coordinator")
            pair = pair_of(actor, self.world.records["van", 0], self.world.records["house", 0])
            with acting_as(actor):
                self.said = decide(actor, pair, judgement=Judgement.SAME)

    @rule()
    def unlink(self):
        if self.said is not None:
            actor = self.world.actor("coordinator")
            with acting_as(actor):
                undo(actor, self.said)
            self.said = None

    @rule(woman=women)
    def others_may_know(self, woman):
        actor, today = self.asker(woman), timezone.localdate()
        with acting_as(actor):
            accept(
                actor,
                self.world.records[woman],
                basis=AcceptanceBasis.SHE_AGREED,
                how_asked="Over tea",
                asked_on=today,
                until=today + timedelta(days=9),
            )

    # --- what must be

    @invariant()
    def each_sees_what_the_model_says(self):
        names = list(PEOPLE)
        self.check(names[self.turn % len(names)])
        self.turn += 1

    def asker(self, woman):
        return self.world.actor(ASKER[woman[0]])

    def barred(self, name, woman):
        agency, role = PEOPLE[name]
        kept = {told[1:] for told in self.out if told[0] == woman}
        return bool(kept & {("worker", name), ("team", agency, role), ("agency", agency)})

    def shown(self, name, woman):
        """The model: the groups of another agency's record that this worker sees."""
        _, role = PEOPLE[name]
        _, chosen = self.given.get(woman, (None, set()))
        if self.barred(name, woman):
            return set()
        return {group for group in chosen if Scope.SHARED in MATRIX.get((role.value, group), ())}

    def check(self, name):
        agency, actor = PEOPLE[name][0], self.world.actor(name)
        records = self.world.records
        with acting_as(actor):
            own = {row.id for row in queries.records(actor)}
            shared = {row.record: set(row.groups) for row in queries.shared_with_us(actor)}
            known = queries.names(actor, [records[woman] for woman in WOMEN])
        for woman in WOMEN:
            record, token = records[woman], canaries("riverside", *woman)["name"]
            if woman[0] == agency:
                assert (record in own) is not self.barred(name, woman), (name, woman)
                assert (record in known) is not self.barred(name, woman), (name, woman)
            else:
                expected = self.shown(name, woman)
                assert shared.get(record, set()) == expected, (name, woman)
                names = known[record].names if record in known else ()
                assert (token in names) is (FieldGroup.IDENTITY in expected), (name, woman)
                assert record not in own


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

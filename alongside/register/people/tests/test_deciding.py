"""Deciding, undoing, and what stands between the two. Runs on PostgreSQL under row-level security."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.people.codes import Judgement
from alongside.register.people.linking import AlreadyUndone, ContradictoryDecision, decide, undo
from alongside.register.people.models import Decision, Grouping
from alongside.register.people.remarks import remark
from alongside.register.people.tests.linking_world import (
    EVIDENCE,
    decisions,
    edge,
    grouping,
    keep,
    pair_of,
    rolled_back,
)
from tests.world import build

pytestmark = pytest.mark.django_db
SAME, NOT_SAME, NOT_SURE = Judgement.SAME, Judgement.NOT_SAME, Judgement.NOT_SURE


@pytest.fixture
def world(db):
    """Van 0-5, house 0, 2, 4, custody 0, 3; some pairs likely, some not."""
    world = build(women=6)
    records = world.records
    together = [
        edge(records["van", 0], records["house", 0], 0.97),
        edge(records["van", 0], records["custody", 0], 0.6),
        edge(records["house", 0], records["custody", 0], 0.3),
        edge(records["van", 2], records["house", 2], 0.4),
        edge(records["van", 1], records["house", 2], 0.35),
        edge(records["van", 4], records["house", 4], 0.08),
        edge(records["van", 1], records["van", 2], 0.2),
        edge(records["custody", 0], records["custody", 3], 0.3),
    ]
    keep(world, together, {"van": [edge(records["van", 1], records["van", 2], 0.25)]})
    return world


def test_it_joins_and_undoing_parts_again(world):
    coordinator = world.actor("coordinator")
    one, other = world.records["van", 2], world.records["house", 2]
    before = grouping(world)
    assert before[one] != before[other]
    with acting_as(coordinator):
        done = decide(coordinator, pair_of(coordinator, one, other), judgement=SAME, reason="The same mark")
    after = grouping(world)
    assert after[one] == after[other] == min(one, other)
    with acting_as(coordinator):
        undo(coordinator, done)
    assert grouping(world) == before
    assert decisions(coordinator) == 2


def test_who_when_why_and_the_evidence_then_are_kept(world):
    coordinator = world.actor("coordinator")
    pair = pair_of(coordinator, world.records["van", 2], world.records["house", 2])
    with acting_as(coordinator):
        done = decide(coordinator, pair, judgement=NOT_SAME, reason="  Seen side by side ")
        row = Decision.objects.visible_to(coordinator).get(pk=done)
    assert (row.decided_by, row.probability) == (coordinator.user, 0.4)
    assert b"Seen" not in row.reason
    assert remark(row.partnership_id, Place("people_decision", row.pk, "reason"), row.reason) == "Seen side by side"
    assert row.evidence["for"] == EVIDENCE["for"]
    assert row.decided_at is not None


def test_not_the_same_parts_what_the_evidence_joined(world):
    coordinator = world.actor("coordinator")
    one, other = world.records["van", 0], world.records["house", 0]
    assert grouping(world)[one] == grouping(world)[other]
    with acting_as(coordinator):
        decide(coordinator, pair_of(coordinator, one, other), judgement=NOT_SAME)
    assert grouping(world)[one] != grouping(world)[other]


def test_decisions_hold_in_every_later_run(world):
    coordinator = world.actor("coordinator")
    records = world.records
    with acting_as(coordinator):
        decide(coordinator, pair_of(coordinator, records["van", 0], records["house", 0]), judgement=NOT_SAME)
        decide(coordinator, pair_of(coordinator, records["van", 4], records["house", 4]), judgement=SAME)
    keep(world, [edge(records["van", 0], records["house", 0], 0.999)])
    placed = grouping(world)
    assert placed[records["van", 0]] != placed[records["house", 0]]
    assert placed[records["van", 4]] == placed[records["house", 4]]


def test_a_contradiction_names_the_earlier_decision(world):
    coordinator = world.actor("coordinator")
    records = world.records
    with acting_as(coordinator):
        first = decide(coordinator, pair_of(coordinator, records["van", 0], records["house", 0]), judgement=SAME)
        decide(coordinator, pair_of(coordinator, records["van", 0], records["custody", 0]), judgement=NOT_SAME)
        pair = pair_of(coordinator, records["house", 0], records["custody", 0])
        before = grouping(world)
        with pytest.raises(ContradictoryDecision) as caught:
            decide(coordinator, pair, judgement=SAME)
    assert caught.value.decision != first
    for part in ("NV-", "CL-", "are not the same woman"):
        assert part in caught.value.words
    assert grouping(world) == before
    assert decisions(coordinator) == 2


def test_an_agency_is_not_told_of_contradictions_with_other_lists(world):
    coordinator, worker = world.actor("coordinator"), world.actor("key_worker")
    records = world.records
    with acting_as(coordinator):
        decide(coordinator, pair_of(coordinator, records["van", 2], records["house", 2]), judgement=SAME)
        decide(coordinator, pair_of(coordinator, records["van", 1], records["house", 2]), judgement=SAME)
    with acting_as(worker):
        decide(worker, pair_of(worker, records["van", 1], records["van", 2]), judgement=NOT_SAME)
    placed = grouping(world)
    assert placed[records["van", 1]] != placed[records["van", 2]]


def test_undoing_twice_is_refused_by_name(world):
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        done = decide(
            coordinator,
            pair_of(coordinator, world.records["van", 2], world.records["house", 2]),
            judgement=SAME,
        )
        undoing = undo(coordinator, done)
        for each in (done, undoing):
            with pytest.raises(AlreadyUndone):
                undo(coordinator, each)


@pytest.mark.parametrize("persona", ["hostel_worker", "commissioner", "contributor", "dp_lead", "system_admin"])
def test_others_find_no_pair_of_an_agency(world, persona):
    worker, other = world.actor("key_worker"), world.actor(persona)
    pair = pair_of(worker, world.records["van", 1], world.records["van", 2])
    with acting_as(other), pytest.raises(NotFound):
        decide(other, pair, judgement=SAME)


def test_the_coordinator_leaves_an_agencys_own_records_to_its_workers(world):
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        from alongside.register.people.models import Pair

        seen = set(Pair.objects.visible_to(coordinator).values_list("agency_a__slug", "agency_b__slug"))
    assert ("custody", "custody") in seen
    assert not {("van", "van"), ("house", "house")} & seen


def test_an_agency_never_sees_a_pair_with_another_list(world):
    worker, coordinator = world.actor("key_worker"), world.actor("coordinator")
    pair = pair_of(coordinator, world.records["van", 0], world.records["house", 0])
    with acting_as(worker), pytest.raises(NotFound):
        decide(worker, pair, judgement=SAME)


def test_without_the_role_nobody_decides(world):
    from dataclasses import replace

    worker = world.actor("key_worker")
    pair = pair_of(worker, world.records["van", 1], world.records["van", 2])
    stripped = replace(worker, roles=frozenset({"dp_lead"}))
    with acting_as(stripped), pytest.raises((NotFound, Denied)):
        decide(stripped, pair, judgement=SAME)


def test_decisions_can_be_changed_by_no_role_of_the_product(world):
    from django.db import ProgrammingError

    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        done = decide(
            coordinator,
            pair_of(coordinator, world.records["van", 2], world.records["house", 2]),
            judgement=SAME,
        )
    from alongside.foundation.gate.rows import writing

    for persona in ("coordinator", "key_worker"):
        actor = world.actor(persona)
        token = writing.set("a planted defect")
        try:
            with acting_as(actor), rolled_back(), pytest.raises(ProgrammingError):
                Decision.objects.unscoped("a planted defect").filter(pk=done).update(reason=b"changed")
        finally:
            writing.reset(token)


def test_splitting_is_the_exact_inverse_of_joining(world):
    """Any mix of answers and undoings: the same standing answers give the same groups, to the byte."""
    coordinator = world.actor("coordinator")
    ids = [
        world.records[key] for key in (("van", 0), ("house", 0), ("custody", 0), ("van", 2), ("house", 2), ("van", 1))
    ]
    shown = [(a, b) for a, b in combinations(ids, 2) if {a, b} in [{p, q} for p, q in _pairs(world, coordinator)]]
    begun = grouping(world)

    class Deciding(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.inside = rolled_back()
            self.inside.__enter__()
            self.live: list = []
            self.seen = {(): begun}

        def teardown(self):
            self.inside.__exit__(None, None, None)

        @rule(pair=st.sampled_from(shown), judgement=st.sampled_from((SAME, NOT_SAME, NOT_SURE)))
        def say(self, pair, judgement):
            with acting_as(coordinator):
                try:
                    self.live.append(decide(coordinator, pair_of(coordinator, *pair), judgement=judgement))
                except ContradictoryDecision as fault:
                    if fault.decision not in self.live:
                        raise

        @precondition(lambda self: self.live)
        @rule(data=st.data())
        def take_back(self, data):
            done = data.draw(st.sampled_from(self.live))
            self.live.remove(done)
            with acting_as(coordinator):
                undo(coordinator, done)

        @invariant()
        def same_answers_same_groups(self):
            now = grouping(world)
            assert self.seen.setdefault(tuple(self.live), now) == now

        @invariant()
        def never_together_against_an_answer(self):
            now = grouping(world)
            with acting_as(coordinator):
                rows = Decision.objects.visible_to(coordinator).filter(pk__in=self.live).order_by("decided_at")
                last = {(row.a_id, row.b_id): row.judgement for row in rows}
            for (a, b), judgement in last.items():
                assert judgement != NOT_SAME or now[a] != now[b]
                assert judgement != SAME or now[a] == now[b]

    run_state_machine_as_test(
        Deciding,
        settings=settings(
            max_examples=25,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
    assert grouping(world) == begun


def _pairs(world, actor):
    from alongside.register.people.models import Pair

    with acting_as(actor):
        return list(Pair.objects.visible_to(actor).values_list("a_id", "b_id"))


def test_every_record_keeps_a_group(world):
    with acting_as(world.actor("coordinator")) as _:
        assert set(grouping(world)) == set(world.records.values())
    assert Grouping is not None

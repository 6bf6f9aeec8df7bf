"""She is asked on both sides, or nobody learns anything (T6, T7, P20)."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people.codes import AcceptanceBasis, Judgement
from alongside.register.people.linking import accept, decide, settle, undo, withdraw_acceptance, works_with
from alongside.register.people.linking.accept import AskedLater, NothingAccepted, TooLong, months_after
from alongside.register.people.models import (
    Acceptance,
    CaseworkLink,
    Decision,
    Grouping,
    Identity,
    Pair,
    Person,
    Record,
)
from alongside.register.people.queries import names, records
from alongside.register.people.queries.works_with import asking
from alongside.register.people.tests.linking_world import edge, grouping, keep, pair_of, rolled_back
from tests.world import build

pytestmark = pytest.mark.django_db
SAME = Judgement.SAME
VAN, HOUSE = "key_worker", "hostel_worker"
SEALED = (Record, Identity, Pair, Decision, Acceptance, CaseworkLink)


@pytest.fixture
def world(db):
    world = build(women=4)
    of = world.records
    own = {"van": [edge(of["van", 1], of["van", 2], 0.25)]}
    keep(world, [edge(of["van", 0], of["house", 0], 0.97), edge(of["van", 2], of["house", 2], 0.4)], own)
    return world


def say(world, persona, record, until=None, **changed):
    actor = world.actor(persona)
    today = timezone.localdate()
    facts = {
        "basis": AcceptanceBasis.SHE_AGREED,
        "how_asked": "Over tea",
        "asked_on": today,
        "until": until or today + timedelta(days=90),
    } | changed
    with acting_as(actor):
        accept(actor, record, **facts)


def take_back(world, persona, record):
    actor = world.actor(persona)
    with acting_as(actor):
        withdraw_acceptance(actor, record)


def same(world, one, other):
    actor = world.actor("coordinator")
    with acting_as(actor):
        return decide(actor, pair_of(actor, one, other), judgement=SAME)


def known_to(world, persona, record):
    actor = world.actor(persona)
    with acting_as(actor):
        return works_with(actor, record)


def readable(world, persona):
    """Everything that an agency's worker can read, by the queries and by the database."""
    actor = world.actor(persona)
    with acting_as(actor):
        # Past the gate as well: what PostgreSQL alone lets this agency read.
        rows = {
            model.__name__: sorted(map(repr, model.objects.unscoped("a test reads past the gate").values_list()))
            for model in SEALED
        }
        own = records(actor)
        named = names(actor, [row.id for row in own])
        others = {row.id: works_with(actor, row.id) for row in own}
    return rows, own, named, others


def test_both_sides_and_a_decision_make_it_known(world):
    ours, theirs = world.records["van", 0], world.records["house", 0]
    same(world, ours, theirs)
    say(world, VAN, ours)
    assert known_to(world, VAN, ours) == []
    say(world, HOUSE, theirs)
    assert known_to(world, VAN, ours) == ["Green House"]
    assert known_to(world, HOUSE, theirs) == ["Night Van"]


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_the_order_of_the_three_makes_no_difference(world, order):
    ours, theirs = world.records["van", 0], world.records["house", 0]
    steps = (
        lambda: same(world, ours, theirs),
        lambda: say(world, VAN, ours),
        lambda: say(world, HOUSE, theirs),
    )
    for place in order[:2]:
        steps[place]()
        assert known_to(world, VAN, ours) == known_to(world, HOUSE, theirs) == []
    steps[order[2]]()
    assert known_to(world, VAN, ours) == ["Green House"]


def test_evidence_alone_makes_nothing_known(world):
    ours, theirs = world.records["van", 0], world.records["house", 0]
    assert grouping(world)[ours] == grouping(world)[theirs]
    say(world, VAN, ours)
    say(world, HOUSE, theirs)
    assert known_to(world, VAN, ours) == known_to(world, HOUSE, theirs) == []


def test_withdrawing_or_undoing_ends_it_at_once(world):
    ours, theirs = world.records["van", 0], world.records["house", 0]
    done = same(world, ours, theirs)
    say(world, VAN, ours)
    say(world, HOUSE, theirs)
    take_back(world, HOUSE, theirs)
    assert known_to(world, VAN, ours) == []
    say(world, HOUSE, theirs)
    assert known_to(world, VAN, ours) == ["Green House"]
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        undo(coordinator, done)
    assert known_to(world, VAN, ours) == known_to(world, HOUSE, theirs) == []


def test_the_day_it_ends_counts_when_it_is_read(world):
    ours, theirs = world.records["van", 0], world.records["house", 0]
    same(world, ours, theirs)
    ends = timezone.localdate() + timedelta(days=10)
    say(world, VAN, ours)
    say(world, HOUSE, theirs, until=ends)
    with time_machine.travel(ends, tick=False):
        assert known_to(world, VAN, ours) == ["Green House"]
    with time_machine.travel(ends + timedelta(days=1), tick=False):
        assert known_to(world, VAN, ours) == []


def test_asking_again_takes_the_place_of_the_first_answer(world):
    ours = world.records["van", 0]
    say(world, VAN, ours)
    say(world, VAN, ours, how_asked="On the phone")
    actor = world.actor(VAN)
    with acting_as(actor):
        rows = Acceptance.objects.visible_to(actor)
        assert rows.count() == 2
        row = rows.get(withdrawn_at=None)
        assert b"phone" not in row.how_asked
        assert asking(actor, ours).how_asked == "On the phone"


def test_no_acceptance_beyond_twelve_months_or_asked_tomorrow(world):
    ours, today = world.records["van", 0], timezone.localdate()
    with pytest.raises(TooLong):
        say(world, VAN, ours, until=months_after(today, 12) + timedelta(days=1))
    with pytest.raises(TooLong):
        say(world, VAN, ours, until=today - timedelta(days=1))
    with pytest.raises(AskedLater):
        say(world, VAN, ours, asked_on=today + timedelta(days=1))
    with pytest.raises(NothingAccepted):
        take_back(world, VAN, ours)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 4), 12, date(2027, 3, 4)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_months_after(day, months, expected):
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("persona", "fault"),
    [
        (HOUSE, NotFound),
        ("coordinator", Denied),
        ("commissioner", NotFound),
        ("contributor", NotFound),
        ("dp_lead", NotFound),
    ],
)
def test_only_the_holder_accepts(world, persona, fault):
    with pytest.raises(fault):
        say(world, persona, world.records["van", 1])


def test_linking_joins_no_field_group(world):
    """T7: known to each other, each agency still reads its own records and nothing else."""
    ours, theirs = world.records["van", 0], world.records["house", 0]
    before = {persona: readable(world, persona) for persona in (VAN, HOUSE)}
    same(world, ours, theirs)
    say(world, VAN, ours)
    say(world, HOUSE, theirs)
    for persona in (VAN, HOUSE):
        rows, own, named, others = readable(world, persona)
        was_rows, was_own, was_named, _ = before[persona]
        for model in ("Record", "Identity", "Pair", "Decision"):
            assert rows[model] == was_rows[model]
        assert (own, named) == (was_own, was_named)
        assert [each for each in others.values() if each] in ([["Green House"]], [["Night Van"]])


def _meet(world, how_far):
    """The other agency's side of the story, as far as it goes without the van."""
    ours, theirs = world.records["van", 0], world.records["house", 0]
    own = {"van": [edge(world.records["van", 1], world.records["van", 2], 0.25)]}
    keep(world, [edge(ours, theirs, 0.97)] if how_far else [], own)
    if how_far > 1:
        same(world, ours, theirs)
    if how_far > 2:
        say(world, HOUSE, theirs)


def _without_ids(reads):
    """What is read, without what is drawn anew each time: ids of rows and runs, moments, and sealed bytes."""
    rows, *others = reads
    drawn = re.compile(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|datetime\.datetime\([^)]*\)+"
        r"|b'(?:[^'\\]|\\.)*'|b\"(?:[^\"\\]|\\.)*\"|<memory at 0x[0-9a-f]+>"
    )
    return {model: sorted(drawn.sub("", row) for row in held) for model, held in rows.items()}, *others


@pytest.mark.parametrize("how_far", [1, 2, 3])
def test_until_both_accept_the_holder_reads_the_same_as_if_nobody_else_knew_her(world, how_far):
    """T6: evidence, a decision, even the other side's yes change nothing that the van can read."""
    reads = []
    for far in (0, how_far):
        with rolled_back():
            _meet(world, far)
            reads.append(_without_ids(readable(world, VAN)))
    assert reads[0] == reads[1]


@pytest.mark.parametrize("how_far", [1, 2])
def test_until_both_accept_the_holders_acts_do_the_same_work(world, how_far):
    """P20: accepting, withdrawing and deciding send the same statements, whether or not somebody else knows her."""
    sent, reads = [], []
    worker = world.actor(VAN)
    for far in (0, how_far):
        with rolled_back():
            _meet(world, far)
            pair = pair_of(worker, world.records["van", 1], world.records["van", 2])
            with CaptureQueriesContext(connection) as asked:
                say(world, VAN, world.records["van", 0])
                take_back(world, VAN, world.records["van", 0])
                say(world, VAN, world.records["van", 0])
                with acting_as(worker):
                    undo(worker, decide(worker, pair, judgement=SAME))
            sent.append([_shape(query["sql"]) for query in asked])
            reads.append(_without_ids(readable(world, VAN)))
    assert sent[0] == sent[1]
    assert reads[0] == reads[1]


def _shape(sql):
    """A statement without its values."""
    return re.sub(r"'[^']*'|[0-9]+", "", sql)[:70]


steps = st.lists(st.sampled_from(["same", "van", "house", "undo", "van back", "house back"]), max_size=10)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
def test_known_exactly_while_all_three_hold(world, taken):
    """P20: at every moment each side learns of the other if and only if both accepted and a decision stands."""
    walk(world, taken)


def test_an_acceptance_that_outlives_its_withdrawal_would_be_found(world, monkeypatch):
    """A planted defect: what was taken back still counts when links are drawn."""

    def forgetful(actor, today):
        rows = Acceptance.objects.visible_to(actor).filter(until__gte=today).order_by("id")
        return {row.record_id: row for row in rows}

    monkeypatch.setattr(settle, "_accepted", forgetful)
    with pytest.raises(AssertionError):
        walk(world, ["same", "van", "house", "van back"])


def walk(world, taken):
    ours, theirs = world.records["van", 0], world.records["house", 0]
    held = {"same": None, "van": False, "house": False}
    with rolled_back():
        start = {persona: readable(world, persona)[3] for persona in (VAN, HOUSE)}
        for step in taken:
            _take(world, step, held, ours, theirs)
            both = bool(held["same"] and held["van"] and held["house"])
            assert known_to(world, VAN, ours) == (["Green House"] if both else [])
            assert known_to(world, HOUSE, theirs) == (["Night Van"] if both else [])
            if not both:
                assert {persona: readable(world, persona)[3] for persona in (VAN, HOUSE)} == start


def _take(world, step, held, ours, theirs):
    coordinator = world.actor("coordinator")
    if step == "same" and not held["same"]:
        held["same"] = same(world, ours, theirs)
    elif step == "undo" and held["same"]:
        with acting_as(coordinator):
            undo(coordinator, held["same"])
        held["same"] = None
    elif step in ("van", "house"):
        say(world, *((VAN, ours) if step == "van" else (HOUSE, theirs)))
        held[step] = True
    elif step.endswith("back") and held[step.split()[0]]:
        take_back(world, *((VAN, ours) if step.startswith("van") else (HOUSE, theirs)))
        held[step.split()[0]] = False


def test_unlinking_restores_the_groups_to_the_byte(world):
    before = _raw(Grouping), _raw(Person)
    done = same(world, world.records["van", 2], world.records["house", 2])
    assert _raw(Grouping) != before[0]
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        undo(coordinator, done)
    assert (_raw(Grouping), _raw(Person)) == before


def _raw(model):
    with _as_counting(model) as rows:
        return sorted(map(repr, rows))


@contextmanager
def _as_counting(model):
    from alongside.register.agencies.models import Partnership
    from alongside.register.people.acting import counting_job

    job = counting_job(Partnership.objects.get().id)
    with acting_as(job):
        yield model.objects.visible_to(job).values_list()

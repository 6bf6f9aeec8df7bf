"""A whole run: what it reads, what it keeps, what it tells on the way; the job that starts it; facts for counting."""

import json
from datetime import date
from uuid import UUID

import pytest
from django.db import connections

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied
from alongside.register.people import facts
from alongside.register.people.acting import counting_job, linkage_job
from alongside.register.people.actions import take_in
from alongside.register.people.codes import Judgement, RunState
from alongside.register.people.comparing import Compared
from alongside.register.people.intake import Incoming
from alongside.register.people.jobs import link_partnership, start_linkage
from alongside.register.people.known import Born, Known
from alongside.register.people.linking import decide, run_linkage
from alongside.register.people.linking import run as running
from alongside.register.people.linking.figures import gains
from alongside.register.people.models import LinkageRun, Pair
from alongside.register.people.queries import review
from alongside.register.people.tests.linking_world import edge, grouping, keep, pair_of
from tests.world import SEEN, build, canaries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return build(women=6)


@pytest.fixture
def engine(monkeypatch, world):
    """An engine that notes what it was given and finds the pairs told to it."""
    given = {"alone": []}
    of = world.records

    def compare(records, stands):
        given["together"], given["stands"] = records.to_pylist(), stands
        return Compared(
            [edge(of["van", 0], of["house", 0], 0.9), edge(of["van", 1], of["van", 2], 0.4)],
            1.3,
            {"m": [1]},
            {},
        )

    def compare_alone(records):
        given["alone"].append(records.to_pylist())
        ids = {row["rec_id"] for row in records.to_pylist()}
        pair = edge(of["van", 1], of["van", 2], 0.2)
        return [pair] if {str(pair.a), str(pair.b)} <= ids else []

    monkeypatch.setattr(running, "compare", compare)
    monkeypatch.setattr(running, "compare_alone", compare_alone)
    return given


def test_it_reads_every_record_once_and_leaves_its_number(world, engine):
    job = linkage_job(world.partnership.id)
    run_linkage(job)
    assert {row["rec_id"] for row in engine["together"]} == {str(each) for each in world.records.values()}
    assert canaries("riverside", "house", 2)["name"] in {row["known_as"] for row in engine["together"]}
    assert {row["agency"] for row in engine["together"]} == {
        str(world.agencies[s].id) for s in ("van", "house", "custody")
    }


def test_each_agencys_own_list_is_compared_without_the_others(world, engine):
    run_linkage(linkage_job(world.partnership.id))
    agencies = [{row["agency"] for row in part} for part in engine["alone"] if part]
    assert sorted(map(len, agencies)) == [1, 1]  # van and house; nobody at the custody list may look
    worker = world.actor("key_worker")
    with acting_as(worker):
        assert [row.probability for row in Pair.objects.visible_to(worker)] == [0.2]


def test_it_tells_how_far_it_is_and_ends_finished(world, engine):
    told = []
    run = run_linkage(linkage_job(world.partnership.id), lambda words, percent: told.append((words, percent)))
    assert [percent for _, percent in told] == sorted(percent for _, percent in told)
    assert told[-1] == ("Finished", 100)
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        row = LinkageRun.objects.visible_to(coordinator).get(pk=run)
        assert review.latest_run(coordinator).state is RunState.FINISHED
    assert row.figures["records"] == len(world.records)
    assert row.figures["expected_pairs"] == 1.3
    assert sum(band["pairs"] for band in row.figures["calibration"]) == 2


def test_how_far_it_is_stands_in_the_run_for_the_page(world, engine, monkeypatch):
    seen = []
    coordinator = world.actor("coordinator")
    found_by = running.compare

    def compare(records, stands):
        with acting_as(coordinator):
            seen.append(review.latest_run(coordinator))
        return found_by(records, stands)

    monkeypatch.setattr(running, "compare", compare)
    link_partnership(str(world.partnership.id))
    assert [(run.state, run.step, run.percent) for run in seen] == [(RunState.RUNNING, "Comparing all records", 20)]


def test_no_name_is_kept_with_a_run(world, engine):
    run = run_linkage(linkage_job(world.partnership.id))
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        row = LinkageRun.objects.visible_to(coordinator).get(pk=run)
        evidence = list(Pair.objects.visible_to(coordinator).values_list("evidence", flat=True))
    text = json.dumps([row.model, row.figures, row.evidence, evidence])
    tokens = {token for slug, woman in world.records for token in canaries("riverside", slug, woman).values()}
    assert not [token for token in tokens if token.lower() in text.lower()]


def test_a_run_that_breaks_leaves_what_stood(world, engine, monkeypatch):
    keep(world, [edge(world.records["van", 0], world.records["house", 0], 0.9)])
    before = grouping(world)

    def broken(records, stands):
        raise RuntimeError("the engine stopped")

    monkeypatch.setattr(running, "compare", broken)
    with pytest.raises(RuntimeError):
        run_linkage(linkage_job(world.partnership.id))
    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        assert review.latest_run(coordinator).state is RunState.STOPPED
        assert Pair.objects.visible_to(coordinator).count() == 1
    assert grouping(world) == before


def test_every_later_run_obeys_decisions(world, engine):
    run_linkage(linkage_job(world.partnership.id))
    coordinator = world.actor("coordinator")
    one, other = world.records["van", 0], world.records["house", 0]
    with acting_as(coordinator):
        decide(coordinator, pair_of(coordinator, one, other), judgement=Judgement.NOT_SAME)
    run_linkage(linkage_job(world.partnership.id))
    assert engine["stands"].not_same() == [tuple(sorted((one, other)))]
    placed = grouping(world)
    assert placed[one] != placed[other]


@pytest.mark.parametrize("persona", ["coordinator", "key_worker", "commissioner", "system_admin"])
def test_nobody_but_the_job_reads_all_names(world, persona):
    actor = world.actor(persona)
    with pytest.raises(Denied):
        run_linkage(actor)


def test_the_same_pair_keeps_its_address_in_every_run(world, engine):
    coordinator = world.actor("coordinator")
    addresses = set()
    for _ in range(2):
        run_linkage(linkage_job(world.partnership.id))
        addresses.add(pair_of(coordinator, world.records["van", 0], world.records["house", 0]))
    assert len(addresses) == 1


def test_the_engine_itself_from_end_to_end(world):
    """Two women on two lists with all that can be known of them, among the others."""
    twins = [
        Known(
            names=(f"Corisande{n}",),
            last_names=(f"Abernathy{n}",),
            born=Born(date(1988, 4, n), date(1988, 4, n)),
            phones=(f"0770090077{n}",),
            marks=("swallow@hand",),
            area="Quayside",
        )
        for n in (3, 5)
    ]
    for slug in ("van", "house"):
        job = world.job("intake", slug)
        with acting_as(job):
            take_in(job, rows=[Incoming(each, SEEN, SEEN) for each in twins], source=UUID(int=7))
    run = run_linkage(linkage_job(world.partnership.id))
    job = counting_job(world.partnership.id)
    with acting_as(job):
        row = LinkageRun.objects.visible_to(job).get(pk=run)
        kept = facts.unlinked(job)
    text = json.dumps([row.model, row.figures, row.evidence])
    assert "corisande" not in text.lower()
    assert row.model["frequencies"] == {}
    assert len(kept.agency) == len(world.records) + 4
    assert len(kept.log_bf) == len(kept.agency) * (len(kept.agency) - 1) // 2
    assert kept.log_bf.max() > 10


def test_facts_are_nameless_and_for_counting_only(world):
    keep(
        world,
        [
            edge(world.records["van", 0], world.records["house", 0], 0.9),
            edge(world.records["van", 1], world.records["house", 2], 0.005),
        ],
    )
    job = counting_job(world.partnership.id)
    with acting_as(job):
        rows, pairs, run = facts.records(job), facts.pairs(job), facts.latest_run(job)
    assert {row.id for row in rows} == set(world.records.values())
    person = {row.id: row.person for row in rows}
    assert person[world.records["van", 0]] == person[world.records["house", 0]]
    assert [round(pair.probability, 1) for pair in pairs] == [0.9]
    assert run is not None
    for persona in ("coordinator", "key_worker", "commissioner"):
        actor = world.actor(persona)
        with acting_as(actor), pytest.raises(Denied):
            facts.records(actor)


def test_the_job_is_asked_for_once(world):
    from procrastinate.contrib.django.models import ProcrastinateJob

    coordinator = world.actor("coordinator")
    with acting_as(coordinator):
        assert start_linkage(coordinator) is True
        assert start_linkage(coordinator) is False
    with connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
    job = ProcrastinateJob.objects.get(task_name="people.link_partnership")
    assert job.args == {"partnership_id": str(world.partnership.id)}
    assert job.lock == f"linkage {world.partnership.id}"
    worker = world.actor("key_worker")
    with acting_as(worker), pytest.raises(Denied):
        start_linkage(worker)


def test_a_look_helps_most_where_it_moves_most():
    ids = [UUID(int=n) for n in range(1, 6)]
    a, b, c, d, e = ids
    placed = {a: a, b: a, c: c, d: c, e: e}
    sure, torn, small = edge(a, b, 0.99), edge(a, c, 0.5), edge(a, e, 0.5)
    gain_sure, gain_torn, gain_small = gains([sure, torn, small], placed)
    assert gain_torn > gain_small > gain_sure

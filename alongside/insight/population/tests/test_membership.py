"""Distinct women and overlaps by drawn groupings, on worlds whose truth is known."""

import numpy as np
import pytest

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.evidence import PairEvidence
from alongside.insight.population.membership import distinct_women
from alongside.insight.population.tests.worlds import World, members, world


def truth(made: World) -> CaptureTable:
    names = made.evidence.agencies
    rows = [[names[place] for place in np.flatnonzero(row)] for row in members(made)]
    return CaptureTable.from_members(names, rows)


def test_clear_evidence_gives_the_true_patterns() -> None:
    made = world(1, areas=2, women=80, strength=40.0)
    found = distinct_women(made.evidence, seed=1, draws=10)
    right = truth(made)
    assert found.all.mean == pytest.approx(right.seen, rel=0.01)
    assert found.table.counts == pytest.approx(right.counts, abs=1.5)


def test_weak_evidence_gives_the_right_number_and_an_honest_interval() -> None:
    made = world(2, areas=3, women=120, strength=6.0)
    found = distinct_women(made.evidence, seed=1, draws=25)
    right = truth(made)
    assert found.all.mean == pytest.approx(right.seen, rel=0.08)
    assert found.all.low < found.all.mean < found.all.high
    for place, name in enumerate("ABC"):
        assert found.by_agency[name].mean == pytest.approx(right.list_sizes[place], rel=0.1)


def test_patterns_agencies_and_all_add_up() -> None:
    found = distinct_women(world(3, areas=1, women=80).evidence, seed=4, draws=5)
    assert sum(span.mean for span in found.patterns.values()) == pytest.approx(found.all.mean)
    on_a = sum(span.mean for names, span in found.patterns.items() if "A" in names)
    assert on_a == pytest.approx(found.by_agency["A"].mean)
    assert len(found.patterns) == 7


def test_a_seed_repeats_itself() -> None:
    made = world(5, areas=1, women=60)
    first, again = (distinct_women(made.evidence, seed=9, draws=4) for _ in range(2))
    assert np.array_equal(first.draws, again.draws)


def test_without_evidence_of_pairs_every_record_is_a_woman() -> None:
    evidence = PairEvidence.of(["van", "clinic", "van"], ["a", "b", "c"], {})
    found = distinct_women(evidence, seed=0, draws=3)
    assert found.all.mean == 3
    assert found.patterns[frozenset({"van"})].mean == 2


def test_no_records_is_a_fault() -> None:
    with pytest.raises(ValueError, match="no records"):
        distinct_women(PairEvidence.of([], [], {}), seed=0)

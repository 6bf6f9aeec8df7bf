"""True pairs, overlaps and all women from evidence alone, on worlds whose truth is known."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.population.evidence import (
    PairEvidence,
    mean_records,
    true_pairs,
    women_on_lists,
)
from alongside.insight.population.refusals import NoOverlap, TooFewLists, TooFewOverlaps
from alongside.insight.population.tests.worlds import members, world
from alongside.insight.population.unlinked import estimate_without_links


def test_true_pairs_are_counted_without_deciding_any() -> None:
    made = world(1)
    same = made.woman[made.evidence.left] == made.woman[made.evidence.right]
    for one, other in combinations(range(3), 2):
        places = made.evidence.between(one, other)
        found = true_pairs(made.evidence.log_bf[places], np.ones(len(places)))
        truth = int(same[places].sum())
        assert abs(np.log(found.count / truth)) < 4 * found.relative_se
        assert 0.02 < found.relative_se < 0.2


def test_the_error_of_true_pairs_is_honest() -> None:
    """The number of true pairs being Poisson, errors over the stated one have a spread near 1."""
    generator = np.random.default_rng(4)
    off = []
    for _ in range(60):
        same = generator.random(5_000) < 0.02
        factors = generator.normal(np.where(same, 4, -4), np.sqrt(8))
        found = true_pairs(factors, np.ones(5_000))
        off.append(np.log(found.count / 100) / found.relative_se)
    assert 0.75 < np.std(off) < 1.25
    assert abs(np.mean(off)) < 0.4


def test_no_pairs_and_no_evidence() -> None:
    assert true_pairs(np.array([]), np.array([])).count == 0
    nothing = true_pairs(np.full(500, -30.0), np.ones(500))
    assert nothing.count < 1e-6


@given(st.floats(0.001, 5))
def test_mean_records_is_that_of_a_truncated_poisson(rate: float) -> None:
    counts = np.arange(1, 60)
    weights = np.exp(counts * np.log(rate) - rate - np.cumsum(np.log(counts)))
    assert mean_records(rate) == pytest.approx((weights @ counts) / weights.sum(), rel=1e-6)


def test_women_and_overlaps_of_lists() -> None:
    ratios = []
    for seed in range(3):
        made = world(seed)
        lists, held = women_on_lists(made.evidence), members(made)
        assert lists.women == pytest.approx(held.sum(axis=0), rel=0.08)
        ratios += [m / (held[:, a] & held[:, b]).sum() for (a, b), m in lists.overlap.items()]
    assert np.mean(ratios) == pytest.approx(1, abs=0.07)


def test_all_women_within_fifteen_per_cent_and_inside_the_interval() -> None:
    inside, ratios = 0, []
    for seed in range(10):
        made = world(seed, uneven=0.05)
        found = estimate_without_links(made.evidence).interval
        ratios.append(found.estimate / made.women)
        inside += found.low <= made.women <= found.high
    assert np.mean(np.abs(np.array(ratios) - 1) < 0.15) >= 0.9
    assert inside >= 9


def test_two_agencies_that_send_women_to_each_other_are_set_aside() -> None:
    sent = world(3, rates=(0.5, 0.5, 0.5, 0.4), uneven=0.0, strength=8.0, sent=(0, 3, 0.5))
    found = estimate_without_links(sent.evidence)
    assert found.set_aside == ((0, 3),)
    assert found.spread[0] == found.by_pair[0, 3]
    assert found.interval.low < sent.women < found.interval.high
    alone = world(3, rates=(0.5, 0.5, 0.5, 0.4), uneven=0.0, strength=8.0)
    assert estimate_without_links(alone.evidence).set_aside == ()


def test_the_order_of_records_and_sides_does_not_matter() -> None:
    made = world(2, areas=3)
    old = made.evidence
    turned = PairEvidence(old.agencies, old.agency, old.area, old.right[::-1], old.left[::-1], old.log_bf[::-1])
    first, second = estimate_without_links(old), estimate_without_links(turned)
    assert first.interval.estimate == pytest.approx(second.interval.estimate)


def test_evidence_from_names() -> None:
    evidence = PairEvidence.of(["van", "clinic", "van"], ["north", "north", "south"], {(0, 1): 2.5})
    assert evidence.agencies == ("clinic", "van")
    assert evidence.between(0, 1).tolist() == [0]
    assert len(evidence.between(1, 1)) == 0
    assert evidence.records.tolist() == [1, 2]
    with pytest.raises(ValueError, match="one area"):
        PairEvidence.of(["van", "clinic"], ["north", "south"], {(0, 1): 2.5})


def test_lists_without_ground_are_refused() -> None:
    with pytest.raises(TooFewLists):
        estimate_without_links(world(1, rates=(0.6,)).evidence)
    few = world(1, areas=1, women=40, rates=(0.3, 0.3), strength=9.0)
    with pytest.raises((TooFewOverlaps, NoOverlap)):
        estimate_without_links(few.evidence)
    made = world(1, rates=(0.6, 0.5))
    old = made.evidence
    apart = PairEvidence(old.agencies, old.agency, old.area, old.left, old.right, np.full(len(old.left), -20.0))
    with pytest.raises(NoOverlap):
        estimate_without_links(apart)


def test_women_met_unevenly_pull_the_number_down_but_stay_inside_the_interval() -> None:
    below = 0
    for seed in range(6):
        made = world(seed, uneven=0.25)
        found = estimate_without_links(made.evidence).interval
        below += found.estimate < made.women
        assert found.high > 0.95 * made.women
    assert below >= 5

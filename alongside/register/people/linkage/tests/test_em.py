"""Fitting by expectation-maximisation, on pairs drawn from known tables; and the evidence a whole file is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from alongside.register.people.linkage import bayes, em, shipped

from .records import invented

M = [np.array([[0.15, 0.25, 0.60]]), np.array([[0.3, 0.7]]), np.array([[0.1, 0.9]])]
U = [np.array([[0.90, 0.08, 0.02]]), np.array([[0.95, 0.05]]), np.array([[0.8, 0.2]])]
NO_RUNS = ((), (), ())


def drawn(share: float, m: em.Table, u: em.Table, pairs: int = 200_000) -> em.Patterns:
    """Pairs of two classes, drawn from the same tables."""
    rng = np.random.default_rng(7)
    same = rng.random(pairs) < share
    levels = [
        np.where(same, rng.choice(x.shape[1], pairs, p=x[0]), rng.choice(x.shape[1], pairs, p=y[0])).astype(np.int8)
        for x, y in zip(m, u, strict=True)
    ]
    return em.Patterns.of(levels, rng.integers(0, 2, pairs))


def fitted(patterns: em.Patterns, m: em.Table, u: em.Table, runs: tuple[em.Runs, ...] = NO_RUNS) -> em.Fit:
    apart = [np.zeros((2, x.shape[1])) for x in m]
    return em.fit(patterns, 2, m, u, 1 / 300, em.Strength(), apart, runs)


def test_the_share_of_true_pairs_is_found_without_labels() -> None:
    fit = fitted(drawn(0.01, M, U), M, U)
    assert fit.expected.sum() == pytest.approx(2000, rel=0.1)
    assert fit.pairs.sum() == 200_000


def test_a_ratio_holds_where_an_agency_writes_more_coarsely() -> None:
    """Half of the sharpest agreements are written as weaker ones, in true and other pairs alike."""
    coarse = [x @ np.array([[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5]]) if x.shape[1] == 3 else x for x in (*M, *U)]
    fit = fitted(drawn(0.01, coarse[:3], coarse[3:]), M, U)
    assert fit.expected.sum() == pytest.approx(2000, rel=0.15)


def test_what_a_small_file_cannot_show_goes_to_its_rarest_levels() -> None:
    m = [np.array([[0.2, 0.1, 0.1, 0.2, 0.4]]), *M[1:]]
    u = [np.array([[0.9, 0.06, 0.03, 0.009, 0.001]]), *U[1:]]
    shown = [x.copy() for x in m]
    shown[0] = np.array([[0.2, 0.1, 0.5, 0.2, 0.0]])
    seen = [np.array([[0.9, 0.06, 0.035, 0.005, 0.0]]), *U[1:]]
    patterns = drawn(0.01, shown, seen, 20_000)
    plain = fitted(patterns, m, u)
    moved = fitted(patterns, m, u, (((1, 5),), (), ()))
    assert abs(moved.expected.sum() - 200) < abs(plain.expected.sum() - 200)
    assert all(np.allclose(x.sum(1), 1) for x in (*moved.m, *moved.u))


def test_own_factors_speak_of_all_records_that_fit() -> None:
    records = invented(count=400, women=180, areas=1)
    factors, times = bayes.own_factors(records)
    assert times == 1.0
    assert len(factors.row) == sum(1 for area in records["area"].to_pylist() if area)


def test_own_factors_draw_whole_areas_where_all_are_too_many() -> None:
    records = invented(count=400, women=180, areas=3)
    told = sum(1 for area in records["area"].to_pylist() if area)
    factors, times = bayes.own_factors(records, budget=told**2 // 12)
    assert 0 < len(factors.row) < told
    assert len(set(factors.area.tolist())) < 3
    assert times == pytest.approx(shipped().m["area"][1] * told / len(factors.row))

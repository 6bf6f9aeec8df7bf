"""Expectation-maximisation of the Fellegi-Sunter model, held near shipped m weights by pseudo-pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Table = list[Floats]
Runs = tuple[tuple[int, int], ...]
ROUNDS = 40
LOOK_AGAIN = (0, 3, 8, 16)
HARDLY = -9.5
"""Natural log odds below which a pattern is not looked at again until the next round of LOOK_AGAIN."""
BITS = 5


@dataclass
class Fit:
    """m and u by comparison, each [classes, levels]; lam: share of true pairs by class; expected: their number."""

    m: Table
    u: Table
    lam: Floats
    expected: Floats
    pairs: Ints


@dataclass(frozen=True)
class Strength:
    """Pseudo-pairs that hold: common m/u at the start, a class's m/u and u at the common ones, its share likewise."""

    common: float = 10_000.0
    own: float = 1000.0
    other: float = 1000.0
    start_other: float = 50.0
    share: float = 20.0


@dataclass(frozen=True)
class Patterns:
    """Distinct combinations of class and levels, and how many pairs show each."""

    cls: Ints
    levels: list[Ints]
    pairs: Floats

    @classmethod
    def of(cls, levels: list[NDArray[np.int8]], classes: Ints) -> Patterns:
        """Count the patterns of pairs; each level (-1 to 30) takes BITS bits of a 64-bit key."""
        key = classes.astype(np.int64)
        for level in levels:
            key = (key << BITS) | (level.astype(np.int64) + 1)
        values, count = np.unique(key, return_counts=True)
        found = []
        for _ in levels:
            found.append((values & ((1 << BITS) - 1)) - 1)
            values = values >> BITS
        return cls(values, found[::-1], count.astype(float))

    def taken(self, rows: NDArray[np.bool_]) -> Patterns:
        """Only these patterns."""
        return Patterns(self.cls[rows], [x[rows] for x in self.levels], self.pairs[rows])

    def log_odds(self, state: Fit) -> Floats:
        """Natural log posterior odds of each pattern; a level of -1 adds nothing."""
        total: Floats = np.log(state.lam / (1 - state.lam))[self.cls]
        for level, m, u in zip(self.levels, state.m, state.u, strict=True):
            padded = np.concatenate([np.log(m / u), np.zeros((len(m), 1))], axis=1)
            total = total + padded[self.cls, level]
        return total

    def counts(self, shape: Table, by: Floats) -> Table:
        """Pairs by class and level, weighted."""
        found = []
        for level, like in zip(self.levels, shape, strict=True):
            classes, width = like.shape
            flat = self.cls * (width + 1) + (level + 1)
            table = np.bincount(flat, by, minlength=classes * (width + 1)).reshape(classes, width + 1)
            found.append(table[:, 1:].astype(np.float64))
        return found


def _held(own: Floats, common: Floats, pseudo: float) -> Floats:
    held: Floats = own + pseudo * common / common.sum()
    return np.asarray(held / held.sum(1, keepdims=True))


def _m(counts: Table, u: Table, ratio: Table, moved: Table, expected: Floats, strength: Strength) -> Table:
    """m held by likelihood ratios: what an agency leaves out shifts m and u alike, and their ratio little."""
    found = []
    for count, own_u, start, extra in zip(counts, u, ratio, moved, strict=True):
        common_u = np.average(own_u, axis=0, weights=expected + 1e-9)
        common = count.sum(0) + strength.common * (_share(start * common_u) * (1 - extra.sum()) + extra)
        ratio_here = common / common.sum() / common_u
        held = count + strength.own * _share(ratio_here * own_u)
        found.append(held / held.sum(1, keepdims=True))
    return found


def _share(counts: Floats) -> Floats:
    share: Floats = counts / counts.sum(-1, keepdims=True)
    return share


def _moved(totals: Table, start_m: Table, runs: Sequence[Runs]) -> Table:
    """m of levels too rare for so few records to show, moved to the two rarest levels of their run that they do show.

    In a small file even the rarest name is on two records of a few hundred, so its rarity is understated.
    """
    found = []
    for total, begin, own in zip(totals, start_m, runs, strict=True):
        seen, extra = total.sum(0), np.zeros(begin.shape[1])
        for first, end in own:
            shown = first + np.flatnonzero(seen[first:end])
            if len(shown):
                top = shown[-2:]
                extra[top] += begin[0, top[-1] + 1 : end].sum() * _share(seen[top])
        found.append(extra)
    return found


def _u(totals: Table, counts: Table, start: Table, apart: Table, strength: Strength) -> Table:
    found = []
    for total, count, begin, other in zip(totals, counts, start, apart, strict=True):
        rest = np.maximum(total - count, 0.0)
        if other.any() and rest.any():
            rest = rest * np.maximum(1.0, _share(other.sum(0)) / np.maximum(_share(rest.sum(0)), 1e-12))
        found.append(_held(rest, rest.sum(0) + strength.start_other * begin[0] + 0.1, strength.other))
    return found


def fit(
    patterns: Patterns,
    classes: int,
    start_m: Table,
    start_u: Table,
    lam: float,
    strength: Strength,
    apart: Table,
    runs: Sequence[Runs],
) -> Fit:
    """Fit to the pairs of one universe, e.g. all pairs within boroughs. `start_m`, `start_u`: [1, levels] each.

    `apart`: counts of levels [classes, levels] among pairs that are hardly ever true (of different boroughs), by
    comparison. u is what the expected true pairs of the universe leave over, and no less than these show.
    `runs`: by comparison, the levels [first, end) of the same agreement in ever rarer values.
    Only patterns that may be true are looked at in every round.
    """
    ratio = [(m / u)[0] for m, u in zip(start_m, start_u, strict=True)]
    shape = [np.repeat(s, classes, 0) for s in start_m]
    totals = patterns.counts(shape, patterns.pairs)
    moved = _moved(totals, start_m, runs)
    pairs = np.bincount(patterns.cls, patterns.pairs, minlength=classes).astype(np.int64)
    begin = [np.repeat(s, classes, 0) for s in start_u]  # counted u would hold the true pairs of a small file
    state = Fit(shape, begin, np.full(classes, lam), np.zeros(classes), pairs)
    near, rest = patterns, np.zeros(classes, np.float64)
    for turn in range(ROUNDS):
        if turn in LOOK_AGAIN:
            odds = patterns.log_odds(state)
            may = odds > HARDLY
            near, far = patterns.taken(may), patterns.taken(~may)
            rest = np.bincount(far.cls, np.exp(odds[~may]) * far.pairs, minlength=classes).astype(np.float64)
        p = near.pairs / (1 + np.exp(-near.log_odds(state)))
        counts = near.counts(shape, p)
        expected = rest + np.bincount(near.cls, p, minlength=classes)
        overall = expected.sum() / pairs.sum()
        lam_own = (expected + strength.share) / (pairs + strength.share / overall)
        settled = turn > LOOK_AGAIN[-1] and abs(expected.sum() / state.expected.sum() - 1) < 2e-4
        u = _u(totals, counts, start_u, apart, strength)
        state = Fit(_m(counts, u, ratio, moved, expected, strength), u, lam_own, expected, pairs)
        if settled:
            break
    return state

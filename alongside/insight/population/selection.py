"""Which interactions a model should have: one at a time by Poisson tails, or all two-way models weighed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import poisson

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.loglinear import (
    Fits,
    Flags,
    Floats,
    Pair,
    Terms,
    existing,
    fit_models,
)

THRESHOLD = 0.02
MOST_PAIRS_FOR_ALL = 15  # 32,768 models: six lists
BATCH = 2048


def stepwise(design: Floats, counts: Floats, threshold: float = THRESHOLD) -> tuple[Flags, list[list[int]]]:
    """Forward choice for each row of `counts` (tables, cells) side by side.

    From main effects on, the pair whose overlap is least likely under the model so far (one-sided Poisson
    tail on the side where it fell) joins, if below `threshold` and if the larger model has a single best
    fit (Chan, Silverman and Vincent 2021). Returns the models (tables, pairs) and each one's order of entry.
    """
    tables, cells = counts.shape
    lists = int(np.log2(cells + 1))
    both = design[:, 1 + lists :]
    models = np.zeros((tables, both.shape[1]), dtype=bool)
    barred = np.zeros_like(models)
    order: list[list[int]] = [[] for _ in range(tables)]
    overlaps = counts @ both
    open_ = np.arange(tables)
    fits = fit_models(design, counts, models)
    tails = _tails(fits.means @ both, overlaps)
    while len(open_):
        offered = np.where(models[open_] | barred[open_], np.inf, tails[open_])
        pick = offered.argmin(axis=1)
        going = offered[np.arange(len(open_)), pick] <= threshold
        open_, pick = open_[going], pick[going]
        if not len(open_):
            break
        larger = models[open_].copy()
        larger[np.arange(len(open_)), pick] = True
        fits = fit_models(design, counts[open_], larger)
        good = existing(fits, design, counts[open_])
        barred[open_[~good], pick[~good]] = True
        models[open_[good]] = larger[good]
        tails[open_[good]] = _tails(fits.means[good] @ both, overlaps[open_[good]])
        for row, pair in zip(open_[good], pick[good], strict=True):
            order[row].append(int(pair))
    return models, order


def _tails(expected: Floats, overlap: Floats) -> Floats:
    """The smaller one-sided Poisson tail of each observed overlap."""
    low = poisson.cdf(overlap, expected)
    high = poisson.sf(np.ceil(overlap) - 1, expected)
    return np.asarray(np.minimum(low, high))


def stepwise_interactions(table: CaptureTable, threshold: float = THRESHOLD) -> list[Pair]:
    """The chosen interactions of one table in order of entry."""
    terms = Terms(len(table.lists))
    _, order = stepwise(terms.design(), table.counts[None, :], threshold)
    return [terms.pairs[pair] for pair in order[0]]


@dataclass(frozen=True)
class Weighed:
    """One model among its rivals; `weight` is exp(-BIC/2), scaled to add up to 1 over all weighed."""

    interactions: tuple[Pair, ...]
    estimate: float
    aic: float
    bic: float
    weight: float


def two_way_models(table: CaptureTable) -> list[Weighed]:
    """Every model with interactions of two lists that has a single best fit, best BIC first.

    Three lists or more. The model with every interaction is among them where it exists. Past six lists
    there are too many: a search from the stepwise choice outwards keeps those within reach of the best.
    """
    terms = Terms(len(table.lists))
    if len(terms.pairs) <= MOST_PAIRS_FOR_ALL:
        codes = np.arange(2 ** len(terms.pairs))
        models = (codes[:, None] >> np.arange(len(terms.pairs)) & 1).astype(bool)
        return _weighed(_fit_existing(table, models), terms)
    return _weighed(_searched(table, terms), terms)


def _fit_existing(table: CaptureTable, models: Flags) -> list[Fits]:
    design = Terms(len(table.lists)).design()
    found = []
    for start in range(0, len(models), BATCH):
        fits = fit_models(design, table.counts, models[start : start + BATCH])
        found.append(_take(fits, existing(fits, design, table.counts)))
    return found


def _take(fits: Fits, rows: Flags) -> Fits:
    return Fits(**{name: getattr(fits, name)[rows] for name in Fits.__dataclass_fields__})


WINDOW = 10.0
MOST_SEARCHED = 2_000


def _searched(table: CaptureTable, terms: Terms) -> list[Fits]:
    """Models reached from the stepwise choice by adding or taking one term, staying near the best BIC."""
    design = terms.design()
    start, _ = stepwise(design, table.counts[None, :])
    known: dict[bytes, float] = {}
    found: list[Fits] = []
    front = np.vstack([start, np.zeros_like(start)])
    while len(front) and len(known) < MOST_SEARCHED:
        fits = _fit_existing(table, front)
        found += fits
        for one in fits:
            known |= {row.tobytes(): bic for row, bic in zip(one.models, one.bic.tolist(), strict=True)}
        known |= {row.tobytes(): np.inf for row in front if row.tobytes() not in known}
        limit = min(known.values()) + WINDOW
        near = [row for row in front if known[row.tobytes()] <= limit]
        if not near:
            near = [min(front, key=lambda row: known[row.tobytes()])]
        near.sort(key=lambda row: known[row.tobytes()])
        steps = {row.tobytes(): row for row in _neighbours(near) if row.tobytes() not in known}
        front = np.array(list(steps.values())[:MOST_SEARCHED], dtype=bool).reshape(-1, len(terms.pairs))
    return found


def _neighbours(models: list[Flags]) -> Iterator[Flags]:
    for model in models:
        for place in range(len(model)):
            other = model.copy()
            other[place] = ~other[place]
            yield other


def _weighed(stacks: list[Fits], terms: Terms) -> list[Weighed]:
    rows = [
        (model, float(number), float(aic), float(bic))
        for fits in stacks
        for model, number, aic, bic in zip(fits.models, fits.estimate, fits.aic, fits.bic, strict=True)
        if np.isfinite(number)
    ]
    best = min((row[3] for row in rows), default=0.0)
    weights = np.exp([-(row[3] - best) / 2 for row in rows])
    weighed = [
        Weighed(_chosen(model, terms), number, aic, bic, float(weight))
        for (model, number, aic, bic), weight in zip(rows, weights / weights.sum(), strict=True)
    ]
    return sorted(weighed, key=lambda one: (one.bic, one.interactions))


def _chosen(model: Flags, terms: Terms) -> tuple[Pair, ...]:
    return tuple(pair for pair, chosen in zip(terms.pairs, model, strict=True) if chosen)


def range_of(models: list[Weighed], window: float = WINDOW) -> tuple[float, float]:
    """Lowest and highest number among the models within `window` BIC units of the best."""
    best = min(one.bic for one in models)
    near = [one.estimate for one in models if one.bic <= best + window]
    return min(near), max(near)


def averaged(models: list[Weighed]) -> float:
    """The mean of the models' numbers by their weights."""
    return sum(one.estimate * one.weight for one in models)

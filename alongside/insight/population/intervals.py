"""How far a log-linear number may lie off: Wald, profile likelihood, and a bootstrap that chooses anew."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln
from scipy.stats import chi2, norm

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.loglinear import Fits, Pair, Terms, fit_model, fit_models
from alongside.insight.population.refusals import NotEstimable
from alongside.insight.population.selection import THRESHOLD, stepwise
from alongside.insight.population.two_lists import Interval


def wald(fits: Fits, level: float = 0.95) -> Interval:
    """Normal on the logarithm of the unseen. `fits` holds one model."""
    z = norm.ppf(0.5 + level / 2) * float(fits.log_unseen_se[0])
    seen, unseen = float(fits.seen[0]), float(fits.unseen[0])
    return Interval(
        seen + unseen,
        seen + unseen * math.exp(-z),
        seen + unseen * math.exp(z),
        float(fits.standard_error[0]),
    )


def profile(table: CaptureTable, interactions: Iterable[Pair], level: float = 0.95) -> Interval:
    """Multinomial maximum likelihood and its profile interval (Cormack 1992).

    For each total the unseen cell is given a count and the model fitted to the full table. Raises
    ModelDoesNotExist, or NotEstimable where the likelihood never falls far enough on the upper side.
    """
    pairs = list(interactions)
    poisson_fit = fit_model(table, pairs)
    deviance = _profile_deviance(table, pairs)
    start = float(np.log(poisson_fit.unseen[0]))
    best = minimize_scalar(deviance, bounds=(start - 1.5, start + 1.5), method="bounded", options={"xatol": 1e-9})
    top, floor = float(best.x), float(best.fun + chi2.ppf(level, 1))

    def beyond(log_unseen: float) -> float:
        return deviance(log_unseen) - floor

    return Interval(
        table.seen + math.exp(top),
        table.seen + math.exp(_crossing(beyond, top, -1)),
        table.seen + math.exp(_crossing(beyond, top, +1)),
        float(poisson_fit.standard_error[0]),
    )


def _profile_deviance(table: CaptureTable, pairs: list[Pair]) -> Callable[[float], float]:
    terms = Terms(len(table.lists))
    design, models = terms.design(with_unseen=True), terms.models([pairs])

    def deviance(log_unseen: float) -> float:
        unseen = math.exp(log_unseen)
        counts = np.append(unseen, table.counts)
        fits = fit_models(design, counts[None, :], models)
        means = np.where(fits.kept[0] & (counts > 0), fits.means[0], 1.0)
        total = counts.sum()
        shape = float(counts @ np.log(means / total * (counts > 0) + (counts == 0)))
        return float(-2 * (shape + gammaln(total + 1) - gammaln(unseen + 1)))

    return deviance


def _crossing(beyond: Callable[[float], float], top: float, side: int) -> float:
    """Where the profile leaves the interval on one side; nought unseen is the end of the low side."""
    reach = 0.05
    while beyond(top + side * reach) < 0:
        reach *= 2
        if reach > 20:
            if side < 0:
                return -math.inf
            raise NotEstimable("The likelihood sets no upper limit.")
    return float(brentq(beyond, top, top + side * reach, xtol=1e-9))


@dataclass(frozen=True)
class Bootstrap:
    """A bias-corrected accelerated interval; `failed` resamples had no fit and were left out."""

    interval: Interval
    estimates: NDArray[np.float64]
    failed: int


def bootstrap_bca(
    table: CaptureTable,
    *,
    resamples: int = 1000,
    seed: int,
    level: float = 0.95,
    threshold: float = THRESHOLD,
) -> Bootstrap:
    """BCa (Efron 1987) over women, with the interactions chosen anew in each resample.

    Acceleration comes from leaving out one woman of each history in turn. Counts must be whole numbers.
    """
    counts = np.rint(table.counts)
    held = np.flatnonzero(counts)
    jackknife = np.repeat(counts[None, :], len(held), axis=0)
    jackknife[np.arange(len(held)), held] -= 1
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(int(counts.sum()), counts / counts.sum(), size=resamples).astype(float)
    numbers = _stepwise_estimates(np.vstack([counts[None, :], jackknife, drawn]), threshold)
    centre, left_out, estimates = numbers[0], numbers[1 : 1 + len(held)], numbers[1 + len(held) :]
    good = estimates[np.isfinite(estimates)]
    if not np.isfinite(centre) or len(good) < resamples / 2:
        raise NotEstimable("Most resamples of these lists have no estimate.")
    low, high = _bca(float(centre), good, left_out, counts[held], level)
    interval = Interval(float(centre), low, high, float(good.std(ddof=1)))
    return Bootstrap(interval, good, resamples - len(good))


def _stepwise_estimates(counts: NDArray[np.float64], threshold: float) -> NDArray[np.float64]:
    """(tables, cells) to (tables,): the stepwise number of each; not finite where there is none."""
    design = Terms(int(np.log2(counts.shape[1] + 1))).design()
    models, _ = stepwise(design, counts, threshold)
    fits = fit_models(design, counts, models)
    return np.where(fits.log_unseen_se < 50, fits.estimate, np.nan)


def _bca(
    centre: float,
    estimates: NDArray[np.float64],
    left_out: NDArray[np.float64],
    weights: NDArray[np.float64],
    level: float,
) -> tuple[float, float]:
    usable = np.isfinite(left_out)
    left_out, weights = left_out[usable], weights[usable]
    gap = np.average(left_out, weights=weights) - left_out
    spread = float((weights * gap**2).sum())
    acceleration = float((weights * gap**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
    below = (np.sum(estimates < centre) + np.sum(estimates == centre) / 2) / len(estimates)
    bias = norm.ppf(np.clip(below, 1 / (2 * len(estimates)), 1 - 1 / (2 * len(estimates))))
    ends = bias + norm.ppf([0.5 - level / 2, 0.5 + level / 2])
    shares = norm.cdf(bias + ends / (1 - acceleration * ends))
    low, high = np.quantile(estimates, shares)
    return float(low), float(high)

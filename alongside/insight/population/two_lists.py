"""Two lists, and the lower bound that any number of lists gives."""

import math
from dataclasses import dataclass

from scipy.stats import norm

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.refusals import NoOverlap, TooFewLists


@dataclass(frozen=True)
class Interval:
    """A number of women with the ends of its interval; `se` is the standard error of the number."""

    estimate: float
    low: float
    high: float
    se: float


def _log_normal(estimate: float, variance: float, seen: float, level: float) -> Interval:
    """The interval of Burnham and others (1987): log-normal in the unseen, so never below the seen."""
    unseen = estimate - seen
    if unseen <= 0:
        return Interval(estimate, seen, max(seen, estimate), math.sqrt(variance))
    z = norm.ppf(0.5 + level / 2)
    factor = math.exp(z * math.sqrt(math.log1p(variance / unseen**2)))
    return Interval(estimate, seen + unseen / factor, seen + unseen * factor, math.sqrt(variance))


def _pair(table: CaptureTable) -> tuple[float, float, float]:
    if len(table.lists) != 2:
        raise TooFewLists("This estimator takes exactly two.")
    first, second = table.list_sizes.tolist()
    return first, second, table.overlap(0, 1)


def lincoln_petersen(table: CaptureTable, level: float = 0.95) -> Interval:
    """n1 n2 / m. Raises NoOverlap where nobody is on both lists."""
    first, second, both = _pair(table)
    if both == 0:
        raise NoOverlap
    variance = first * second * (first - both) * (second - both) / both**3
    return _log_normal(first * second / both, variance, table.seen, level)


def chapman(table: CaptureTable, level: float = 0.95) -> Interval:
    """Chapman's (1951) nearly unbiased form with Seber's variance. Raises NoOverlap without overlap."""
    first, second, both = _pair(table)
    if both == 0:
        raise NoOverlap
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return _log_normal(estimate, variance, table.seen, level)


def chao_lower_bound(table: CaptureTable, level: float = 0.95) -> Interval:
    """Chao's (1987) bound from women on one list (f1) and on two (f2): at least this many.

    Holds when women differ in how easily they are met; uses f1 (f1 - 1) / 2 (f2 + 1) when f2 = 0.
    """
    on = table.membership.sum(axis=1)
    once, twice = float(table.counts[on == 1].sum()), float(table.counts[on == 2].sum())
    if table.on_two_or_more == 0:
        raise NoOverlap
    if twice == 0:
        unseen = once * (once - 1) / 2
        variance = max(0.0, unseen + once * (2 * once - 1) ** 2 / 4 - once**4 / 4 / (table.seen + unseen))
        return _log_normal(table.seen + unseen, variance, table.seen, level)
    ratio = once / twice
    variance = twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)
    return _log_normal(table.seen + once**2 / (2 * twice), variance, table.seen, level)

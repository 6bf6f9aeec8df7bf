"""All women, seen and unseen, straight from pair evidence: no link between records is ever decided."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from alongside.insight.population.evidence import Lists, Pair, PairEvidence, women_on_lists
from alongside.insight.population.refusals import NoOverlap, TooFewLists, TooFewOverlaps
from alongside.insight.population.two_lists import Interval

MODEL_ERROR = 0.06
"""Relative error of an overlap that more records would not cure: wrong weights, wrong law of repeats."""
UNEVEN = 0.08
"""Women hard to meet for one agency are hard to meet for the next, so the number errs low rather than high."""
FEWEST_OVERLAPS = 20
CRITICAL = 2.33  # the two-sided 0.02 of the stepwise choice in linked tables


@dataclass(frozen=True)
class UnlinkedEstimate:
    """`by_pair`: the number that each two agencies alone give; `set_aside`: pairs that depend on each other."""

    interval: Interval
    lists: Lists
    by_pair: dict[Pair, float]
    set_aside: tuple[Pair, ...]

    @property
    def spread(self) -> tuple[float, float]:
        """Lowest and highest number that two agencies alone give."""
        return min(self.by_pair.values()), max(self.by_pair.values())


def estimate_without_links(evidence: PairEvidence, level: float = 0.95) -> UnlinkedEstimate:
    """Petersen's number of each two agencies from their estimated overlap, combined on the log scale.

    Pairs far from the others depend on each other (one sends women to the other, or works where it does not)
    and are set aside one by one, as an interaction in a log-linear model would do. The interval holds
    sampling, linkage, the disagreement when an agency is left out, and the doubts named above. Raises
    TooFewLists, NoOverlap, TooFewOverlaps.
    """
    lists = women_on_lists(evidence)
    if len(lists.agencies) < 2:
        raise TooFewLists
    usable = {pair: women for pair, women in lists.overlap.items() if women >= 1}
    if not usable:
        raise NoOverlap
    if sum(usable.values()) < FEWEST_OVERLAPS:
        raise TooFewOverlaps(f"About {sum(usable.values()):.0f} are, and {FEWEST_OVERLAPS} are needed.")
    logs = {(a, b): float(np.log(lists.women[a] * lists.women[b] / m)) for (a, b), m in usable.items()}
    variance = {pair: lists.error[pair] ** 2 + MODEL_ERROR**2 for pair in usable}
    kept = _kept(logs, variance)
    centre = _mean(logs, variance, kept)
    statistical = 1 / sum(1 / variance[pair] for pair in kept)
    spread = np.sqrt(statistical + _left_out(logs, variance, kept) + MODEL_ERROR**2)
    z = float(norm.ppf(0.5 + level / 2))
    seen_at_least = float(lists.women.max())
    interval = Interval(
        float(np.exp(centre)),
        max(seen_at_least, float(np.exp(centre - z * spread))),
        float(np.exp(centre + z * np.hypot(spread, UNEVEN))),
        float(np.exp(centre) * spread),
    )
    by_pair = {pair: float(np.exp(log)) for pair, log in logs.items()}
    aside = tuple(pair for pair in logs if pair not in kept)
    return UnlinkedEstimate(interval, lists, by_pair, aside)


def _mean(logs: dict[Pair, float], variance: dict[Pair, float], kept: list[Pair]) -> float:
    weights: NDArray[np.float64] = np.array([1 / variance[pair] for pair in kept])
    return float(np.average([logs[pair] for pair in kept], weights=weights))


def _kept(logs: dict[Pair, float], variance: dict[Pair, float]) -> list[Pair]:
    """Set the pair farthest off aside while it is too far, and while more than half of them stay."""
    kept = list(logs)
    while len(kept) > max(2, (len(logs) + 1) // 2):
        rest = {pair: [other for other in kept if other != pair] for pair in kept}
        off = {
            pair: abs(logs[pair] - _mean(logs, variance, rest[pair]))
            / np.sqrt(variance[pair] + 1 / sum(1 / variance[other] for other in rest[pair]))
            for pair in kept
        }
        farthest = max(kept, key=lambda pair: off[pair])
        if off[farthest] < CRITICAL:
            break
        kept = rest[farthest]
    return kept


def _left_out(logs: dict[Pair, float], variance: dict[Pair, float], kept: list[Pair]) -> float:
    """Jackknife variance over agencies: how much the number hangs on any one of them."""
    agencies = sorted({agency for pair in kept for agency in pair})
    without = [[pair for pair in kept if agency not in pair] for agency in agencies]
    means = np.array([_mean(logs, variance, rest) for rest in without if rest])
    if len(means) < 3:
        return 0.0
    return float((len(means) - 1) / len(means) * ((means - means.mean()) ** 2).sum())

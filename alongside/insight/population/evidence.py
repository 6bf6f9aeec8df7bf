"""What pairs of records say about overlaps when no link is decided: true pairs by maximum likelihood.

Each pair of records of one area carries a log Bayes factor (one woman against two). The share of true pairs
among the pairs of two agencies is the one that makes all these factors likeliest together: weak evidence
counts for what it is worth, and nobody is linked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[int, int]

ROUNDS = 200
EXCESS_TRUSTED = 0.6
"""Share of the read excess of repeats that is real: richly kept records look repeated and shared more often."""


@dataclass(frozen=True)
class PairEvidence:
    """All pairs of records within each area, with the natural log Bayes factor of each.

    `agency`, `area`: (records,) codes, agency into `agencies`; records of unknown area are left out.
    `left`, `right`: (pairs,) row numbers of records, each unordered pair once, agencies alike or not.
    `log_bf`: (pairs,) without any prior.
    """

    agencies: tuple[str, ...]
    agency: Ints
    area: Ints
    left: Ints
    right: Ints
    log_bf: Floats

    def __post_init__(self) -> None:
        if not len(self.left) == len(self.right) == len(self.log_bf):
            raise ValueError("left, right and log_bf have one entry for each pair")
        if not np.array_equal(self.area[self.left], self.area[self.right]):
            raise ValueError("pairs join records of one area")

    @classmethod
    def of(
        cls,
        agency: Sequence[str],
        area: Sequence[str],
        pairs: Mapping[tuple[int, int], float],
    ) -> "PairEvidence":
        """From names of agencies and areas by record, and {(left, right): log Bayes factor}."""
        names, codes = np.unique(np.asarray(agency), return_inverse=True)
        _, areas = np.unique(np.asarray(area), return_inverse=True)
        ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        factors = np.array(list(pairs.values()), dtype=float)
        return cls(tuple(map(str, names)), codes, areas, ends[:, 0], ends[:, 1], factors)

    @cached_property
    def records(self) -> Ints:
        """(agencies,): records of each list."""
        return np.bincount(self.agency, minlength=len(self.agencies)).astype(np.int64)

    @cached_property
    def _places(self) -> dict[Pair, Ints]:
        count = len(self.agencies)
        one, other = self.agency[self.left], self.agency[self.right]
        code = np.minimum(one, other) * count + np.maximum(one, other)
        order = np.argsort(code, kind="stable")
        edges = np.searchsorted(code[order], np.arange(count * count + 1))
        return {
            (a, b): order[edges[a * count + b] : edges[a * count + b + 1]]
            for a in range(count)
            for b in range(a, count)
        }

    def between(self, one: int, other: int) -> Ints:
        """Places of the pairs of two agencies, or within one."""
        return self._places[min(one, other), max(one, other)]

    @cached_property
    def odds_by_pair(self) -> Floats:
        """(pairs,): how much likelier than the average a pair is true for the size of its area alone."""
        held = np.bincount(self.area).astype(float)
        average = len(self.area) / max(1, int(np.count_nonzero(held)))
        odds: Floats = average / np.maximum(held, 1.0)
        return odds[self.area[self.left]]


@dataclass(frozen=True)
class TruePairs:
    """How many of some pairs are one woman, its relative standard error, and the probability of each pair."""

    count: float
    relative_se: float
    probability: Floats


def true_pairs(log_bf: Floats, relative: Floats, weights: Floats | None = None) -> TruePairs:
    """Maximum likelihood of the share c, where pair i is true with prior c * relative[i].

    EM from the prior share up; the error is that of log c by the observed information. Without pairs, or
    where nothing speaks for any pair, the count tends to nought and the error to infinity.
    """
    weights = np.ones(len(log_bf)) if weights is None else weights
    total = float(weights @ relative)
    if total == 0:
        return TruePairs(0.0, np.inf, np.zeros(len(log_bf)))
    factor = np.exp(np.clip(log_bf, -60, 60)) * relative
    highest = 0.9 / float(relative.max())
    share = min(highest, 1.0 / np.sqrt(len(log_bf) + 1.0))
    for _ in range(ROUNDS):
        held = share * factor
        probability = held / (held + np.maximum(1 - share * relative, 1e-9))
        new = min(highest, float(weights @ probability) / total)
        settled = abs(new - share) <= 1e-7 * share
        share = max(new, 1e-12)
        if settled:
            break
    prior = share * relative
    score = weights * (probability - prior) / np.maximum(1 - prior, 1e-9)
    information = float(score @ score)
    error = float(1 / np.sqrt(information)) if information > 0 else np.inf
    return TruePairs(float(weights @ probability), error, probability)


@dataclass(frozen=True)
class Lists:
    """What the records say about women, list by list and pair of lists by pair of lists.

    `rate[a]`: Poisson rate of records of a woman on list a; `women[a]`: distinct women on it;
    `overlap[a, b]`: women on both; `error[a, b]`: relative standard error of that overlap.
    """

    agencies: tuple[str, ...]
    records: Ints
    rate: Floats
    women: Floats
    overlap: dict[Pair, float]
    error: dict[Pair, float]


def mean_records(rate: float) -> float:
    """Mean of a Poisson count of this rate that is not nought."""
    return float(rate / -np.expm1(-rate)) if rate > 1e-9 else 1.0


def women_on_lists(evidence: PairEvidence) -> Lists:
    """Distinct women and overlaps from true pairs; records of a woman follow a zero-truncated Poisson count.

    Within a list of n records with T true pairs the rate is 2 T / n. Between lists the true pairs exceed the
    women by both lists' mean records, and by more where women with several records are on the other list
    more often: that excess is read from the evidence too.
    """
    count = len(evidence.agencies)
    within = [_pairs_of(evidence, a, a) for a in range(count)]
    records = evidence.records
    rate = np.array([2 * within[a].count / max(1, records[a]) for a in range(count)])
    mean = np.array([mean_records(r) for r in rate])
    repeated = _repeated(evidence, within)
    overlap: dict[Pair, float] = {}
    error: dict[Pair, float] = {}
    for a, b in combinations(range(count), 2):
        found = _pairs_of(evidence, a, b)
        excess = _excess(evidence, found, repeated, rate, a, b) * _excess(evidence, found, repeated, rate, b, a)
        overlap[a, b] = found.count / (mean[a] * mean[b] * excess**EXCESS_TRUSTED)
        error[a, b] = found.relative_se * float(np.sqrt((1 + rate[a]) * (1 + rate[b])))
    return Lists(evidence.agencies, records, rate, records / mean, overlap, error)


def _pairs_of(evidence: PairEvidence, a: int, b: int) -> TruePairs:
    places = evidence.between(a, b)
    return true_pairs(evidence.log_bf[places], evidence.odds_by_pair[places])


def _repeated(evidence: PairEvidence, within: list[TruePairs]) -> Floats:
    """(records,): probability that the record's agency holds another record of the same woman."""
    alone = np.zeros(len(evidence.agency))
    for a, found in enumerate(within):
        places = evidence.between(a, a)
        missing = np.log1p(-np.minimum(found.probability, 1 - 1e-9))
        np.add.at(alone, evidence.left[places], missing)
        np.add.at(alone, evidence.right[places], missing)
    return -np.expm1(alone)


def _excess(evidence: PairEvidence, found: TruePairs, repeated: Floats, rate: Floats, a: int, b: int) -> float:
    """By how much records on list a overlap more with list b than women do; 1 if repeats do not matter."""
    places = evidence.between(a, b)
    left, right = evidence.left[places], evidence.right[places]
    own = np.where(evidence.agency[left] == a, left, right)
    met = np.bincount(own, found.probability, minlength=len(evidence.agency))
    mine = evidence.agency == a
    q, x = repeated[mine], met[mine]
    squares = np.array([[q @ q, q @ (1 - q)], [q @ (1 - q), (1 - q) @ (1 - q)]])
    if rate[a] < 0.02 or np.linalg.cond(squares) > 1e6:
        return 1.0
    often, once = np.linalg.solve(squares, np.array([q @ x, (1 - q) @ x]))
    lift = float(np.clip(often / once, 1.0, 2.0)) if once > 0 else 1.0
    single = rate[a] / np.expm1(rate[a])  # share of the women of list a with one record
    several = mean_records(float(rate[a])) - single
    by_records = (single + several * lift) / (single + several)
    return float(by_records / (single + (1 - single) * lift))

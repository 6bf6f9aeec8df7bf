"""How many distinct women the lists hold, and on which lists, with the uncertainty of linkage carried through.

Groupings of the records are drawn by Gibbs sampling: each record in turn leaves its group and joins one, or
starts one, in proportion to the evidence and to how common the resulting membership pattern is. Evidence of a
record against a group of k is the sum over its members times k ** (evenness - 1): members of one group tell much
the same, so the sum alone would join far too much. `evenness` is steered while sampling so that the pairs
within groups number what the pair evidence says by maximum likelihood (`evidence.true_pairs`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.evidence import Floats, Ints, PairEvidence, true_pairs

SETTLING = 25
START_EVENNESS = 0.15
EVENNESS_LIMITS = (-0.5, 1.0)
SMOOTHING = 0.3


@dataclass(frozen=True)
class Span:
    """Mean and 95 % interval over the drawn groupings."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class DistinctWomen:
    """Expected numbers of women over drawn groupings.

    `patterns`: by the set of agencies that know her and no others, the rows of an UpSet plot. `draws`:
    (draws, 2 ** agencies - 1) counts by pattern code - 1, as in `CaptureTable`. `groups`: (draws, records), the same
    number for records of one woman in one draw.
    """

    agencies: tuple[str, ...]
    all: Span
    by_agency: dict[str, Span]
    patterns: dict[frozenset[str], Span]
    draws: NDArray[np.float64]
    groups: NDArray[np.int64]

    @property
    def table(self) -> CaptureTable:
        """Expected counts by pattern."""
        return CaptureTable(self.agencies, self.draws.mean(axis=0))


def distinct_women(evidence: PairEvidence, *, seed: int, draws: int = 40) -> DistinctWomen:
    """Draw groupings and count. Time grows with the records of an area squared: about 0.4 s a draw for 10,000.

    Raises ValueError without records.
    """
    if not len(evidence.agency):
        raise ValueError("there are no records")
    drawn = list(_Sampler(evidence, np.random.default_rng(seed)).groupings(draws))
    counts, groups = np.array([each for each, _ in drawn])[:, 1:], np.array([each for _, each in drawn])
    names = evidence.agencies
    codes = np.arange(1, counts.shape[1] + 1)
    on = (codes[:, None] >> np.arange(len(names)) & 1).astype(float)
    held = {
        frozenset(name for place, name in enumerate(names) if code >> place & 1): span(counts[:, code - 1])
        for code in codes.tolist()
    }
    by_agency = {name: span(counts @ on[:, place]) for place, name in enumerate(names)}
    return DistinctWomen(names, span(counts.sum(axis=1)), by_agency, held, counts, groups)


def span(drawn: Floats) -> Span:
    """Of one number per draw."""
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Span(float(drawn.mean()), float(low), float(high))


@dataclass
class _Area:
    """One area's records: their rows, agency codes, evidence of each against each, and the group that each is in."""

    records: Ints
    agency: list[int]
    evidence: Floats
    group: Ints
    share: float


class _Sampler:
    """Groupings of all records, area by area; the pattern counts are shared between areas."""

    def __init__(self, evidence: PairEvidence, generator: np.random.Generator) -> None:
        self.generator = generator
        self.agencies = len(evidence.agencies)
        self.areas = _areas(evidence)
        within = _true_pairs(evidence)
        self.wanted = sum(within.values())
        self.rate = np.array(
            [max(0.005, 2 * within[a, a] / max(1, records)) for a, records in enumerate(evidence.records.tolist())]
        )
        self.first = self.rate / np.expm1(self.rate)
        self.common = np.full(2**self.agencies, 0.01 * len(evidence.agency))
        self.common[1 << np.arange(self.agencies)] = 0.4 * evidence.records
        self.evenness = START_EVENNESS

    def groupings(self, draws: int) -> Iterator[tuple[Floats, Ints]]:
        """Counts of groups by pattern code, (2 ** agencies,), and each record's group, (records,), once settled."""
        for turn in range(SETTLING + draws):
            counts, pairs = np.zeros(2**self.agencies), 0.0
            for area in self.areas:
                found, joined = self._sweep(area)
                counts += found
                pairs += joined
            pace = 1.0 if turn < 10 else (turn - 8.0) ** -0.7
            self.common = (1 - pace) * self.common + pace * (counts + SMOOTHING)
            if turn >= 3 and pairs > 0 and self.wanted > 0:
                step = (0.5 if turn < SETTLING else 0.1) * np.log(self.wanted / pairs)
                self.evenness = float(np.clip(self.evenness + step, *EVENNESS_LIMITS))
            if turn >= SETTLING:
                yield counts, self._grouped()

    def _grouped(self) -> Ints:
        """A group is told by the row of one record of its area, so that no two areas share a number."""
        grouped = np.empty(sum(len(area.records) for area in self.areas), dtype=np.int64)
        for area in self.areas:
            grouped[area.records] = area.records[area.group]
        return grouped

    def _join_odds(self) -> Floats:
        """(agencies, patterns): log odds that a record of the agency belongs to a woman of the pattern."""
        codes = np.arange(2**self.agencies)
        odds = np.empty((self.agencies, len(codes)))
        for a in range(self.agencies):
            rise = self.common[codes | 1 << a] / self.common * self.first[a]
            odds[a] = np.log(np.where(codes >> a & 1, self.rate[a], rise))
        return odds

    def _sweep(self, area: _Area) -> tuple[Floats, float]:
        """Draw each record's group anew; returns pattern counts and pairs of records joined."""
        total = len(area.agency)
        members = np.zeros((total, self.agencies), dtype=np.int64)
        np.add.at(members, (area.group, np.array(area.agency)), 1)
        size = members.sum(axis=1)
        bits = 1 << np.arange(self.agencies)
        pattern = (members > 0) @ bits
        join = self._join_odds()
        power = np.arange(total + 1, dtype=float).clip(1) ** (self.evenness - 1)
        start = np.log(self.common[bits] * area.share * self.first)
        chance = self.generator.random(total)
        for record in self.generator.permutation(total).tolist():
            mine, left = area.agency[record], area.group[record]
            members[left, mine] -= 1
            size[left] -= 1
            if members[left, mine] == 0:
                pattern[left] &= ~(1 << mine)
            area.group[record] = -1
            sums = np.bincount(area.group + 1, weights=area.evidence[record], minlength=total + 1)[1:]
            open_ = np.flatnonzero(size)
            scores = sums[open_] * power[size[open_]] + join[mine, pattern[open_]]
            taken = _draw(scores, float(start[mine]), chance[record])
            to = int(open_[taken]) if taken < len(open_) else int(np.argmin(size))
            area.group[record] = to
            members[to, mine] += 1
            size[to] += 1
            pattern[to] |= 1 << mine
        counts = np.bincount(pattern[size > 0], minlength=2**self.agencies).astype(float)
        return counts, float((size * (size - 1) / 2).sum())


def _draw(scores: Floats, alone: float, chance: float) -> int:
    """The place drawn in proportion to exp(scores); len(scores) where a new group is drawn."""
    top = max(float(scores.max()), alone) if len(scores) else alone
    weights = np.cumsum(np.append(np.exp(scores - top), np.exp(alone - top)))
    return int(np.searchsorted(weights, chance * weights[-1], side="right"))


def _areas(evidence: PairEvidence) -> list[_Area]:
    areas = []
    of_pair = evidence.area[evidence.left]
    place = np.zeros(len(evidence.area), dtype=np.int64)
    for area in np.unique(evidence.area).tolist():
        records = np.flatnonzero(evidence.area == area)
        place[records] = np.arange(len(records))
        here = of_pair == area
        against = np.zeros((len(records), len(records)))
        against[place[evidence.left[here]], place[evidence.right[here]]] = evidence.log_bf[here]
        agency = evidence.agency[records].tolist()
        share = len(records) / len(evidence.area)
        areas.append(_Area(records, agency, against + against.T, np.arange(len(records)), share))
    return areas


def _true_pairs(evidence: PairEvidence) -> dict[tuple[int, int], float]:
    found = {}
    for a, b in combinations_with_replacement(range(len(evidence.agencies)), 2):
        places = evidence.between(a, b)
        found[a, b] = true_pairs(evidence.log_bf[places], evidence.odds_by_pair[places]).count
    return found

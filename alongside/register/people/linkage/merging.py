"""How well two clusters of records fit one woman: evidence between clusters and its weight.

The evidence between two clusters is kept by kind as sum, number and greatest of the pair weights, so that it can be
added up when clusters join; a profile's best agreement is the greatest, its usual agreement the mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .comparisons import NAMES

KINDS = tuple(dict.fromkeys(name.split("_")[0] for name in NAMES))
FIELDS = ("a", "b", "total", "known", "best", "prior", "seen", "near", "barred")
SHAPES = ("two records", "record and cluster", "two clusters")
FEATURES = (
    "constant",
    "evidence",
    *(f"{kind} best" for kind in KINDS),
    *(f"{kind} mean" for kind in KINDS),
    *(f"{kind} known" for kind in KINDS),
    "size",
    "unseen",
)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass
class Between:
    """Evidence between clusters a < b, a row each: arrays [pairs] and, by kind, [pairs, kinds]; in bits.

    `seen`: record pairs scored; `near`: one of them reaches the neighbourhood threshold; `barred`: decided
    not the same.
    """

    a: Ints
    b: Ints
    total: Floats
    known: Floats
    best: Floats
    prior: Floats
    seen: Floats
    near: NDArray[np.bool_]
    barred: NDArray[np.bool_]

    def regrouped(self, label: Ints) -> Between:
        """The same evidence between the clusters that `label` names; evidence inside a cluster is dropped."""
        a, b = label[self.a], label[self.b]
        apart = np.flatnonzero(a != b)
        low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
        order = np.lexsort((high, low))
        low, high, rows = low[order], high[order], apart[order]
        if not len(rows):
            return Between(*(getattr(self, f)[rows] for f in FIELDS))
        first = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
        total, known, prior, seen = (
            np.add.reduceat(x[rows], first, axis=0) for x in (self.total, self.known, self.prior, self.seen)
        )
        best = np.maximum.reduceat(self.best[rows], first, axis=0)
        near, barred = (np.logical_or.reduceat(x[rows], first) for x in (self.near, self.barred))
        return Between(low[first], high[first], total, known, best, prior, seen, near, barred)


def shape(pairs: Between, size: Ints) -> Ints:
    """0 two records, 1 a record and a cluster, 2 two clusters."""
    return (size[pairs.a] > 1).astype(np.int64) + (size[pairs.b] > 1)


def features(pairs: Between, size: Ints) -> Floats:
    """Features in the order of FEATURES, [pairs, features]."""
    told = pairs.known > 0
    mean = np.where(told, pairs.total / np.maximum(pairs.known, 1), 0.0)
    best = np.where(told, pairs.best, 0.0)
    seen = np.maximum(pairs.seen, 1)
    crossing = (size[pairs.a] * size[pairs.b]).astype(float)
    evidence = pairs.prior / seen + mean.sum(1)
    return np.column_stack(
        [
            np.ones(len(seen)),
            evidence,
            best - mean,
            mean,
            pairs.known / seen[:, None],
            np.log2(crossing),
            1 - pairs.seen / crossing,
        ]
    )


def score(pairs: Between, size: Ints, merge: dict[str, list[float]]) -> Floats:
    """Log2 odds that two clusters are one woman, rounded so that the order of adding up cannot change an answer."""
    weights = np.array([merge[name] for name in SHAPES])
    found: Floats = np.round((features(pairs, size) * weights[shape(pairs, size)]).sum(1), 6)
    return found

"""Measures of linkage against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


def pairs_in(labels: Iterable[Hashable]) -> int:
    """Pairs of records that share a label."""
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def prf(right: float, said: float, true: float) -> dict[str, float]:
    """Precision, recall and F1 from counts of pairs; 0 where nothing was said or nothing is true."""
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def of_groups(found: Sequence[Hashable], truth: Sequence[Hashable]) -> dict[str, float]:
    """Pairwise precision, recall and F1 of a grouping."""
    return prf(pairs_in(zip(found, truth, strict=True)), pairs_in(found), pairs_in(truth))


def b_cubed(found: Sequence[Hashable], truth: Sequence[Hashable]) -> dict[str, float]:
    """B-cubed: the mean over records of the precision and recall of the record's own group."""
    both = Counter(zip(found, truth, strict=True))
    said, true, count = Counter(found), Counter(truth), len(truth)
    precision = sum(n * n / said[f] for (f, _), n in both.items()) / count
    recall = sum(n * n / true[t] for (_, t), n in both.items()) / count
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
    }


def calibration(
    probability: NDArray[np.float64], same: NDArray[np.bool_], above: float = 0.001, bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over equal bins of pairs with p > `above`; mean p, true share, pairs by bin."""
    kept = probability > above
    p, true = probability[kept], same[kept].astype(float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    table = [
        (float(p[place == i].mean()), float(true[place == i].mean()), int((place == i).sum()))
        for i in range(bins)
        if (place == i).any()
    ]
    return sum(abs(x - y) * n for x, y, n in table) / max(len(p), 1), table

"""What reviewed pairs say about the prior: too many or too few true pairs among those of a given weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from .decisions import Decision

ENOUGH = 30
SPREAD = 1.0


def shift_from(pairs: pa.Table, decisions: Sequence[Decision]) -> float:
    """Bits to add to every pair's weight, 0 below ENOUGH reviewed pairs.

    The most likely shift of a logistic curve through the reviewed pairs, held near 0 by a normal prior of SPREAD bits.
    """
    if len(decisions) < ENOUGH:
        return 0.0
    answer = {tuple(sorted((d.a, d.b))): d.answer == "same" for d in decisions}
    weight, truth = [], []
    for a, b, bits in zip(*(pairs[c].to_pylist() for c in ("a", "b", "weight")), strict=True):
        if (a, b) in answer:
            weight.append(bits)
            truth.append(answer[a, b])
    if len(weight) < ENOUGH:
        return 0.0
    odds, same, shift = np.array(weight) * np.log(2), np.array(truth, float), 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(odds + shift)))
        step = ((same - p).sum() - shift / np.log(2) ** 2 / SPREAD**2) / (
            (p * (1 - p)).sum() + 1 / np.log(2) ** 2 / SPREAD**2
        )
        shift += float(np.clip(step, -1, 1))
    return round(shift / float(np.log(2)), 6)

"""How likely each candidate is the woman asked for: the batch model's weights, and a rivalry with "someone new".

Candidate i has odds w_i against being somebody else; with rivals its probability is w_i / (1 + sum of all w), and
what is left over is the probability that she is new here. No framework.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from alongside.register.people.linkage.comparisons import COMPARISONS, NAMES
from alongside.register.people.linkage.levels import LEVEL_OF, UNKNOWN, Row
from alongside.register.people.linkage.model import Model

# Records there would be if nobody were missing: a woman met may well not be on file yet.
MISSING = 1.3
_CEILING = 500.0  # bits; keeps 2**bits a number


@dataclass(frozen=True, slots=True)
class Scored:
    """Levels and weights (bits, without prior) by comparison, in the engine's order; `bits` is their sum."""

    levels: dict[str, int]
    weights: dict[str, float]
    bits: float


class Scorer:
    """The weights of one pair class. `area_share`: the share of records in the area asked for, when that is known."""

    def __init__(self, model: Model, pair_class: str = "", area_share: float | None = None) -> None:
        own = model.at(pair_class)
        tables, _ = model.weights([pair_class])
        self._weights = {
            comparison.name: table[0].tolist() for comparison, table in zip(COMPARISONS, tables, strict=True)
        }
        if area_share is not None:
            self._weights["area"] = _area_weights(own.m["area"], area_share)

    def score(self, asked: Row, row: Row) -> Scored:
        levels = {name: LEVEL_OF[name](asked, row) for name in NAMES}
        if levels["phone"] == 0 and set(asked.get("phones", ())) & set(row.get("phones", ())):
            levels["phone"] = 1  # one of several numbers is the same
        weights = {name: self._weights[name][level] if level != UNKNOWN else 0.0 for name, level in levels.items()}
        return Scored(levels, weights, sum(weights.values()))


def _area_weights(m: Sequence[float], share: float) -> list[float]:
    """Weights of another and of the same area, from how usual this area is here; none where there is one area only."""
    if share >= 1.0:
        return [0.0, 0.0, 0.0]
    share = max(share, 1e-9)
    return [log2(m[0] / (1 - share)), log2(m[1] / share), 0.0]


def probabilities(bits: Sequence[float], records: int) -> list[float]:
    """Probability of each candidate, given all of them and that she may be new; sums to less than 1."""
    prior = -log2(max(1, records) * MISSING)
    odds = [2.0 ** min(each + prior, _CEILING) for each in bits]
    whole = 1.0 + sum(odds)
    return [each / whole for each in odds]

"""A fitted model: plain numbers that go to JSON and score any pair of prepared records, in batch or one by one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .comparisons import COMPARISONS
from .features import Frequencies

Weights = list[NDArray[np.float64]]


def pair_class(left: str, right: str) -> str:
    """The class of a pair of records: their agencies, in order."""
    return "|".join(sorted((left, right)))


@dataclass(frozen=True)
class Own:
    """What holds for the pairs of two agencies (or of one with itself): m, u by comparison; share of true pairs."""

    m: dict[str, list[float]]
    u: dict[str, list[float]]
    share: float


@dataclass(frozen=True)
class Model:
    """m, u: probabilities of each level in true and in other pairs, by comparison.

    `share`: probability that two records of the file are one woman, area unknown. `own`: the same by pair class;
    a pair of unknown agencies takes the common values. `merge`: coefficients of the grouping (see merging.py).
    `frequencies`: rarity bands of common values by column; a value not named there is in the rarest band.
    """

    version: str
    trained_on: str
    m: dict[str, list[float]]
    u: dict[str, list[float]]
    share: float
    own: dict[str, Own] = field(default_factory=dict)
    merge: dict[str, list[float]] = field(default_factory=dict)
    frequencies: Frequencies = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        found = json.loads(text)
        found["own"] = {key: Own(**value) for key, value in found["own"].items()}
        found["frequencies"] = {
            kind: {int(code): band for code, band in held.items()} for kind, held in found["frequencies"].items()
        }
        return cls(**found)

    def at(self, pair: str) -> Own:
        """The values for a pair class."""
        return self.own.get(pair) or Own(self.m, self.u, self.share)

    def weights(self, classes: list[str]) -> tuple[Weights, NDArray[np.float64]]:
        """log2(m/u) by comparison, [classes, levels + 1] with 0 for the unknown in the last place; prior log2 odds."""
        own = [self.at(name) for name in classes]
        tables = [
            np.array([np.append(np.log2(np.array(o.m[c.name]) / np.array(o.u[c.name])), 0.0) for o in own])
            for c in COMPARISONS
        ]
        share = np.array([o.share for o in own])
        return tables, np.log2(share / (1 - share))

    def shifted(self, bits: float) -> Model:
        """The model with prior log2 odds raised by `bits`."""

        def moved(share: float) -> float:
            odds = share / (1 - share) * 2.0**bits
            return float(odds / (1 + odds))

        own = {name: replace(o, share=moved(o.share)) for name, o in self.own.items()}
        return replace(self, share=moved(self.share), own=own)


@cache
def shipped() -> Model:
    """The weights that come with the product (see docs/adr/0006-linkage-engine.md)."""
    return Model.from_json(files(__package__).joinpath("weights/shipped.json").read_text("utf-8"))

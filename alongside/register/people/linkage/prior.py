"""The prior and the weights of one partnership: by maximum likelihood over all pairs of a universe, without labels.

The universe is every pair within an area (every pair at all where areas say nothing); from there the prior is carried
to pairs of unknown or different areas by the area comparison, so that both always belong together.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from . import em
from .comparisons import NAMES
from .engine import OTHER_AREA, WHOLE_AREA, WHOLE_FILE, Engine, Pairs, rules
from .features import Frequencies
from .model import Model, Own, pair_class

BUDGET = 4_000_000
APART = 2_200
FEW_AREAS = 4
SHARED = ("name", "last", "marks", "phone")
USED = tuple(name for name in NAMES if name != "area")
RARER: dict[str, em.Runs] = {
    "name": ((3, 8), (8, 15), (15, 22), (22, 30)),
    "last": ((1, 5), (5, 13)),
    "hood": ((1, 6),),
    "marks": ((5, 10),),
}
"""Runs of levels [first, end) of the same agreement in ever rarer values (see levels.py)."""


class Classes:
    """Pair classes of the agencies of one table, as small ints."""

    def __init__(self, agencies: pa.ChunkedArray) -> None:
        encoded = agencies.combine_chunks().dictionary_encode()
        self.agencies = [str(a) for a in encoded.dictionary.to_pylist()]
        self.codes = encoded.indices.to_numpy().astype(np.int64)
        count = len(self.agencies)
        self.names = [pair_class(a, b) for a, b in combinations_with_replacement(self.agencies, 2)]
        self._at = np.zeros((count, count), np.int64)
        for position, (i, j) in enumerate(combinations_with_replacement(range(count), 2)):
            self._at[i, j] = self._at[j, i] = position

    def over(self, agencies: pa.ChunkedArray) -> Classes:
        """The same classes for the records of another table of the same agencies."""
        other = copy(self)
        at = {name: code for code, name in enumerate(self.agencies)}
        other.codes = np.array([at.get(name, 0) for name in agencies.to_pylist()], np.int64)
        return other

    def of(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
        """Class of each pair of rows."""
        found: NDArray[np.int64] = self._at[self.codes[a], self.codes[b]]
        return found


def gathered(chunks: list[Pairs]) -> Pairs:
    """Chunks of pairs as one; empty arrays where there is no chunk."""
    if not chunks:
        blank = np.zeros(0, np.int8)
        return {"a": np.zeros(0, np.int32), "b": np.zeros(0, np.int32)} | dict.fromkeys(NAMES, blank)
    return {name: np.concatenate([c[name] for c in chunks]) for name in ("a", "b", *NAMES)}


def has_areas(prepared: pa.Table) -> bool:
    """Whether areas are told well enough to compare within them."""
    return len(prepared) > 0 and prepared["area"].null_count < 0.5 * len(prepared)


def universe(prepared: pa.Table, budget: int = BUDGET) -> pa.Table:
    """The records whose pairs train the model: whole areas in a fixed order while their pairs fit the budget."""
    return universe_rows(prepared, budget)[0]


def universe_rows(prepared: pa.Table, budget: int = BUDGET) -> tuple[pa.Table, NDArray[np.int64]]:
    """As `universe`, and the row numbers taken."""
    if not has_areas(prepared):
        chosen = np.arange(len(prepared))
        limit = int((2 * budget) ** 0.5)
    else:
        area = pc.fill_null(prepared["area"], -1).to_numpy()
        values, counts = np.unique(area[area >= 0], return_counts=True)
        spent = np.cumsum(counts.astype(float) ** 2 / 2)
        keep = values[: max(1, int(np.searchsorted(spent, budget, "right")))]
        chosen = np.flatnonzero(np.isin(area, keep))
        limit = len(chosen) if spent[0] <= budget else int((2 * budget) ** 0.5)
    if len(chosen) > limit:
        chosen = np.sort(np.random.default_rng(0).choice(chosen, limit, replace=False))
    part = prepared.take(pa.array(chosen))
    return part.set_column(0, "idx", pa.array(np.arange(len(part), dtype=np.int32))), chosen.astype(np.int64)


def _area_agreement(prepared: pa.Table, m_same: float) -> tuple[list[float], list[float]]:
    counts = np.array(prepared["area"].drop_null().value_counts().field("counts").to_numpy(), float)
    known = counts.sum()
    same = float(np.clip((counts * (counts - 1)).sum() / max(known * (known - 1), 1), 1e-9, 1.0))
    if same > 0.999:
        return [1 - m_same, m_same], [1 - m_same, m_same]
    return [1 - m_same, m_same], [1 - same, same]


def _company(table: pa.Table) -> float:
    """Mean number of records in a record's area: a woman's own are as many in a large area, and a smaller share."""
    counts = np.array(table["area"].drop_null().value_counts().field("counts").to_numpy(), float)
    return float((counts**2).sum() / max(counts.sum(), 1.0))


def _patterns(part: pa.Table, rule: tuple[str, ...], classes: Classes) -> em.Patterns:
    with Engine(part) as engine:
        pairs = gathered(list(engine.levels(engine.blocked(rules(rule)))))
    return em.Patterns.of([pairs[name] for name in USED], classes.of(pairs["a"], pairs["b"]))


def _apart(prepared: pa.Table, classes: Classes, blank: em.Table) -> em.Table:
    """Counts of levels among pairs of different areas, of which hardly any is true; noughts where there is one area."""
    told = np.flatnonzero(prepared["area"].is_valid().to_numpy())
    if not has_areas(prepared) or len(set(prepared["area"].drop_null().to_pylist()[:1000])) < FEW_AREAS:
        return blank
    chosen = np.sort(np.random.default_rng(1).permutation(told)[:APART])
    part = prepared.take(pa.array(chosen))
    part = part.set_column(0, "idx", pa.array(np.arange(len(part), dtype=np.int32)))
    patterns = _patterns(part, OTHER_AREA, classes.over(part["agency"]))
    counts = patterns.counts(blank, patterns.pairs)
    return [count if name in SHARED else zero for name, zero, count in zip(USED, blank, counts, strict=True)]


def train(
    prepared: pa.Table,
    start: Model,
    frequencies: Frequencies,
    strength: em.Strength | None = None,
    budget: int = BUDGET,
) -> Model:
    """The start model with prior, u and (held near the start) m fitted to this table; own values per agency pair."""
    part = universe(prepared, budget)
    whole = WHOLE_AREA if has_areas(prepared) else WHOLE_FILE
    classes = Classes(part["agency"])
    patterns = _patterns(part, whole, classes)
    start_m, start_u = ([np.array([table[name]]) for name in USED] for table in (start.m, start.u))
    apart = _apart(prepared, classes, [np.zeros((len(classes.names), len(start.m[name]))) for name in USED])
    runs = [RARER.get(name, ()) for name in USED]
    fit = em.fit(patterns, len(classes.names), start_m, start_u, 1 / 300, strength or em.Strength(), apart, runs)
    area_m, area_u = _area_agreement(prepared, start.m["area"][1])
    factor = area_u[1] / area_m[1] * _company(part) / _company(prepared) if has_areas(prepared) else 1.0
    own = {}
    for position, name in enumerate(classes.names):
        m = {c: fit.m[k][position].tolist() for k, c in enumerate(USED)} | {"area": area_m}
        u = {c: fit.u[k][position].tolist() for k, c in enumerate(USED)} | {"area": area_u}
        own[name] = Own(m, u, _scaled(float(fit.lam[position]), factor))
    overall = float(fit.expected.sum() / fit.pairs.sum())
    common_m = {c: _mean(fit.m[k], fit.expected) for k, c in enumerate(USED)} | {"area": area_m}
    common_u = {c: _mean(fit.u[k], fit.pairs.astype(float)) for k, c in enumerate(USED)} | {"area": area_u}
    return replace(
        start,
        m=common_m,
        u=common_u,
        share=_scaled(overall, factor),
        own=own,
        frequencies=frequencies,
        trained_on=f"{start.version}, then {len(part)} records of the partnership",
    )


def _scaled(share: float, factor: float) -> float:
    odds = share / (1 - share) * factor
    return odds / (1 + odds)


def _mean(table: NDArray[np.float64], by: NDArray[np.float64]) -> list[float]:
    mean: list[float] = (np.average(table, axis=0, weights=by + 1e-9)).tolist()
    return mean


def expected_pairs(prepared: pa.Table, model: Model) -> float:
    """True pairs expected among all pairs of the table, brought up by a rule or not: shares times pairs, by class."""
    classes = Classes(prepared["agency"])
    held = np.bincount(classes.codes, minlength=len(classes.agencies)).astype(float)
    total = 0.0
    for (i, j), name in zip(combinations_with_replacement(range(len(held)), 2), classes.names, strict=True):
        total += model.at(name).share * (held[i] * (held[i] - 1) / 2 if i == j else held[i] * held[j])
    return total

"""The evidence of all pairs within areas without any prior, for estimates that decide no link."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from . import prior
from .comparisons import NAMES
from .engine import WHOLE_AREA, WHOLE_FILE, Engine, rules
from .features import prepare, text
from .model import Model, shipped


@dataclass(frozen=True)
class BayesFactors:
    """Every pair of records within an area, once: one woman against two.

    `agencies`: names. `agency`, `area`: int64 [records], codes of each record kept; `row`: its row in the table given.
    `left`, `right`: int64 [pairs], places in those arrays, left < right. `log_bf`: float64 [pairs], natural logarithm.
    """

    agencies: tuple[str, ...]
    agency: NDArray[np.int64]
    area: NDArray[np.int64]
    row: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    log_bf: NDArray[np.float64]

    def between(self, one: str, other: str) -> NDArray[np.float64]:
        """log_bf of the pairs of two agencies (or within one)."""
        a, b = self.agencies.index(one), self.agencies.index(other)
        x, y = self.agency[self.left], self.agency[self.right]
        found: NDArray[np.float64] = self.log_bf[((x == a) & (y == b)) | ((x == b) & (y == a))]
        return found


def bayes_factors(records: pa.Table, model: Model, budget: int = prior.BUDGET) -> BayesFactors:
    """log(m/u) summed over the comparisons, the area left out, for all pairs within each area.

    Records of unknown area are left out, unless areas say nothing: then all records count as one area. Past `budget`
    pairs, whole areas are taken while they fit. `model` is that of `link` on the same records.
    """
    prepared, _ = prepare(records, model.frequencies)
    part, rows = prior.universe_rows(prepared, budget)
    areas = prior.has_areas(prepared)
    with Engine(part) as engine:
        pairs = prior.gathered(list(engine.levels(engine.blocked(rules(WHOLE_AREA if areas else WHOLE_FILE)))))
    classes = prior.Classes(part["agency"])
    kind = classes.of(pairs["a"], pairs["b"])
    tables, _ = model.weights(classes.names)
    total = np.zeros(len(kind))
    for table, name in zip(tables, NAMES, strict=True):
        if name != "area":
            total += table[kind, pairs[name]]
    order = np.lexsort((pairs["b"], pairs["a"]))
    area = np.unique(part["area"].to_numpy(), return_inverse=True)[1] if areas else np.zeros(len(part))
    return BayesFactors(
        tuple(classes.agencies),
        classes.codes,
        area.astype(np.int64),
        rows,
        pairs["a"][order].astype(np.int64),
        pairs["b"][order].astype(np.int64),
        (total * np.log(2))[order],
    )


def own_factors(records: pa.Table, budget: int = prior.BUDGET) -> tuple[BayesFactors, float]:
    """`bayes_factors` by the shipped model fitted to these records; what to multiply a number of women from them by.

    Whole areas are drawn, always the same, while their pairs fit the budget: the factor makes up for the others. It
    also takes out women counted twice because two agencies put them in different areas. One area, or none told: 1.
    """
    chosen, share = _drawn(records, budget)
    prepared, frequencies = prepare(chosen)
    model = prior.train(prepared, shipped(), frequencies, budget=budget)
    several = prior.has_areas(prepared) and (share < 1 or pc.count_distinct(prepared["area"]).as_py() > 1)
    return bayes_factors(chosen, model, budget), (model.m["area"][1] if several else 1.0) / share


def _drawn(records: pa.Table, budget: int) -> tuple[pa.Table, float]:
    area = pc.utf8_lower(text(records, "area"))
    told_areas = area.filter(pc.not_equal(area, ""))
    names, counts = (x.to_numpy(zero_copy_only=False) for x in told_areas.value_counts().flatten())
    told = int(counts.sum())
    if told < 0.5 * len(records) or (counts.astype(float) ** 2).sum() / 2 <= budget:
        return records, 1.0
    order = np.random.default_rng(0).permutation(np.argsort(names))
    spent = np.cumsum(counts[order].astype(float) ** 2 / 2)
    kept = order[: max(1, int(np.searchsorted(spent, budget, "right")))]
    chosen = records.filter(pc.is_in(area, pa.array(names[kept])))
    return chosen, float(counts[kept].sum()) / told

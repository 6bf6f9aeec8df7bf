"""Batch linkage of one partnership's records: pairs with calibrated probabilities, groups, and the model used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from . import engine, features, prior
from .blocking import blocking
from .comparisons import NAMES
from .decisions import Decision
from .groups import group
from .model import Model, shipped
from .review import shift_from

KEEP = 0.001


@dataclass(frozen=True)
class Linkage:
    """`pairs`: a < b (record ids), probability, weight (log2 odds), and for each comparison its level (int8, -1
    unknown) and `<comparison>_weight` (bits). `groups`: anchor (least record id) by record id. `expected`: number of
    true pairs among all pairs, scored or not.
    """

    pairs: pa.Table
    groups: dict[str, str]
    model: Model
    expected: float


def scored(chunk: engine.Pairs, model: Model, classes: prior.Classes, keep: float = KEEP) -> engine.Pairs:
    """Pairs of a chunk with probability at least `keep`, with weights."""
    weights, base = model.weights(classes.names)
    kind = classes.of(chunk["a"], chunk["b"])
    total = base[kind]
    for table, name in zip(weights, NAMES, strict=True):
        total = total + table[kind, chunk[name]]
    probability = 1 / (1 + np.exp2(-total))
    rows = np.flatnonzero(probability >= keep)
    found = {name: chunk[name][rows] for name in ("a", "b", *NAMES)}
    for table, name in zip(weights, NAMES, strict=True):
        found[f"{name}_weight"] = table[kind[rows], found[name]].astype(np.float32)
    return found | {"probability": probability[rows], "weight": total[rows]}


def score(prepared: pa.Table, model: Model, keep: float = KEEP) -> engine.Pairs:
    """All pairs the rules bring up, scored (see `scored`)."""
    classes = prior.Classes(prepared["agency"])
    keyed, rules = blocking(prepared, prior.has_areas(prepared))
    with engine.Engine(keyed) as seam:
        parts = [scored(chunk, model, classes, keep) for chunk in seam.levels(seam.blocked(rules))]
    if not parts:
        return _none()
    return {n: np.concatenate([p[n] for p in parts]) for n in parts[0]}


def as_table(pairs: engine.Pairs, ids: pa.Array) -> pa.Table:
    """Scored pairs with record ids, a < b, sorted."""
    order = pc.sort_indices(ids)
    rank = np.empty(len(ids), np.int32)
    rank[order.to_numpy()] = np.arange(len(ids), dtype=np.int32)
    one, two = rank[pairs["a"]], rank[pairs["b"]]
    low, high = np.minimum(one, two), np.maximum(one, two)
    rows, names = np.lexsort((high, low)), ids.take(order)
    columns = {"a": names.take(pa.array(low[rows])), "b": names.take(pa.array(high[rows]))}
    return pa.table(columns | {name: pa.array(pairs[name][rows]) for name in pairs if name not in ("a", "b")})


def link(records: pa.Table, *, decisions: Sequence[Decision] = (), model: Model | None = None) -> Linkage:
    """Link records (columns of `features.COLUMNS`; missing is null or '').

    Without `model`, the shipped one is fitted to these records first; with one, it is used as it is.
    Decisions bind the groups, and shift the prior where there are enough of them (see review.py).
    """
    prepared, frequencies = features.prepare(records, (model.frequencies or None) if model else None)
    ids = features.text(records, "rec_id")
    if len(records) < 2:
        return Linkage(as_table(_none(), ids), {r: r for r in ids.to_pylist()}, model or shipped(), 0.0)
    fitted = model or prior.train(prepared, shipped(), frequencies)
    table = as_table(score(prepared, fitted), ids)
    bits = shift_from(table, decisions)
    if bits:
        fitted = fitted.shifted(bits)
        table = as_table(score(prepared, fitted), ids)
    expected = prior.expected_pairs(prepared, fitted)
    del prepared  # the grouping of a million records needs its room
    groups = {record: record for record in ids.to_pylist()}
    groups |= group(table, decisions, merge=fitted.merge)
    return Linkage(table, groups, fitted, expected)


def _none() -> engine.Pairs:
    empty: dict[str, NDArray[np.generic]] = {"a": np.zeros(0, np.int32), "b": np.zeros(0, np.int32)}
    for name in NAMES:
        empty |= {name: np.zeros(0, np.int8), f"{name}_weight": np.zeros(0, np.float32)}
    return empty | {"probability": np.zeros(0), "weight": np.zeros(0)}

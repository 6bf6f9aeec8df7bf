"""The seam between this room and the linkage engine: ids, evidence and groups, no names. No framework."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alongside.register.people import linkage
from alongside.register.people.grouping import NEAR, Standing, neighbours
from alongside.register.people.linkage.comparisons import NAMES

KEPT = 0.01
STEP = 0.01  # natural log units to which kept Bayes factors are rounded


@dataclass(frozen=True, slots=True)
class Edge:
    """Two records, `a` before `b`: calibrated probability, log2 odds, and evidence.

    `evidence`: "for", "against", "unknown": sentences without a value; "weights": bits by comparison, where both tell.
    """

    a: UUID
    b: UUID
    probability: float
    weight: float
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """`edges`: the pairs that are kept (see `_kept`). `expected`: true pairs by the probabilities of all pairs.

    `model`: what scored them; `evidence`: what all pairs say before any link is decided (see `packed`). Neither holds
    a value or a name.
    """

    edges: list[Edge]
    expected: float
    model: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Natural log Bayes factors of all pairs of records, no link decided, no prior.

    `agencies`: ids; `agency`: code of each record into them; `area`: nought for all, a partnership is one area;
    `left` < `right`: places of the records of each pair; `log_bf`: rounded to STEP.
    """

    agencies: tuple[str, ...]
    agency: NDArray[np.int64]
    area: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    log_bf: NDArray[np.float64]


def compare(records: pa.Table, stands: Standing) -> Compared:
    """Compare all records of a partnership (see `linking.table`); decisions that stand shift the prior."""
    if len(records) < 2:
        return Compared([], 0.0)
    found = linkage.link(records, decisions=_decisions(stands))
    evidence = packed(linkage.bayes_factors(records, found.model))
    return Compared(_edges(found), found.expected, kept_model(found.model), evidence)


def compare_alone(records: pa.Table) -> list[Edge]:
    """Compare the records of one agency by the weights that come with the product, so by nothing that others know."""
    return _edges(linkage.link(records, model=linkage.shipped())) if len(records) > 1 else []


def _edges(found: linkage.Linkage) -> list[Edge]:
    rows = found.pairs.filter(pa.array(_kept(found.pairs)))
    return [_edge(row, found.model) for row in rows.to_pylist()]


def _kept(pairs: pa.Table) -> NDArray[np.bool_]:
    """Those above KEPT, and all inside one neighbourhood: they say what holds a group together."""
    probability = pairs["probability"].to_numpy()
    ends = list(zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True))
    near = neighbours(ends[place] for place in np.flatnonzero(probability > NEAR))
    inside = np.array([a in near and near[a] == near.get(b) for a, b in ends], bool)
    kept: NDArray[np.bool_] = (probability > KEPT) | inside
    return kept


def packed(factors: linkage.BayesFactors) -> dict[str, Any]:
    """All Bayes factors small enough to keep: pairs in the order of `numpy.triu_indices`, rounded, compressed."""
    count = len(factors.agency)
    if len(factors.log_bf) != count * (count - 1) // 2:
        raise ValueError("A partnership is one area: every pair of its records is expected once.")
    rounded = np.clip(np.round(factors.log_bf / STEP), -32000, 32000).astype("<i2")
    return {
        "agencies": list(factors.agencies),
        "agency": factors.agency.tolist(),
        "step": STEP,
        "log_bf": base64.b64encode(zlib.compress(rounded.tobytes(), 6)).decode(),
    }


def unpacked(kept: dict[str, Any]) -> Unlinked:
    """The inverse of `packed`, but for the rounding."""
    agency = np.array(kept["agency"], np.int64)
    left, right = np.triu_indices(len(agency), 1)
    rounded = np.frombuffer(zlib.decompress(base64.b64decode(kept["log_bf"])), "<i2")
    return Unlinked(
        tuple(kept["agencies"]),
        agency,
        np.zeros(len(agency), np.int64),
        left.astype(np.int64),
        right.astype(np.int64),
        rounded.astype(np.float64) * kept["step"],
    )


def kept_model(model: linkage.Model) -> dict[str, Any]:
    """The model as it may be kept: without the frequencies, whose codes could be tried against lists of names."""
    return asdict(replace(model, frequencies={}))


def _edge(row: dict[str, Any], model: linkage.Model) -> Edge:
    why = linkage.explain(row, model)
    weights = {name: row[f"{name}_weight"] for name in NAMES if row[name] >= 0}
    evidence = {"for": why.for_, "against": why.against, "unknown": why.unknown, "weights": weights}
    return Edge(UUID(row["a"]), UUID(row["b"]), row["probability"], row["weight"], evidence)


def groups(records: Sequence[UUID], edges: Iterable[Edge], stands: Standing) -> dict[UUID, UUID]:
    """Record -> smallest record of its group, for the records of a whole run or of one neighbourhood.

    Decisions about other records are left out. The same records, edges and decisions give the same answer in any order.
    """
    here = set(records)
    inside = [edge for edge in edges if edge.a in here and edge.b in here]
    placed = linkage.group(_table(inside), _decisions(stands, here), merge=linkage.shipped().merge)
    return {record: UUID(placed.get(str(record), str(record))) for record in records}


def _decisions(stands: Standing, here: set[UUID] | None = None) -> list[linkage.Decision]:
    same = [linkage.Decision(str(a), str(b), "same") for a, b in stands.same() if here is None or {a, b} <= here]
    return same + [
        linkage.Decision(str(a), str(b), "not_same") for a, b in stands.not_same() if here is None or {a, b} <= here
    ]


def _table(edges: Sequence[Edge]) -> pa.Table:
    """Edges in the shape that the engine made them in."""
    ordered = sorted(edges, key=lambda edge: (edge.a, edge.b))
    columns: dict[str, pa.Array] = {
        "a": pa.array([str(edge.a) for edge in ordered], pa.string()),
        "b": pa.array([str(edge.b) for edge in ordered], pa.string()),
        "probability": pa.array([edge.probability for edge in ordered], pa.float64()),
        "weight": pa.array([edge.weight for edge in ordered], pa.float64()),
    }
    for name in NAMES:
        bits = [edge.evidence.get("weights", {}).get(name) for edge in ordered]
        columns[name] = pa.array([-1 if each is None else 0 for each in bits], pa.int8())
        columns[f"{name}_weight"] = pa.array([each or 0.0 for each in bits], pa.float64())
    return pa.table(columns)

"""Groups of records believed to be one woman: agglomeration over pair evidence, bound by decisions.

Each round joins every two clusters that are each other's best fit, so a joint answer never depends on the order of
records or on anything outside the neighbourhood: the records connected by pairs of at least NEAR.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .comparisons import NAMES
from .decisions import Decision, joined
from .merging import FIELDS, KINDS, Between, Floats, Ints, score

NEAR = 0.2
NO_EVIDENCE = -99.0
BATCH = 200_000
"""Pairs whose neighbourhoods are settled together; more take more memory, and no less time."""
Watch = Callable[[Between, Ints, Ints], None]


def _numbers(pairs: pa.Table, decisions: Sequence[Decision]) -> tuple[list[str], Ints, Ints]:
    named = pa.chunked_array([[d.a for d in decisions], [d.b for d in decisions]], pa.string())
    sides = [pairs[side].cast(pa.string()) for side in ("a", "b")]
    every = pa.chunked_array([*named.chunks, *(chunk for side in sides for chunk in side.chunks)], pa.string())
    ids = every.unique().sort()
    a, b = (pc.index_in(side, value_set=ids).to_numpy().astype(np.int64) for side in sides)
    return ids.to_pylist(), a, b


def between(pairs: pa.Table, a: Ints, b: Ints) -> Between:
    """The rows of a pairs table (see `link`) as evidence between records a and b."""
    total, known = np.zeros((len(pairs), len(KINDS))), np.zeros((len(pairs), len(KINDS)))
    prior = pairs["weight"].to_numpy().astype(float)
    for name in NAMES:
        kind = KINDS.index(name.split("_")[0])
        told = pairs[name].to_numpy() >= 0
        weight = pairs[f"{name}_weight"].to_numpy().astype(float)
        prior = prior - weight
        total[:, kind] += np.where(told, weight, 0.0)
        known[:, kind] += told
    best = np.where(known > 0, total, NO_EVIDENCE)
    near = pairs["probability"].to_numpy() >= NEAR
    return Between(
        np.minimum(a, b),
        np.maximum(a, b),
        total,
        known,
        best,
        prior,
        np.ones(len(pairs)),
        near,
        np.zeros(len(pairs), bool),
    )


def _with_bars(pairs: Between, barred: list[tuple[int, int]]) -> Between:
    if not barred:
        return pairs
    low, high = np.array(sorted({(min(x), max(x)) for x in barred})).T
    blank = np.zeros((len(low), len(KINDS)))
    zero, yes = np.zeros(len(low)), np.ones(len(low), bool)
    bars = Between(low, high, blank, blank, blank + NO_EVIDENCE, zero, zero, ~yes, yes)
    return Between(*(np.concatenate([getattr(pairs, f), getattr(bars, f)]) for f in FIELDS))


def _mutual_best(a: Ints, b: Ints, scores: Floats, count: int) -> Ints:
    order = np.lexsort((b, a, -scores))
    place = np.arange(len(order))
    first = np.full(count, len(order))
    np.minimum.at(first, a[order], place)
    np.minimum.at(first, b[order], place)
    chosen: Ints = order[(first[a[order]] == place) & (first[b[order]] == place)]
    return chosen


def agglomerate(
    pairs: Between, label: Ints, merge: dict[str, list[float]], threshold: float, watch: Watch | None = None
) -> Ints:
    """Labels (the least record number of each group) after joining from the clusters that `label` begins with.

    `watch` is shown the evidence, sizes and labels at the start of each round (for training).
    """
    count = len(label)
    size = np.bincount(label, minlength=count)
    state = pairs.regrouped(label)
    while True:
        if watch:
            watch(state, size, label)
        scores = score(state, size, merge) if len(state.a) else np.zeros(0)
        open_ = np.flatnonzero((scores > threshold) & state.near & ~state.barred)
        if not len(open_):
            return label
        chosen = open_[_mutual_best(state.a[open_], state.b[open_], scores[open_], count)]
        a, b = state.a[chosen], state.b[chosen]
        moved = np.arange(count)
        moved[b] = a
        size[a] += size[b]
        size[b] = 0
        label, state = moved[label], state.regrouped(moved)


def _connected(count: int, a: Ints, b: Ints) -> Ints:
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(count, count))
    found: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return found


def _neighbourhoods(pairs: pa.Table, a: Ints, b: Ints, label: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Records of neighbourhoods and the rows of the pairs within them, about BATCH rows at a time, in a fixed order."""
    near = np.flatnonzero(pairs["probability"].to_numpy() >= NEAR)
    place = np.arange(len(label))
    home = _connected(len(label), np.concatenate([a[near], place]), np.concatenate([b[near], label]))
    rows = np.flatnonzero(home[a] == home[b])
    rows = rows[np.lexsort((np.maximum(a, b)[rows], np.minimum(a, b)[rows], home[a[rows]]))]
    where, residents = home[a[rows]], np.argsort(home, kind="stable")
    starts = np.flatnonzero(np.diff(where, prepend=-1))
    cuts = np.unique(starts[np.searchsorted(starts, np.arange(0, len(rows), BATCH), "right") - 1])
    for low, high in pairwise([*cuts.tolist(), len(rows)]):
        inside = np.searchsorted(home[residents], [where[low], where[high - 1] + 1])
        yield np.sort(residents[slice(*inside)]), rows[low:high]


def group(
    pairs: pa.Table, decisions: Sequence[Decision] = (), *, merge: dict[str, list[float]], threshold: float = 0.0
) -> dict[str, str]:
    """Anchor (least record id) of the group of each record that `pairs` or `decisions` name.

    `pairs` as `link` makes them: the whole run, or one neighbourhood of it, which gives the same answer there.
    "same" always joins and "not the same" always keeps apart; raises ContradictoryDecisions where both cannot hold.
    """
    ids, a, b = _numbers(pairs, decisions)
    number = {record: position for position, record in enumerate(ids)} if decisions else {}
    label = np.arange(len(ids))
    for record, anchor in joined(decisions).items():
        label[number[record]] = number[anchor]
    barred = [(number[d.a], number[d.b]) for d in decisions if d.answer == "not_same"]
    evidence = pairs.drop_columns(["a", "b"])
    for members, rows in _neighbourhoods(pairs, a, b, label):
        here = {record: position for position, record in enumerate(members.tolist())} if barred else {}
        bars = [(here[x], here[y]) for x, y in barred if x in here and y in here]
        within = between(evidence.take(pa.array(rows)), *(np.searchsorted(members, side[rows]) for side in (a, b)))
        begin = np.searchsorted(members, label[members])
        label[members] = members[agglomerate(_with_bars(within, bars), begin, merge, threshold)]
    return {record: ids[anchor] for record, anchor in zip(ids, label.tolist(), strict=True)}

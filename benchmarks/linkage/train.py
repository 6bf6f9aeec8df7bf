"""Train the shipped weights on invented worlds with truth: m and u counted, merge weights by logistic regression."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alongside.register.people.linkage import features, groups, linking, merging, prior
from alongside.register.people.linkage.comparisons import COMPARISONS, NAMES
from alongside.register.people.linkage.engine import WHOLE_AREA, Engine, rules
from alongside.register.people.linkage.model import Model

from .world import PROFILE, make

TARGET = Path(__file__).parents[2] / "alongside/register/people/linkage/weights/shipped.json"
AREA = [0.063, 0.937]
HELD = 20.0
SEEN, LEAST = 5, 1e-4
MOST = 13.0
MOST_OF = {"phone": 16.0}
EASE = 0.2
"""Bits added to the odds of joining: chosen so that about 85 in 100 joined pairs are true in worlds kept aside."""


Tables = dict[str, NDArray[np.float64]]


def counted(records: pa.Table) -> tuple[Tables, Tables]:
    """Levels of the true pairs within areas of one world, and shares of levels among the other pairs.

    The other pairs are weighed by the true pairs of each two agencies: habits that shift the levels of both alike
    then leave their ratio as it is.
    """
    prepared, _ = features.prepare(records)
    part, rows = prior.universe_rows(prepared)
    classes = prior.Classes(part["agency"])
    with Engine(part) as engine:
        pairs = prior.gathered(list(engine.levels(engine.blocked(rules(WHOLE_AREA)))))
    truth = np.asarray(records["person_id"].to_pylist())[rows]
    same = truth[pairs["a"]] == truth[pairs["b"]]
    kind, count = classes.of(pairs["a"], pairs["b"]), len(classes.names)
    m, u = {}, {}
    for c in COMPARISONS:
        told = pairs[c.name] >= 0
        place = kind * c.levels + pairs[c.name]
        true, other = (
            np.bincount(place[told & of], minlength=count * c.levels).reshape(count, c.levels).astype(float)
            for of in (same, ~same)
        )
        other += HELD * other.sum(0) / other.sum()
        m[c.name] = true.sum(0)
        u[c.name] = np.average(other / other.sum(1, keepdims=True), axis=0, weights=true.sum(1))
    return m, u


def ratios(name: str, true: NDArray[np.float64], u: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """m and u of one comparison from true pairs by level and u, with levels that the worlds never show filled in.

    Such a level of a rarer value weighs one bit more than the next commoner; no agreement weighs over MOST bits.
    """
    m = np.maximum(true / true.sum(), LEAST)
    m, u = m / m.sum(), u / u.sum()
    bits = np.log2(m / np.maximum(u, 1e-12))
    most = MOST_OF.get(name, MOST)
    unseen = (true < SEEN) & (u < LEAST)
    for first, end in prior.RARER.get(name, ()):
        for level in range(first + 1, end):
            if unseen[level]:
                bits[level] = bits[level - 1] + 1
    for level in np.flatnonzero(unseen).tolist() if name.startswith("ethnicity") else ():
        bits[level] = bits[level - 1]
    lift = np.minimum(bits, most)
    u = np.where(unseen | (bits > most), m / 2**lift, u)
    return m.tolist(), (u / u.sum()).tolist()


def first_merge() -> dict[str, list[float]]:
    """Merge weights to begin with: the mean evidence, a little of the best, less for size."""
    row = [
        1.0
        if f == "evidence"
        else 0.4
        if f.endswith("best")
        else -0.25
        if f == "size"
        else -1.0
        if f == "unseen"
        else 0.0
        for f in merging.FEATURES
    ]
    return dict.fromkeys(merging.SHAPES, row)


class Seen:
    """Cluster pairs met on the way of one agglomeration, with the share of their record pairs that are true."""

    def __init__(self, truth: NDArray[np.int64]) -> None:
        self.truth = truth
        self.rows: list[tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]] = []

    def keep(self, state: merging.Between, size: NDArray[np.int64], label: NDArray[np.int64]) -> None:
        fresh = (size[state.a] > 1) | (size[state.b] > 1) if self.rows else np.ones(len(state.a), bool)
        near = np.flatnonzero(state.near & fresh)
        people = int(self.truth.max()) + 1
        key, count = np.unique(label * people + self.truth, return_counts=True)
        a, b = state.a[near], state.b[near]
        members: dict[int, dict[int, int]] = {}
        for k, n in zip(key.tolist(), count.tolist(), strict=True):
            members.setdefault(k // people, {})[k % people] = n
        share = [
            sum(n * members[y].get(p, 0) for p, n in members[x].items()) / (size[x] * size[y])
            for x, y in zip(a.tolist(), b.tolist(), strict=True)
        ]
        part = merging.Between(*(getattr(state, f)[near] for f in merging.FIELDS))
        self.rows.append((merging.features(part, size), merging.shape(part, size), np.array(share), size[a] * size[b]))


def watched(pairs: merging.Between, merge: dict[str, list[float]], truth: NDArray[np.int64], threshold: float) -> Seen:
    """Agglomerate and keep what was met."""
    seen = Seen(truth)
    groups.agglomerate(pairs, np.arange(len(truth)), merge, threshold, watch=seen.keep)
    return seen


def logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], w: NDArray[np.float64], ridge: float = 20.0
) -> list[float]:
    """Coefficients in bits of a ridge-held logistic regression on shares y with weights w, by Newton's steps."""
    scale = x.std(0) + 1e-9
    scale[0] = 1.0
    z, beta = x / scale, np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        slope = z.T @ (w * (y - p)) - ridge * beta
        curve = (z.T * (w * p * (1 - p) + 1e-9)) @ z + ridge * np.eye(len(beta))
        beta += np.linalg.solve(curve, slope)
    return (beta / scale / np.log(2)).round(4).tolist()  # type: ignore[no-any-return]


def evidence(records: pa.Table, model: Model) -> tuple[merging.Between, NDArray[np.int64]]:
    """Pairs of one world scored by the model fitted to it, and the truth by row."""
    prepared, frequencies = features.prepare(records)
    pairs = linking.score(prepared, prior.train(prepared, model, frequencies))
    table = pa.table(dict(pairs))
    _, truth = np.unique(np.asarray(records["person_id"].to_pylist()), return_inverse=True)
    return groups.between(table, pairs["a"].astype(np.int64), pairs["b"].astype(np.int64)), truth


def merge_weights(
    model: Model, worlds: list[pa.Table], rounds: int = 3, threshold: float = -0.4
) -> dict[str, list[float]]:
    """Merge weights learned on the way of agglomerations that use those learned before."""
    merge = first_merge()
    known = [evidence(world, model) for world in worlds]
    for turn in range(rounds):
        met = [row for pairs, truth in known for row in watched(pairs, merge, truth, threshold if turn else 0.8).rows]
        x, kind, y, w = (np.concatenate([row[i] for row in met]) for i in range(4))
        merge = {
            name: logistic(x[kind == i], y[kind == i], w[kind == i].astype(float))
            for i, name in enumerate(merging.SHAPES)
        }
        print("round", turn, len(x), merge, flush=True)
    return merge


def main() -> None:
    """Write weights/shipped.json."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--size", type=int, default=8000)
    parser.add_argument("--merge-seeds", type=int, default=2, help="seeds whose worlds train the merge weights")
    given = parser.parse_args()
    worlds = [make(given.size, profile, 1000 + seed) for seed in range(given.seeds) for profile in PROFILE]
    shares = [counted(world) for world in worlds]
    fitted = {n: ratios(n, sum(w[0][n] for w in shares), sum(w[1][n] for w in shares)) for n in NAMES if n != "area"}  # type: ignore[arg-type]
    m = {name: both[0] for name, both in fitted.items()} | {"area": AREA}
    u = {name: both[1] for name, both in fitted.items()} | {"area": [1 - AREA[0], AREA[0]]}
    model = Model("2", f"{len(worlds)} invented worlds of about {given.size} records", m, u, 1 / 5000)
    merge = merge_weights(model, worlds[: given.merge_seeds * len(PROFILE)])
    merge = {name: [round(row[0] + EASE, 4), *row[1:]] for name, row in merge.items()}
    TARGET.write_text(Model(model.version, model.trained_on, m, u, model.share, merge=merge).to_json() + "\n")


if __name__ == "__main__":
    main()

"""What review buys: the pairs that promise most are answered from the truth, and the records grouped anew."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alongside.register.people.linkage import Decision, link, measures
from alongside.register.people.linkage.decisions import joined
from alongside.register.people.linkage.groups import group

PER_RECORD = 0.2
ROUNDS = 8


def gains(groups: dict[str, str], a: list[str], b: list[str], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """What one look at each pair may put right, as the product orders them (people/linking/figures.py)."""
    size = Counter(groups.values())
    left, right = ([groups[x] for x in side] for side in (a, b))
    one, other = (np.array([size[x] for x in side]) for side in (left, right))
    together = np.array([x == y for x, y in zip(left, right, strict=True)])
    found: NDArray[np.float64] = np.where(together, (1 - chance) * (one - 1), chance * np.sqrt(one * other))
    return found


def answered(decisions: list[Decision], a: list[str], b: list[str]) -> NDArray[np.bool_]:
    """Pairs whose answer follows from the decisions: both joined, or each joined to records decided apart."""
    top = joined(decisions)
    apart = {frozenset((top.get(d.a, d.a), top.get(d.b, d.b))) for d in decisions if d.answer == "not_same"}
    ends = ((top.get(x, x), top.get(y, y)) for x, y in zip(a, b, strict=True))
    return np.array([x == y or frozenset((x, y)) in apart for x, y in ends], bool)


def worth_asking(gain: NDArray[np.float64], groups: dict[str, str], a: list[str], b: list[str]) -> list[int]:
    """Pairs by falling gain, one for each two groups (or within one): its answer may settle the others."""
    best: dict[frozenset[str], int] = {}
    for place in np.argsort(-gain, kind="stable").tolist():
        best.setdefault(frozenset((groups[a[place]], groups[b[place]])), place)
    return list(best.values())


def after_review(records: pa.Table) -> dict[str, Any]:
    """Measures of the groups after PER_RECORD looks a record, in ROUNDS rounds."""
    ids, truth = records["rec_id"].to_pylist(), records["person_id"].to_pylist()
    person = dict(zip(ids, truth, strict=True))
    linkage = link(records.drop_columns(["person_id"]))
    a, b = (linkage.pairs[side].to_pylist() for side in ("a", "b"))
    probability = linkage.pairs["probability"].to_numpy()
    decisions: list[Decision] = []
    groups = linkage.groups
    for _ in range(ROUNDS):
        gain = gains(groups, a, b, probability)
        gain[answered(decisions, a, b)] = -1
        chosen = worth_asking(gain, groups, a, b)[: round(PER_RECORD * len(ids) / ROUNDS)]
        decisions += [Decision(a[i], b[i], "same" if person[a[i]] == person[b[i]] else "not_same") for i in chosen]
        groups = {x: x for x in ids} | group(linkage.pairs, decisions, merge=linkage.model.merge)
    return measures.of_groups([groups[x] for x in ids], truth) | {"looks": len(decisions)}

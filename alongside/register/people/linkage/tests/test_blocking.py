"""The pairs that are looked at: all where few, else those that share something few records hold."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from alongside.register.people.linkage import blocking, features, link, prior
from alongside.register.people.linkage.engine import Engine

from .records import invented


def brought_up(records: pa.Table) -> set[tuple[int, int]]:
    prepared, _ = features.prepare(records)
    keyed, rules = blocking.blocking(prepared, prior.has_areas(prepared))
    with Engine(keyed) as engine:
        chunks = list(engine.levels(engine.blocked(rules)))
    pairs = [pair for c in chunks for pair in zip(c["a"].tolist(), c["b"].tolist(), strict=True)]
    assert len(pairs) == len(set(pairs))
    assert all(a < b for a, b in pairs)
    return set(pairs)


def within_areas(records: pa.Table) -> set[tuple[int, int]]:
    area = records["area"].to_pylist()
    return {(i, j) for j in range(len(area)) for i in range(j) if area[i] and area[i] == area[j]}


def test_every_pair_of_an_area_where_there_are_few() -> None:
    records = invented(count=200, women=80, areas=3)
    assert within_areas(records) <= brought_up(records)


def test_fewer_pairs_of_a_large_file_and_the_same_strong_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    records = invented(count=400, women=150, areas=3)
    whole = link(records)
    every = brought_up(records)
    monkeypatch.setattr(blocking, "WHOLE_LIMIT", 0)
    assert len(brought_up(records)) < len(every) / 2
    strong = {(r["a"], r["b"]) for r in whole.pairs.to_pylist() if r["probability"] >= 0.9}
    found = {(r["a"], r["b"]) for r in link(records).pairs.to_pylist()}
    assert len(strong & found) >= 0.97 * len(strong)


def test_a_value_that_many_hold_brings_nobody_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "WHOLE_LIMIT", 0)
    monkeypatch.setattr(blocking, "IN_AREA", 5)
    names = ["Dekia"] * 4 + ["Samantha"] * 30
    records = pa.table({"rec_id": [str(i) for i in range(34)], "agency": ["one"] * 34, "known_as": names})
    assert brought_up(records) == {(i, j) for j in range(4) for i in range(j)}


def test_codes_that_few_hold_are_kept_by_place() -> None:
    codes = pa.array([[1, 2], [1], [], [1, 3]], pa.list_(pa.int64()))
    kept = blocking._among(codes, np.array([7, 7, 7, 8]), 1)
    assert kept.to_pylist() == [[2], [], [], [1, 3]]

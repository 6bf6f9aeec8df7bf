"""The levels of many pairs at once and of one pair are the same, and mean what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from alongside.register.people.linkage import levels
from alongside.register.people.linkage.comparisons import COMPARISONS, NAMES
from alongside.register.people.linkage.engine import Engine
from alongside.register.people.linkage.features import prepare

from .records import invented


def test_columns_and_levels_agree_on_twenty_thousand_pairs() -> None:
    prepared, _ = prepare(invented(count=900))
    rng = np.random.default_rng(3)
    pairs = np.sort(rng.choice(900, (20_500, 2)), axis=1).astype(np.int32)
    pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
    assert len(pairs) >= 19_500
    with Engine(prepared) as engine:
        chunks = list(engine.levels(engine.given(pairs[:, 0], pairs[:, 1])))
    rows = prepared.to_pylist()
    seen = set()
    for chunk in chunks:
        for name in NAMES:
            own = [levels.LEVEL_OF[name](rows[a], rows[b]) for a, b in zip(chunk["a"], chunk["b"], strict=True)]
            assert own == chunk[name].tolist(), name
            seen |= {(name, level) for level in own}
    assert len(seen) > 60
    assert sum(len(c["a"]) for c in chunks) == len(pairs)


def test_every_level_lies_within_its_comparison() -> None:
    rows = prepare(invented(count=120, women=30))[0].to_pylist()
    for comparison in COMPARISONS:
        found = {levels.LEVEL_OF[comparison.name](a, b) for a in rows for b in rows}
        assert found <= set(range(-1, comparison.levels))


def two(**columns: tuple[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    import pyarrow as pa

    a, b = prepare(pa.table({name: list(values) for name, values in columns.items()}))[0].to_pylist()
    return a, b


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ("Samantha", "SAMANTHA", 22, 29),
        ("Sam", "Samantha", 15, 21),
        ("Dekiaa", "Dekia", 8, 14),
        ("Little Dekia", "Dekia", 22, 29),
        ("Tee aka Lizzie Omar", "Elizabeth", 15, 21),
        ("Karen", "Foxy", 0, 2),
        ("", "Foxy", -1, -1),
        ("not known", "Foxy", -1, -1),
    ],
)
def test_names(left: str, right: str, low: int, high: int) -> None:
    assert low <= levels.name(*two(known_as=(left, right))) <= high


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1980-05-06", "1980-05-06", 5),
        ("1980-01-01", "1980-01-01", 4),
        ("1980-05-06", "1970-05-06", 3),
        ("1980-05-06", "1981-07-09", 2),
        ("1980-05-06", "1964-07-09", 0),
        ("1980-05-06", "", -1),
        ("1980-05-06", "n/k", -1),
    ],
)
def test_dates_of_birth(left: str, right: str, level: int) -> None:
    assert levels.age(*two(dob=(left, right))) == level


def test_an_estimated_age_is_held_against_a_date_of_birth() -> None:
    a, b = two(dob=("1980-06-01", ""), approx_age=("", "27"), rec_date=("2007-06-01", "2007-12-01"))
    assert levels.age(a, b) == 11


def test_last_name_within_known_as_is_used() -> None:
    assert levels.last(*two(known_as=("Jenn Wright", "Jenny"), last_name=("", "Wright"))) >= 5


def test_marks_without_a_place() -> None:
    assert levels.marks(*two(marks=("name Leon@face", "NAME LEON@"))) in (3, 4)
    assert levels.marks(*two(marks=("name Leon@face", "name leon@face"))) >= 5


def test_neighbourhood_says_nothing_across_boroughs() -> None:
    assert levels.hood(*two(area=("X", "Y"), hood=("Canal Road", "Canal Road"))) == -1
    assert levels.hood(*two(area=("", ""), hood=("Canal Road", "CANAL ROAD"))) >= 1

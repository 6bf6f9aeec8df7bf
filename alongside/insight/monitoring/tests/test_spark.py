"""DuckDB and Spark count the same definitions over the same snapshot alike: every one of the product's, in one run."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from alongside.insight.monitoring import snapshots
from alongside.insight.monitoring.asking import Scope
from alongside.insight.monitoring.definitions import catalogue
from alongside.insight.monitoring.engine import DuckBase, tell
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.shape import KINDS, Fact

pytest.importorskip("pyspark", reason="Spark is an extra: pip install alongside[spark], and Java")
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def facts(number: int) -> Iterator[Fact]:
    """Facts of every kind, by lot, with every code that a definition may ask for."""
    lot = Random(4)
    for _ in range(number):
        name = lot.choice([*KINDS, *["answer"] * len(KINDS)])  # of many subjects: as many as of all others together
        day = date(2023, 6, 1) + timedelta(days=lot.randint(0, 1300))
        until = day + timedelta(days=lot.randint(0, 400)) if lot.random() < 0.6 else None
        woman = lot.randint(1, 300) if lot.random() < 0.9 else None
        codes: dict[str, Any] = {}
        for each, code in KINDS[name].codes.items():
            values = sorted(code.values)
            codes[each] = tuple(lot.sample(values, min(2, len(values)))) if code.many else lot.choice(values)
        yield Fact(name, day, f"agency-{lot.randint(1, 4)}", woman, until, lot.randint(0, 9), codes)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    built = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    made = built.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield made
    made.stop()


@pytest.mark.parametrize(("scope", "split"), [(Scope(), True), (Scope(), False), (Scope("agency-2"), False)])
def test_both_engines_give_the_same_answer(tmp_path: Path, session: Any, scope: Scope, split: bool) -> None:
    from alongside.insight.monitoring.spark import SparkBase

    snapshots.write(tmp_path / "one", facts(20_000))
    found = catalogue()
    keys = list(found.definitions)
    with DuckBase(tmp_path / "one") as duck:
        here = tell(duck, found, keys, scope, YEAR, split=split)
    there = tell(SparkBase(session, tmp_path / "one"), found, keys, scope, YEAR, split=split)
    assert sum(figure.count > 0 for figure in here.figures.values()) > 0.5 * len(keys)
    assert there.figures == here.figures
    assert there.agencies == here.agencies
    assert bool(here.agencies) is split

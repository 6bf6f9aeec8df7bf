"""Definitions over a snapshot, on DuckDB in memory: reads the snapshot's files and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from alongside.insight.monitoring.asking import Questions, Scope, window
from alongside.insight.monitoring.definitions import Catalogue, needed
from alongside.insight.monitoring.figures import Figure, Period
from alongside.insight.monitoring.shape import KINDS
from alongside.insight.monitoring.snapshots import schema

__all__ = ["Scope", "Told", "count", "count_with_agencies", "tell", "window"]


class Base(Protocol):
    """An engine that holds a view of each kind of facts."""

    def keep(self, name: str, sql: str) -> None: ...
    def rows(self, sql: str) -> list[tuple[Any, ...]]: ...


class DuckBase:
    """The files of a snapshot as DuckDB reads them."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self.base = duckdb.connect(config={"enable_external_access": "true", "threads": str(threads)})
        for name in sorted(KINDS):
            if not (folder / f"{name}.parquet").exists():  # a snapshot from before this kind was told: none of it
                self.base.register(name, schema(KINDS[name]).empty_table())
                continue
            path = str(folder / f"{name}.parquet").replace("'", "''")
            self.base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608  # our own names

    def keep(self, name: str, sql: str) -> None:
        self.base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.base.execute(sql).fetchall()

    def __enter__(self) -> "DuckBase":
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()


@dataclass(slots=True)
class Told:
    """What was counted: key -> its figure; and agency -> key -> its own count."""

    figures: dict[str, Figure]
    agencies: dict[str, dict[str, int]] = field(default_factory=dict)


def count(folder: Path, found: Catalogue, keys: Iterable[str], scope: Scope, period: Period) -> dict[str, Figure]:
    """Every figure asked for, by key, each with its women. Raises duckdb.Error when the snapshot can't be read."""
    with DuckBase(folder) as base:
        return tell(base, found, keys, scope, period).figures


def count_with_agencies(folder: Path, found: Catalogue, keys: Iterable[str], period: Period) -> Told:
    """The partnership's figures, without whom they count; and what each agency's own facts come to."""
    with DuckBase(folder) as base:
        return tell(base, found, keys, Scope(), period, split=True)


def tell(
    base: Base, found: Catalogue, keys: Iterable[str], scope: Scope, period: Period, *, split: bool = False
) -> Told:
    """Count on any engine. Not `split`: with the women of each figure; split: without them, with agencies."""
    wanted = list(dict.fromkeys(keys))
    every = needed(found, wanted)
    asked = Questions(found.definitions, every, period, scope, split)
    of_women = [each.key for each in every if each.unit == "women"]
    counts: dict[str | None, dict[str, int]] = {}
    women: dict[str, tuple[int, ...]] = {}
    if of_women:
        base.keep("marked", asked.marked())
        base.keep("women", asked.women())
        for agency, *numbers in base.rows(asked.counts(of_women)):
            counts[agency or None] = dict(zip(of_women, numbers, strict=True))
        if not split:
            women = _women(base, asked, [key for key in of_women if key in wanted])
    for kind, sql in asked.sums().items():
        for agency, *numbers in base.rows(sql):
            named = dict(zip((each.key for each in asked.summed()[kind]), map(int, numbers), strict=True))
            counts.setdefault(agency or None, {}).update(named)
    whole = counts.pop(None, {})
    figures = {}
    for key in wanted:
        each = found.definitions[key]
        of = whole.get(each.out_of, 0) if each.out_of else None
        figures[key] = Figure(key, each.version, whole.get(key, 0), of, women.get(key, ()))
    return Told(figures, {str(agency): own for agency, own in counts.items()})


def _women(base: Base, asked: Questions, keys: list[str]) -> dict[str, tuple[int, ...]]:
    """Key -> the numbers of its women in this snapshot, in order."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    for woman, *marks in base.rows(asked.listed(keys)) if keys else ():
        for key, mark in zip(keys, marks, strict=True):
            if mark:
                found[key].append(woman)
    return {key: tuple(numbers) for key, numbers in found.items()}

"""Definitions over a snapshot, on DuckDB in memory: reads the snapshot's files and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from alongside.insight.monitoring.definitions import Catalogue, Definition, needed
from alongside.insight.monitoring.figures import Figure, Period, months_before
from alongside.insight.monitoring.shape import KINDS

FIRST = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose facts count: of one agency, or of the whole partnership (None)."""

    agency: str | None = None


def count(folder: Path, found: Catalogue, keys: Iterable[str], scope: Scope, period: Period) -> dict[str, Figure]:
    """Every figure asked for, by key. Raises duckdb.Error when the snapshot can't be read."""
    wanted = list(dict.fromkeys(keys))
    with duckdb.connect(config={"enable_external_access": "true", "threads": "2"}) as base:
        for name in sorted(KINDS):
            path = str(folder / f"{name}.parquet").replace("'", "''")
            base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608  # our own names
        work = _Counting(base, found.definitions, scope, period)
        for each in needed(found, wanted):
            work.prepare(each)
        return {key: work.figure(found.definitions[key]) for key in wanted}


class _Counting:
    def __init__(
        self, base: "duckdb.DuckDBPyConnection", known: Mapping[str, Definition], scope: Scope, period: Period
    ) -> None:
        self.base, self.known, self.scope, self.period = base, known, scope, period
        self.women: dict[str, frozenset[int]] = {}

    def prepare(self, each: Definition) -> None:
        """The set of women of a definition; its parts were prepared before."""
        if each.unit != "women":
            return
        found = self._leaf(each) if each.is_leaf else self._composed(each)
        self.women[each.key] = found & self.women[each.out_of] if each.out_of else found

    def figure(self, each: Definition) -> Figure:
        if each.unit == "women":
            women = self.women[each.key]
            of = len(self.women[each.out_of]) if each.out_of else None
            return Figure(each.key, each.version, len(women), of, tuple(sorted(women)))
        of = self._sum(self.known[each.out_of]) if each.out_of else None
        return Figure(each.key, each.version, self._sum(each), of)

    def _composed(self, each: Definition) -> frozenset[int]:
        if each.all_of:
            found = frozenset.intersection(*(self.women[key] for key in each.all_of))
            found = found & self._union(each.any_of) if each.any_of else found
        else:
            found = self._union(each.any_of)
        return found - self._union(each.but_not)

    def _union(self, keys: Iterable[str]) -> frozenset[int]:
        return frozenset[int]().union(*(self.women[key] for key in keys))

    def _leaf(self, each: Definition) -> frozenset[int]:
        if each.latest:
            return self._latest(each)
        where, values = self._where(each)
        sql = f"SELECT woman FROM {each.fact} WHERE woman IS NOT NULL AND {where} GROUP BY woman"  # noqa: S608
        if each.at_least > 1:
            sql += " HAVING count(*) >= ?"
            values.append(each.at_least)
        return frozenset(row[0] for row in self.base.execute(sql, values).fetchall())

    def _latest(self, each: Definition) -> frozenset[int]:
        """Of each woman the latest fact that answers; of two on one day, the answer that comes last in the alphabet."""
        where, values = self._window(each)
        name = f"code_{each.latest}"
        sql = (
            f"SELECT woman FROM (SELECT woman, max_by(CAST({name} AS VARCHAR), (day, CAST({name} AS VARCHAR))) AS said"  # noqa: S608
            f" FROM {each.fact} WHERE woman IS NOT NULL AND {where} AND {name} NOT IN ('', 'not_said', 'not_known')"
            " GROUP BY woman) WHERE list_contains(?, said)"
        )
        rows = self.base.execute(sql, [*values, list(each.codes[each.latest])]).fetchall()
        return frozenset(row[0] for row in rows)

    def _sum(self, each: Definition) -> int:
        """Facts, or their amounts; of a part only those that the whole counts too."""
        what = "count(*)" if each.unit == "times" else "coalesce(sum(amount), 0)"
        where, values = self._where(each)
        if each.out_of:
            more, further = self._codes(self.known[each.out_of])
            where, values = f"{where} AND {more}", [*values, *further]
        row = self.base.execute(f"SELECT {what} FROM {each.fact} WHERE {where}", values).fetchone()  # noqa: S608
        return int(row[0]) if row else 0

    def _where(self, each: Definition) -> tuple[str, list[Any]]:
        window, values = self._window(each)
        codes, more = self._codes(each)
        return f"{window} AND {codes}", [*values, *more]

    def _codes(self, each: Definition) -> tuple[str, list[Any]]:
        parts, values = ["true"], []
        for name, wanted in each.codes.items():
            many = KINDS[each.fact].codes[name].many
            parts.append(f"list_has_any(code_{name}, ?)" if many else f"list_contains(?, CAST(code_{name} AS VARCHAR))")
            values.append(list(wanted))
        return " AND ".join(parts), values

    def _window(self, each: Definition) -> tuple[str, list[Any]]:
        first, last = window(each.when, self.period)
        begins = "day BETWEEN ? AND ?"
        where = {
            "begins": begins,
            "ends": "until BETWEEN ? AND ?",
            "lasts": "coalesce(until, DATE '9999-12-31') >= ? AND day <= ?",
        }
        parts, values = [where[each.on]], [first, last]
        if self.scope.agency is not None:
            parts.append("agency = ?")
            values.append(self.scope.agency)  # type: ignore[arg-type]
        return " AND ".join(parts), values


def window(when: str, period: Period) -> tuple[date, date]:
    """First and last day of a definition's window."""
    if when == "period":
        return period.since, period.until
    if when == "before":
        return FIRST, date.fromordinal(period.since.toordinal() - 1)
    if when == "ever":
        return FIRST, period.until
    if when == "end":
        return period.until, period.until
    return months_before(period.until, int(when.split()[1])), period.until

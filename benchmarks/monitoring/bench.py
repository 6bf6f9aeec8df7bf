"""A full quarterly return (40 indicators) beside a raw DuckDB run of the same groupings, and the same in PostgreSQL.

Run: python -m benchmarks.monitoring.bench [facts]
Facts are drawn by lot in the shape of a snapshot, a tenth as many women. It uses a database of its own, that of the
tests, for PostgreSQL's part, and writes benchmarks/monitoring/results.md.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from alongside.insight.monitoring import snapshots
from alongside.insight.monitoring.asking import NO_ANSWER, Questions, Scope, text
from alongside.insight.monitoring.definitions import Catalogue, Definition, catalogue, needed
from alongside.insight.monitoring.engine import count_with_agencies
from alongside.insight.monitoring.figures import Figure, Period
from alongside.insight.monitoring.outside import shown
from alongside.insight.monitoring.shape import KINDS

FACTS, INDICATORS, AGENCIES, ROUNDS = 1_000_000, 40, 8, 3
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
FIRST_DAY, DAYS = 20_090, 700  # days since 1970: early 2025 to late 2026
# What a partnership records most: kind -> its share of all facts.
SHARES = {"contact": 0.62, "answer": 0.2, "record": 0.1, "supply": 0.06, "stay": 0.01, "wait": 0.005, "referral": 0.005}
PART = 500_000


def make(folder: Path, facts: int) -> dict[str, int]:
    """Write a snapshot of so many facts, part by part. Kind -> how many."""
    lot, women, made = np.random.default_rng(4), max(100, facts // 10), {}
    folder.mkdir(parents=True)
    for name, kind in KINDS.items():
        made[name] = int(facts * SHARES.get(name, 0))
        schema = snapshots.schema(kind)
        with pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as file:
            for begin in range(0, max(1, made[name]), PART):
                rows = min(PART, made[name] - begin)
                file.write_table(_table(lot, kind, schema, rows, women))
    return made


def _table(lot: Any, kind: Any, schema: pa.Schema, rows: int, women: int) -> pa.Table:
    day = np.sort(lot.integers(FIRST_DAY, FIRST_DAY + DAYS, rows)).astype("int32")
    columns: list[Any] = [
        pa.array(day).cast(pa.date32()),
        pa.array(day + lot.integers(0, 300, rows).astype("int32"), mask=lot.random(rows) < 0.5).cast(pa.date32()),
        _words(lot, [f"agency-{number}" for number in range(AGENCIES)], rows),
        pa.array(lot.integers(1, women + 1, rows).astype("int32")),
        pa.array(lot.integers(1, 9, rows).astype("int32")),
    ]
    for _, code in sorted(kind.codes.items()):
        values = sorted(code.values - {""}) if code.many else sorted(code.values)
        if not code.many:
            columns.append(_words(lot, values, rows))
            continue
        sizes = lot.integers(0, 3, rows)
        flat = pa.array(values).take(pa.array(lot.integers(0, len(values), int(sizes.sum()))))
        offsets = pa.array(np.concatenate([[0], np.cumsum(sizes)]).astype("int32"))
        columns.append(pa.ListArray.from_arrays(offsets, flat))
    ready = [column.cast(each.type) for column, each in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(ready, schema=schema)


def _words(lot: Any, values: list[str], rows: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(lot.integers(0, len(values), rows).astype("int32")), values)


# --- the same, by hand ---------------------------------------------------------------------------------------


def by_hand(found: Catalogue, keys: list[str], many: str) -> list[str]:
    """One query an indicator over its own facts, counting different women. `many`: how the engine asks an array."""
    asked = Questions(found.definitions, needed(found, keys), QUARTER, Scope(), split=False)
    return [_one(found.definitions[key], asked, many) for key in keys if found.definitions[key].is_leaf]


def _one(each: Definition, asked: Questions, many: str) -> str:
    plain = each if not any(KINDS[each.fact].codes[name].many for name in each.codes) else None
    where = asked._where(each) if plain else _with_arrays(each, asked, many)
    if each.latest:
        column = f"code_{each.latest}"
        wanted = ", ".join(map(text, each.codes[each.latest]))
        untold = ", ".join(map(text, NO_ANSWER))
        latest = (
            f"SELECT woman, {column} AS said, row_number() OVER (PARTITION BY woman ORDER BY day DESC, {column} DESC) AS n"
            f" FROM {each.fact} WHERE {where} AND {column} NOT IN ({untold})"
        )
        return f"SELECT count(*) FROM ({latest}) AS last WHERE n = 1 AND said IN ({wanted})"
    if each.unit != "women":
        what = "count(*)" if each.unit == "times" else "sum(amount)"
        return f"SELECT {what} FROM {each.fact} WHERE {where}"
    if each.at_least > 1:
        grouped = f"SELECT woman FROM {each.fact} WHERE {where} GROUP BY woman HAVING count(*) >= {each.at_least}"
        return f"SELECT count(*) FROM ({grouped}) AS often"
    return f"SELECT count(DISTINCT woman) FROM {each.fact} WHERE {where}"


def _with_arrays(each: Definition, asked: Questions, many: str) -> str:
    parts = [asked._where(type(each)(**{**_fields(each), "codes": {}}))]
    for name, values in each.codes.items():
        wanted = ", ".join(map(text, values))
        is_many = KINDS[each.fact].codes[name].many
        parts.append(many.format(column=f"code_{name}", values=wanted) if is_many else f"code_{name} IN ({wanted})")
    return " AND ".join(parts)


def _fields(each: Definition) -> dict[str, Any]:
    return {name: getattr(each, name) for name in each.__slots__}


def the_product(folder: Path, found: Catalogue, keys: list[str]) -> dict[str, Figure]:
    """Everything that a return does: every figure with its whole, each agency's own, small numbers hidden."""
    told = count_with_agencies(folder, found, keys, QUARTER)
    for key, figure in told.figures.items():
        each = found.definitions[key]
        shown(figure, each, found.definitions.get(each.out_of))
    return told.figures


def raw_duckdb(folder: Path, queries: list[str]) -> None:
    with duckdb.connect(config={"threads": "2"}) as base:
        for name in KINDS:
            base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / name}.parquet')")
        for each in queries:
            base.execute(each).fetchall()


class Postgres:
    """The same facts in tables of PostgreSQL, indexed by day and by woman."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        import tests.settings  # noqa: F401  it says where the tests' state is
        from alongside.config import postgres

        postgres.start_embedded()
        self.base = postgres.address().connect()
        self.base.execute("DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; SET search_path TO bench")
        for name in KINDS:
            self._load(name, pq.ParquetFile(folder / f"{name}.parquet"))

    def _load(self, name: str, file: pq.ParquetFile) -> None:
        coded = sorted(KINDS[name].codes.items())
        columns = ["day date", "until date", "agency text", "woman int", "amount int"]
        columns += [f"code_{each} {'text[]' if code.many else 'text'}" for each, code in coded]
        self.base.execute(f"CREATE UNLOGGED TABLE {name} ({', '.join(columns)})")
        with self.base.cursor().copy(f"COPY {name} FROM STDIN") as copy:
            for batch in file.iter_batches(100_000):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    copy.write_row(row)
        self.base.execute(f"CREATE INDEX ON {name} (day); CREATE INDEX ON {name} (woman); ANALYZE {name}")

    def run(self, queries: list[str]) -> None:
        for each in queries:
            self.base.execute(each).fetchall()

    def close(self) -> None:
        self.base.execute("DROP SCHEMA bench CASCADE")
        self.base.close()


def best(what: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some rounds, in seconds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        what()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main(facts: int) -> int:
    found = catalogue()
    frames = [found.frameworks[key] for key in ("quarterly", "needs", "five_outcomes")]
    keys = list(dict.fromkeys(key for frame in frames for each in frame.sections for key in each.figures))[:INDICATORS]
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at) / "facts"
        made = make(folder, facts)
        duck = by_hand(found, keys, "list_has_any({column}, [{values}])")
        product = best(lambda: the_product(folder, found, keys))
        raw = best(lambda: raw_duckdb(folder, duck))
        base = Postgres(folder)
        try:
            slow = best(lambda: base.run(by_hand(found, keys, "{column} && ARRAY[{values}]")), 1)
        finally:
            base.close()
    lines = [
        "# A full quarterly return",
        "",
        f"`python -m benchmarks.monitoring.bench {facts}`: {len(keys)} indicators of {sum(made.values()):,} facts about"
        f" {max(100, facts // 10):,} women. The product counts each with its denominator, each agency's own counts and the"
        f" rule of small numbers; by hand stand the {len(duck)} groupings that these are made of, whole only. Load of the"
        f" machine when measured: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
        "",
        "| How | Seconds | Beside the product | Aim |",
        "|---|---|---|---|",
        f"| The product | {product:.2f} | 1 | |",
        f"| By hand, DuckDB over the same files | {raw:.2f} | the product takes {product / raw:.2f} times as long | ≤ 2 |",
        f"| By hand, PostgreSQL, indexed | {slow:.2f} | {slow / product:.1f} times as long as the product | ≥ 5 |",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    Path(__file__).with_name("results.md").write_text(report)
    return 0 if product <= 2 * raw and slow >= 5 * product else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else FACTS))

"""The engine seam: Splink 5 on DuckDB brings up pairs and says their levels. No other file imports either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .columns import Columns

Pairs = dict[str, NDArray[Any]]
Rules = tuple[tuple[str, tuple[str, ...]], ...]
_TABLE = "prepared"
_NO_RULE_READS = ["agency", "ordinary", "near", "bare", "born", "broad", "detail", "hood"]
_READ = re.compile(r"\b[lr]\.(\w+)")

WHOLE_AREA = ("l.area = r.area",)
WHOLE_FILE = ("true",)
OTHER_AREA = ("l.area <> r.area",)


def rules(plain: tuple[str, ...]) -> Rules:
    """Rules that compare no lists."""
    return tuple((sql, ()) for sql in plain)


class Engine:
    """A DuckDB connection that holds one prepared table, for use in a `with` block.

    Earlier statements are read to their end before Splink gets the connection: DuckDB 2 refuses otherwise.
    """

    def __init__(self, prepared: pa.Table, *, threads: int = 2, memory: str = "1200MB") -> None:
        # Here and not above: the web server loads this room and never links.
        import duckdb
        from splink import DuckDBAPI

        self._connection = duckdb.connect(
            config={"threads": threads, "memory_limit": memory, "preserve_insertion_order": False}
        )
        self._connection.execute("set enable_progress_bar = false").fetchall()
        self._connection.register("incoming", prepared.drop_columns(_NO_RULE_READS))
        self._connection.execute("create table prepared as select * from incoming").fetchall()
        self._connection.unregister("incoming")
        self._threads = threads
        self._columns = Columns(prepared)
        self._api = DuckDBAPI(connection=self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def blocked(self, rules: Rules) -> str:
        """Name of a table of the distinct pairs (join_key_l < join_key_r) that any rule brings up."""
        from splink import Linker, SettingsCreator
        from splink.blocking_rule_library import CustomRule
        from splink.comparison_library import ExactMatch

        blocking: list[Any] = [
            CustomRule(sql, arrays_to_explode=list(lists)) if lists else CustomRule(sql) for sql, lists in rules
        ]
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="idx",
            retain_matching_columns=False,
            # Splink brings the pairs up; the levels are asked of DuckDB below. Handing Splink all 120 of them would
            # cost it seconds of parsing at every run, however few the records.
            comparisons=[ExactMatch("area")],
            blocking_rules_to_generate_predictions=blocking,
        )
        # Splink parses every column it is shown, so it is shown those that the rules read.
        read = ", ".join(sorted({"idx", "area"} | {column for sql, _ in rules for column in _READ.findall(sql)}))
        self._connection.execute(f"create or replace view shown as select {read} from {_TABLE}").fetchall()  # noqa: S608 - own words
        records = self._api.register("shown", dataset_display_name="records")
        return str(Linker(records, settings).inference.compute_blocked_pairs_for_predict().physical_name)

    def given(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> str:
        """Name of a table of the pairs given, in the form of `blocked`."""
        self._connection.register("incoming", pa.table({"join_key_l": a, "join_key_r": b}))
        self._connection.execute("create or replace table given as select * from incoming").fetchall()
        self._connection.unregister("incoming")
        return "given"

    def levels(self, pairs: str, chunk: int = 500_000) -> Iterator[Pairs]:
        """a, b (int32, a < b) and one int8 level per comparison for each pair of a table, in chunks."""
        result = self._connection.sql(f"select join_key_l as a, join_key_r as b from {pairs}")  # noqa: S608 - own words

        def compared(batch: pa.RecordBatch) -> Pairs:
            a, b = (batch.column(side).to_numpy() for side in ("a", "b"))
            return {"a": a, "b": b} | self._columns.levels(a, b)

        with ThreadPoolExecutor(self._threads) as pool:
            yield from pool.map(compared, result.to_arrow_reader(chunk))

    def drop(self, pairs: str) -> None:
        """Forget a table of pairs."""
        self._connection.execute(f"drop table if exists {pairs}").fetchall()

"""The same questions on Spark, where a snapshot has outgrown one machine (`pip install alongside[spark]`, and Java).

`asking` writes one SQL text for both engines; here it is only handed on. Neither web server nor worker loads
this module.
"""

from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from alongside.insight.monitoring.shape import KINDS


class SparkBase:
    """A snapshot as Spark reads it: see `engine.tell`. `folder`: any address that Spark can read."""

    def __init__(self, session: SparkSession, folder: Path | str) -> None:
        self.session = session
        for name in sorted(KINDS):
            session.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)

    def keep(self, name: str, sql: str) -> None:
        """Kept in memory under its name, so that it is worked out once."""
        self.session.sql(sql).cache().createOrReplaceTempView(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(sql).collect()]

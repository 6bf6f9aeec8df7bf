"""A snapshot: the facts of one day as a set of Parquet files, one a kind, each with its hash. Kept, never changed."""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from alongside.insight.monitoring.shape import KINDS, Fact, Kind, check_codes

AT_ONCE = 50_000  # rows held in memory before they are written


class Altered(Exception):
    """A file of a snapshot is missing or not as it was written."""

    words = "The files of this snapshot are missing or were changed, so nothing is counted from it."


@dataclass(frozen=True, slots=True)
class Written:
    """`files`: file name -> its SHA-256. `digest`: the SHA-256 of the sorted lines "hash name"."""

    facts: int
    files: dict[str, str]
    digest: str


def schema(kind: Kind) -> pa.Schema:
    word = pa.dictionary(pa.int32(), pa.string())
    plain = [
        ("day", pa.date32()),
        ("until", pa.date32()),
        ("agency", word),
        ("woman", pa.int32()),
        ("amount", pa.int32()),
    ]
    return pa.schema([*plain, *((name, pa.list_(pa.string()) if code.many else word) for name, code in _codes(kind))])


def _codes(kind: Kind) -> list[tuple[str, Any]]:
    return [(f"code_{name}", code) for name, code in sorted(kind.codes.items())]


class _Sheet:
    """One kind's file while it is written."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self.schema = schema(kind)
        self.kind = kind
        self.rows: list[Fact] = []
        self.file = pq.ParquetWriter(path, self.schema, compression="zstd")

    def add(self, fact: Fact) -> None:
        self.rows.append(fact)
        if len(self.rows) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        columns: list[list[Any]] = [
            [row.day for row in self.rows],
            [row.until for row in self.rows],
            [row.agency for row in self.rows],
            [row.woman for row in self.rows],
            [row.amount for row in self.rows],
        ]
        for name, code in sorted(self.kind.codes.items()):
            empty: str | tuple[str, ...] = () if code.many else ""
            columns.append([row.codes.get(name, empty) for row in self.rows])
        arrays = [pa.array(values, type=each.type) for values, each in zip(columns, self.schema, strict=True)]
        self.file.write_table(pa.Table.from_arrays(arrays, schema=self.schema))
        self.rows.clear()

    def close(self) -> None:
        self.flush()
        self.file.close()


def write(folder: Path, facts: Iterable[Fact]) -> Written:
    """Write all facts into a new folder, whole or not at all. Raises NotACode, FileExistsError."""
    draft = folder.with_suffix(".new")
    draft.mkdir(parents=True, mode=0o700)
    try:
        count = _write_sheets(draft, facts)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    files = hashes(folder)
    return Written(count, files, digest(files))


def _write_sheets(folder: Path, facts: Iterable[Fact]) -> int:
    sheets = {name: _Sheet(folder / f"{name}.parquet", kind) for name, kind in KINDS.items()}
    count = 0
    try:
        for count, fact in enumerate(facts, start=1):  # noqa: B007  # the last number is how many there were
            sheets[check_codes(fact).kind].add(fact)
    finally:
        for sheet in sheets.values():
            sheet.close()
    return count


def hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.parquet")):
        with path.open("rb") as handle:
            found[path.name] = hashlib.file_digest(handle, "sha256").hexdigest()
    return found


def digest(files: dict[str, str]) -> str:
    lines = "\n".join(f"{value} {name}" for name, value in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def verify(folder: Path, expected: str) -> None:
    """Raises Altered unless the files are those that were written."""
    if digest(hashes(folder)) != expected:
        raise Altered

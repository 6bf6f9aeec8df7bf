"""Capture histories: how many women are on exactly these lists and on no others."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alongside.insight.population.refusals import TooManyLists, UnreadableTable

Counts = NDArray[np.float64]

MAX_LISTS = 12
"""4,095 histories; beyond that every table is nearly empty and the fit is slow and meaningless."""


@dataclass(frozen=True)
class CaptureTable:
    """`counts[h]` women have history `h + 1`, where bit i of the history says "is on list i".

    Shape of `counts`: (2 ** lists - 1,). The history of no list at all is what has to be estimated,
    so it has no place here. Counts may be fractions where they are expected counts.
    """

    lists: tuple[str, ...]
    counts: Counts

    def __post_init__(self) -> None:
        if len(self.lists) > MAX_LISTS:
            raise TooManyLists(f"{len(self.lists)} lists, at most {MAX_LISTS}.")
        if self.counts.shape != (2 ** len(self.lists) - 1,):
            raise ValueError("one count for every history but the empty one is needed")
        if not np.isfinite(self.counts).all() or (self.counts < 0).any():
            raise ValueError("counts are finite and not negative")

    @classmethod
    def of(cls, lists: Sequence[str], histories: Mapping[tuple[int, ...], float]) -> "CaptureTable":
        """From {(1, 0, 1): 12, ...}; histories left out count nought, the empty history is ignored."""
        counts = np.zeros(2 ** len(lists) - 1)
        for history, count in histories.items():
            code = sum(1 << place for place, on in enumerate(history) if on)
            if code:
                counts[code - 1] += count
        return cls(tuple(lists), counts)

    @classmethod
    def from_members(cls, lists: Sequence[str], members: Iterable[Iterable[str]]) -> "CaptureTable":
        """From one collection of list names for each woman."""
        counts = np.zeros(2 ** len(lists) - 1)
        place = {name: index for index, name in enumerate(lists)}
        for names in members:
            code = sum(1 << place[name] for name in set(names))
            if code:
                counts[code - 1] += 1
        return cls(tuple(lists), counts)

    @property
    def seen(self) -> float:
        return float(self.counts.sum())

    @property
    def membership(self) -> NDArray[np.float64]:
        """Shape (histories, lists): 1 where the history has the list."""
        codes = np.arange(1, len(self.counts) + 1)
        return (codes[:, None] >> np.arange(len(self.lists)) & 1).astype(float)

    @property
    def list_sizes(self) -> Counts:
        sizes: Counts = self.counts @ self.membership
        return sizes

    @property
    def on_two_or_more(self) -> float:
        """Women on at least two lists: the evidence that any estimate rests on."""
        return float(self.counts[self.membership.sum(axis=1) >= 2].sum())

    def overlap(self, one: int, other: int) -> float:
        """Women on both lists, whatever else they are on."""
        member = self.membership
        return float(self.counts @ (member[:, one] * member[:, other]))

    def overlaps(self) -> dict[tuple[int, int], float]:
        return {pair: self.overlap(*pair) for pair in combinations(range(len(self.lists)), 2)}

    def merged(self, source: str, into: str) -> "CaptureTable":
        """The table with one list counted as part of another: NCA into PF, say."""
        gone, kept = self.lists.index(source), self.lists.index(into)
        rows: dict[tuple[int, ...], float] = {}
        for row, count in zip(self.membership.astype(int).tolist(), self.counts.tolist(), strict=True):
            row[kept] |= row[gone]
            history = tuple(row[:gone] + row[gone + 1 :])
            rows[history] = rows.get(history, 0.0) + count
        return CaptureTable.of([name for name in self.lists if name != source], rows)

    def without_empty_lists(self) -> "CaptureTable":
        """A list that holds nobody says nothing and would send its main effect to minus infinity."""
        held = [place for place, size in enumerate(self.list_sizes) if size > 0]
        rows: dict[tuple[int, ...], float] = {}
        for row, count in zip(self.membership.astype(int).tolist(), self.counts.tolist(), strict=True):
            history = tuple(row[place] for place in held)
            rows[history] = rows.get(history, 0.0) + count
        return CaptureTable.of([self.lists[place] for place in held], rows)


def read_table(path: Path | str) -> CaptureTable:
    """A CSV with one 0/1 column for each list and a column of counts (named count, freq, n ... or the last).

    Spaces, capitals, quotes, a byte-order mark, semicolons, tabs, blank lines and short rows are
    tolerated. Repeated histories are added up. Raises UnreadableTable with the row and the reason.
    """
    text = Path(path).read_text(encoding="utf-8-sig")
    rows = _rows(text)
    if len(rows) < 2:
        raise UnreadableTable("The file holds no table.")
    rows = _without_row_names(rows)
    header = [name.strip() for name in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    place = _count_column(header)
    lists = [name or f"list {index + 1}" for index, name in enumerate(header) if index != place]
    if len(set(lists)) != len(lists):
        raise UnreadableTable("Two columns have the same name.")
    histories: dict[tuple[int, ...], float] = {}
    for number, cells in rows[1:]:
        history, count = _history(cells, place, len(header), number)
        histories[history] = histories.get(history, 0.0) + count
    return CaptureTable.of(lists, histories)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    return [(number, row) for number, row in enumerate(reader, start=1) if any(cell.strip() for cell in row)]


def _without_row_names(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Tables saved from R number their rows in a first column that has an empty heading or none."""
    header, body = rows[0][1], [row for _, row in rows[1:]]
    if all(len(row) == len(header) + 1 for row in body):
        return [rows[0], *((number, row[1:]) for number, row in rows[1:])]
    if len(header) > 1 and not header[0].strip() and header[-1].strip():
        return [(number, row[1:]) for number, row in rows]
    return rows


_COUNT_NAMES = {"count", "counts", "freq", "frequency", "n", "number", "cases", "total", "women", "people"}


def _count_column(header: list[str]) -> int:
    named = [index for index, name in enumerate(header) if name.casefold() in _COUNT_NAMES]
    return named[-1] if named else len(header) - 1


_ON = {"1": 1, "1.0": 1, "yes": 1, "y": 1, "true": 1, "x": 1}
_OFF = {"0": 0, "0.0": 0, "": 0, "no": 0, "n": 0, "false": 0}


def _history(cells: list[str], place: int, width: int, number: int) -> tuple[tuple[int, ...], float]:
    cells = [cell.strip() for cell in cells] + [""] * (width - len(cells))
    try:
        history = tuple((_ON | _OFF)[cells[i].casefold()] for i in range(width) if i != place)
    except KeyError as error:
        raise UnreadableTable(f"Row {number}: a list column holds {error.args[0]!r}, not 0 or 1.") from None
    if not any(history):
        return history, 0.0
    try:
        count = float(cells[place].replace(",", "") or "nan")
    except ValueError:
        count = float("nan")
    if not 0 <= count < float("inf"):
        raise UnreadableTable(f"Row {number}: the count {cells[place]!r} is not a number of people.")
    return history, count

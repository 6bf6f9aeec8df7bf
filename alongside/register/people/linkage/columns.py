"""The levels of many pairs at once, on arrays (levels.py says what each level means, for one pair).

Lists of codes are compared by *signs* first: each list has one bit for each of its codes, and lists whose signs have
no bit in common share no code. That settles nearly every pair without looking at a list.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .comparisons import NAMES

Rows = NDArray[np.int32]
Ints = NDArray[np.int64]
LISTS = ("tok", "root", "near", "stem", "last", "last_near", "mark", "kind", "bare")
WORDS = {"near": 4, "last_near": 4}
"""Words of 64 bits in a list's sign, 1 where not told: lists of many codes need more to differ."""
BROAD = "WBMAO"
_MIXED = (BROAD.index("M") + 1, BROAD.index("O") + 1)
_NONE = np.int64(-1)


class Lists:
    """A column of lists of codes."""

    def __init__(self, column: pa.ListArray, words: int) -> None:
        self.codes = column.flatten().to_numpy()
        offsets = column.offsets.to_numpy()
        self.start = offsets[:-1]
        self.length = np.diff(offsets).astype(np.int32)
        row = np.repeat(np.arange(len(self.length)), self.length)
        self.signs = np.zeros((words, len(self.length)), np.int64)
        np.bitwise_or.at(self.signs, (self.codes // 64 % words, row), np.int64(1) << self.codes % 64)

    def shared(self, other: Lists, a: Rows, b: Rows) -> Ints:
        """Band of the rarest code that list a holds and list b of `other` holds, -1 where there is none."""
        found = np.full(len(a), _NONE)
        might = np.zeros(len(a), bool)
        for one, two in zip(self.signs, other.signs, strict=True):
            might |= (one[a] & two[b]) != 0
        rows = np.flatnonzero(might)
        for i in range(int(self.length[a[rows]].max(initial=0))):
            rows = rows[self.length[a[rows]] > i]
            mine, others = self.codes[self.start[a[rows]] + i], rows
            for j in range(int(other.length[b[rows]].max(initial=0))):
                longer = other.length[b[others]] > j
                others, mine = others[longer], mine[longer]
                same = other.codes[other.start[b[others]] + j] == mine
                at = others[same]
                found[at] = np.maximum(found[at], mine[same] >> 56)
        return found


class Columns:
    """A prepared table (see features.py), held as arrays that pairs of its rows are compared by."""

    def __init__(self, prepared: pa.Table) -> None:
        self._lists = {name: Lists(prepared[name].combine_chunks(), WORDS.get(name, 1)) for name in LISTS}
        self._ordinary = prepared["ordinary"].to_numpy()
        self._exact = prepared["exact"].to_numpy().astype(bool)
        self._born = prepared["born"].to_numpy()
        self._date = [prepared[part].to_numpy() for part in ("year", "month", "day")]
        broad = pc.fill_null(pc.index_in(prepared["broad"], value_set=pa.array(list(BROAD))), -1)
        self._broad = broad.to_numpy().astype(np.int8) + 1
        self._single = {
            name: pc.fill_null(prepared[name], -1).to_numpy() for name in ("detail", "area", "hood", "phone")
        }

    def levels(self, a: Rows, b: Rows) -> dict[str, NDArray[np.int8]]:
        """Level of each comparison for the pairs of rows a and b, -1 unknown."""
        name, last, ethnicity = self._name(a, b), self._last(a, b), self._ethnicity(a, b)
        likeness = ((name >= 8) | (last >= 1)).astype(np.int8)
        rare = ((name >= 12) & (name <= 14)) | ((name >= 18) & (name <= 21)) | (name >= 26) | (last >= 10)
        likeness[rare] = 2
        found = {
            "name": name,
            "last": last,
            "age": self._age(a, b),
            "ethnicity": np.where(likeness == 0, ethnicity, -1),
            "ethnicity_alike": np.where(likeness == 1, ethnicity, -1),
            "ethnicity_rare": np.where(likeness == 2, ethnicity, -1),
            "area": self._same("area", a, b),
            "hood": self._hood(a, b),
            "marks": self._marks(a, b),
            "phone": self._same("phone", a, b),
        }
        return {key: found[key].astype(np.int8) for key in NAMES}

    def _shared(self, left: str, a: Rows, b: Rows, right: str | None = None) -> Ints:
        return self._lists[left].shared(self._lists[right or left], a, b)

    def _name(self, a: Rows, b: Rows) -> Ints:
        left, right = self._ordinary[a], self._ordinary[b]
        level: Ints = left.astype(np.int64) + right - 2
        open_ = np.flatnonzero((left > 0) & (right > 0))
        level[(left == 0) | (right == 0)] = -1
        for kind, lowest, half, top in (
            ("tok", 22, 0, 7),
            ("root", 15, 0, 6),
            ("near", 8, 0, 6),
            ("stem", 3, 1, 4),
        ):
            band = self._shared(kind, a[open_], b[open_])
            told = band >= 0
            step = band[told] // 2 if half else band[told] - 1
            level[open_[told]] = lowest + np.clip(step, 0, top)
            open_ = open_[~told]
        return level

    def _last(self, a: Rows, b: Rows) -> Ints:
        held = self._lists["last"].length
        level = np.full(len(a), _NONE)
        open_ = np.flatnonzero((held[a] > 0) & (held[b] > 0))
        level[open_] = 0
        near = self._shared("last_near", a[open_], b[open_])
        level[open_] = np.where(near >= 0, 1 + np.clip(near // 2, 0, 3), 0)
        same = self._shared("last", a[open_], b[open_])
        level[open_] = np.where(same >= 0, 5 + np.clip(same - 1, 0, 7), level[open_])
        return level

    def _age(self, a: Rows, b: Rows) -> Ints:
        apart = np.abs(self._born[a] - self._born[b])
        left, right = self._exact[a], self._exact[b]
        level: Ints = 12 + sum((apart <= limit).astype(np.int64) for limit in (14.0, 9.0, 5.5, 3.0, 1.0))
        one = left ^ right
        level[one] = 6 + sum((apart[one] <= limit).astype(np.int64) for limit in (12.5, 8.5, 5.5, 3.5, 1.5))
        both = np.flatnonzero(left & right)
        x, y = a[both], b[both]
        parts = sum((part[x] == part[y]).astype(np.int64) for part in self._date)
        level[both] = (apart[both] <= 2).astype(np.int64) + (apart[both] <= 5)
        level[both[parts == 2]] = 3
        _, month, day = self._date
        level[both[parts == 3]] = np.where((month[x] == 1) & (day[x] == 1), 4, 5)[parts == 3]
        level[np.isnan(apart)] = -1
        return level

    def _ethnicity(self, a: Rows, b: Rows) -> Ints:
        left, right = self._broad[a], self._broad[b]
        mine, others = self._single["detail"][a], self._single["detail"][b]
        level: Ints = 7 + left.astype(np.int64)
        level[(mine >> 56) >= 1] = 13
        level[mine != others] = 2
        blank = (mine < 0) | (others < 0)
        level[blank] = 2 + left[blank]
        differ = left != right
        level[differ] = (np.isin(left, _MIXED) | np.isin(right, _MIXED))[differ]
        level[(left == 0) | (right == 0)] = -1
        return level

    def _same(self, column: str, a: Rows, b: Rows) -> Ints:
        left, right = self._single[column][a], self._single[column][b]
        return np.where((left < 0) | (right < 0), _NONE, (left == right).astype(np.int64))

    def _hood(self, a: Rows, b: Rows) -> Ints:
        level, left = self._same("hood", a, b), self._single["hood"][a]
        level = np.where(level == 1, 1 + np.clip(left >> 56, 0, 4), level)
        level[self._same("area", a, b) == 0] = -1
        return level

    def _marks(self, a: Rows, b: Rows) -> Ints:
        held = self._lists["kind"].length
        level = np.full(len(a), _NONE)
        told = np.flatnonzero((held[a] > 0) & (held[b] > 0))
        x, y = a[told], b[told]
        kind, mark = self._shared("kind", x, y), self._shared("mark", x, y)
        loose = np.maximum(self._shared("bare", x, y, "kind"), self._shared("kind", x, y, "bare"))
        level[told] = np.where(kind >= 0, 1 + (kind >= 2), 0)
        level[told] = np.where(loose >= 0, 3 + (loose >= 2), level[told])
        level[told] = np.where(mark >= 0, 5 + np.clip(mark // 2, 0, 4), level[told])
        return level

"""Which pairs are looked at: all within areas where that is affordable, else those that share something telling.

The number of pairs grows with the number of records, not with its square: a value brings records together only where
few hold it. "Few" counts records of the same area where areas are told, and records of the whole file across areas.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .engine import WHOLE_AREA, WHOLE_FILE, Rules, rules

WHOLE_LIMIT = 6_000_000
IN_AREA, UNPLACED, ANYWHERE = 300, 100, 24
"""Records that may share a value: of one area; of the file where an area is unknown; of the file at all."""
WITHIN = ("tok", "root", "stem", "last_near", "kind")
FEW_SHARE = 25
_DAY = "l.exact and r.exact and l.year = r.year and l.month = r.month and l.day = r.day"
_LOOSE = "(l.area is null or r.area is null)"
_STRONG = 5 << 56
LOOSE: Rules = (
    (f"l.root = r.root and {_LOOSE}", ("root",)),
    (f"l.mark = r.mark and {_LOOSE}", ("mark",)),
    (f"{_DAY} and {_LOOSE}", ()),
)
LOOSE_RARE: Rules = (
    (f"l.tok_few = r.tok_few and {_LOOSE}", ("tok_few",)),
    (f"l.mark_few = r.mark_few and {_LOOSE}", ("mark_few",)),
    (f"l.root = r.root and l.last_near = r.last_near and {_LOOSE}", ("root", "last_near")),
)
DATES = (
    "l.exact and r.exact and l.year = r.year and l.month = r.month",
    "l.exact and r.exact and l.month = r.month and l.day = r.day",
)


def _together(records: int) -> int:
    """Rarity bands of a last name and a root that add up to at most FEW_SHARE records of the file sharing both."""
    return max(0, int(np.ceil(np.log2(max(records, 1) / FEW_SHARE))) - 8)


def across(records: int) -> Rules:
    """Rules for pairs of any areas: strong agreement."""
    rare = f"(l.last >> 56) + (l.root >> 56) >= {_together(records)}"
    return (
        ("l.phone = r.phone", ()),
        (f"{_DAY} and l.root = r.root", ("root",)),
        (f"{_DAY} and l.last = r.last", ("last",)),
        (f"l.last = r.last and l.root = r.root and {rare}", ("last", "root")),
        ("l.tok_rare = r.tok_rare", ("tok_rare",)),
        (f"l.mark = r.mark and l.root = r.root and l.mark >= {_STRONG}", ("mark", "root")),
    )


def within(areas: bool) -> Rules:
    """Rules for pairs of one area, or of a file without areas: anything shared by few."""
    place, dates = ("l.area = r.area and ", DATES) if areas else ("", (_DAY,))
    lists: Rules = tuple((f"{place}l.{name}_here = r.{name}_here", (f"{name}_here",)) for name in WITHIN)
    return lists + tuple((place + date, ()) for date in dates)


def _among(column: pa.Array, where: NDArray[np.int64], most: int) -> pa.ListArray:
    """The codes of each record that at most `most` records of the same place hold."""
    offsets, codes = column.offsets.to_numpy(), column.flatten().to_numpy()
    row = np.repeat(np.arange(len(column)), np.diff(offsets))
    _, place, count = np.unique(codes * 31 + where[row], return_inverse=True, return_counts=True)
    kept = count[place] <= most
    starts = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=len(column)))])
    return pa.ListArray.from_arrays(pa.array(starts.astype(np.int32)), pa.array(codes[kept]))


def _few(prepared: pa.Table, areas: bool) -> pa.Table:
    nowhere = np.zeros(len(prepared), np.int64)
    here = pc.fill_null(prepared["area"], 0).to_numpy() if areas else nowhere
    wanted = [("tok_few", "tok", nowhere, UNPLACED), ("mark_few", "mark", nowhere, UNPLACED)]
    wanted += [(f"{name}_here", name, here, IN_AREA) for name in WITHIN]
    for name, source, where, most in wanted:
        prepared = prepared.append_column(name, _among(prepared[source].combine_chunks(), where, most))
    return prepared


def blocking(prepared: pa.Table, areas: bool) -> tuple[pa.Table, Rules]:
    """The table with the columns that its rules read, and the rules."""
    if not areas:
        whole = len(prepared) ** 2 / 2 <= WHOLE_LIMIT
        return (prepared, rules(WHOLE_FILE)) if whole else (_few(prepared, areas), within(areas))
    counts = prepared["area"].drop_null().value_counts().field("counts").to_numpy().astype(float)
    rare = _among(prepared["tok"].combine_chunks(), np.zeros(len(prepared), np.int64), ANYWHERE)
    keyed = prepared.append_column("tok_rare", rare)
    if (counts**2).sum() / 2 <= WHOLE_LIMIT:
        return keyed, rules(WHOLE_AREA) + across(len(prepared)) + LOOSE
    return _few(keyed, areas), within(areas) + across(len(prepared)) + LOOSE_RARE

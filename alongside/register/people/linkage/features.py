"""Records as they were handed in, turned into the columns that comparisons read.

A *code* is 64 bits: the top byte is the rarity band of a value, the rest a hash of it. The greatest code that two
records share is therefore their rarest shared value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from . import names, nicknames
from .ethnicity import broad_and_detail

COLUMNS = (
    "rec_id",
    "agency",
    "rec_date",
    "known_as",
    "other_name",
    "last_name",
    "dob",
    "approx_age",
    "ethnicity",
    "area",
    "hood",
    "marks",
    "phone",
)
BAND_SHIFT = 56
RAREST = 8
Frequencies = dict[str, dict[int, float]]


def hashed(value: str) -> int:
    """56 bits of BLAKE2b."""
    return int.from_bytes(blake2b(value.encode(), digest_size=7).digest(), "big")


def bands(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rarity band of a share of records: 0 above 1/32, then one for each halving, 8 below 1/4096."""
    found: NDArray[np.int64] = np.clip(np.floor(-np.log2(shares)) - 4, 0, RAREST).astype(np.int64)
    return found


def text(records: pa.Table, column: str) -> pa.Array:
    """A column as trimmed strings, '' where missing or absent."""
    if column not in records.column_names:
        return pa.array([""] * len(records), pa.string())
    values = pc.cast(records[column].combine_chunks(), pa.string())
    return pc.utf8_trim_whitespace(pc.fill_null(values, ""))


class Bands:
    """Rarity bands by column: counted from the records, or given by a model for records looked up later."""

    def __init__(self, given: Frequencies | None) -> None:
        self._given = given
        self.found: Frequencies = given or {}

    def codes(self, column: str, hashes: NDArray[np.int64], held: NDArray[np.int64], total: int) -> NDArray[np.int64]:
        """Codes of hashed values; `held`: records that hold each occurrence's field, `total`: records that hold any."""
        if not len(hashes):
            return hashes
        values, inverse = np.unique(hashes, return_inverse=True)
        if self._given is None:
            band = bands(np.bincount(inverse, held) / total)
            common = band < RAREST
            self.found[column] = dict(zip(values[common].tolist(), band[common].tolist(), strict=True))
        else:
            known = self._given.get(column, {})
            band = np.array([known.get(value, RAREST) for value in values.tolist()], np.int64)
        coded: NDArray[np.int64] = hashes | (band[inverse] << BAND_SHIFT)
        return coded

    def shares(self, column: str, keys: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.int64]:
        """Bands of keys whose shares are known already."""
        if self._given is None:
            band = bands(share) if len(share) else np.zeros(0, np.int64)
            common = band < RAREST
            self.found[column] = dict(zip(keys[common].tolist(), band[common].tolist(), strict=True))
            return band
        known = self._given.get(column, {})
        return np.array([known.get(key, RAREST) for key in keys.tolist()], np.int64)


def _codes(column: str, parsed: Sequence[Iterable[str]], weights: NDArray[np.int64], rarity: Bands) -> pa.ListArray:
    """Banded codes for each distinct field; `weights` counts the records that hold the field."""
    hash_of = cache(hashed)
    lists = [[hash_of(value) for value in values] for values in parsed]
    lengths = np.fromiter((len(x) for x in lists), np.int64, len(lists))
    flat = np.fromiter((v for x in lists for v in x), np.int64, int(lengths.sum()))
    flat = rarity.codes(column, flat, np.repeat(weights, lengths), int(weights[lengths > 0].sum()))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(flat))


def _by_distinct(values: pa.Array) -> tuple[list[str], pa.Array, NDArray[np.int64]]:
    encoded = pc.dictionary_encode(values)
    weights = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary)).astype(np.int64)
    return encoded.dictionary.to_pylist(), encoded.indices, weights


def _given(records: pa.Table, rarity: Bands) -> dict[str, pa.Array]:
    joined = pc.binary_join_element_wise(text(records, "known_as"), text(records, "other_name"), ";")
    distinct, index, weights = _by_distinct(joined)
    words = [names.given_names(value) for value in distinct]
    ordinary = np.array(
        [0 if not w.tokens else 1 if any(map(nicknames.is_ordinary, w.tokens)) else 2 for w in words], np.int8
    )
    columns = {
        name: _codes(name, [getattr(w, field) for w in words], weights, rarity).take(index)
        for name, field in (("tok", "tokens"), ("root", "roots"), ("near", "near"), ("stem", "stems"))
    }
    return columns | {"ordinary": pa.array(ordinary).take(index)}


def _last(records: pa.Table, rarity: Bands) -> dict[str, pa.Array]:
    own = text(records, "last_name")
    known = text(records, "known_as")
    joined = pc.if_else(pc.equal(own, ""), pc.binary_join_element_wise("?", known, ""), own)
    distinct, index, weights = _by_distinct(joined)
    words = [names.last_names(names.last_name_within(v[1:]) if v.startswith("?") else v) for v in distinct]
    return {
        "last": _codes("last", [w.tokens for w in words], weights, rarity).take(index),
        "last_near": _codes("last_near", [w.near for w in words], weights, rarity).take(index),
    }


def _dates(records: pa.Table, _rarity: Bands) -> dict[str, pa.Array]:
    def day(column: str) -> NDArray[np.datetime64]:
        iso = pc.utf8_slice_codeunits(text(records, column), 0, 10)
        return np.asarray(
            pc.strptime(iso, "%Y-%m-%d", "s", error_is_null=True).to_numpy(zero_copy_only=False), "datetime64[D]"
        )

    dob, seen = day("dob"), day("rec_date")
    year = dob.astype("datetime64[Y]").astype(float) + 1970
    in_year = (dob - dob.astype("datetime64[Y]")).astype(float) / 365.25
    seen_year = seen.astype("datetime64[D]").astype(float) / 365.2425 + 1970
    seen_year[np.isnat(seen)] = np.nan
    if np.isnan(seen_year).any():
        middle = np.nanmedian(seen_year) if (~np.isnan(seen_year)).any() else 2000.0
        seen_year = np.where(np.isnan(seen_year), middle, seen_year)
    written = text(records, "approx_age")
    number = pc.if_else(pc.match_substring_regex(written, r"^[0-9]{1,2}(\.[0-9]*)?$"), written, None)
    age = np.asarray(pc.cast(number, pa.float64()).to_numpy(zero_copy_only=False), float)
    known = ~np.isnat(dob)
    year[~known] = np.nan
    born = np.where(known, year + in_year, seen_year - age - 0.5)
    month = (dob.astype("datetime64[M]").astype(float) % 12) + 1
    of_month = (dob - dob.astype("datetime64[M]")).astype(float) + 1

    def whole(values: NDArray[np.float64], kind: pa.DataType) -> pa.Array:
        return pa.array(np.where(known, np.nan_to_num(values), 0).astype(int), kind)

    return {
        "exact": pa.array(known),
        "born": pa.array(born, pa.float64(), mask=np.isnan(born)),
        "year": whole(year, pa.int16()),
        "month": whole(month, pa.int8()),
        "day": whole(of_month, pa.int8()),
    }


def _ethnicity(records: pa.Table, rarity: Bands) -> dict[str, pa.Array]:
    distinct, index, weights = _by_distinct(text(records, "ethnicity"))
    pairs = [broad_and_detail(value) for value in distinct]
    detail = _codes("detail", [(d,) if d else () for _, d in pairs], weights, rarity)
    return {"broad": pa.array([b for b, _ in pairs], pa.string()).take(index), "detail": _single(detail).take(index)}


def _single(codes: pa.ListArray) -> pa.Array:
    return pa.array([x[0] if x else None for x in codes.to_pylist()], pa.int64())


def _places(records: pa.Table, rarity: Bands) -> dict[str, pa.Array]:
    area, hood = (pc.utf8_lower(text(records, c)) for c in ("area", "hood"))
    areas, area_index, _ = _by_distinct(area)
    area_code = pa.array([hashed(a) if a else None for a in areas], pa.int64()).take(area_index)
    distinct, index, _ = _by_distinct(hood)
    hood_code = pa.array([hashed(h) if h else None for h in distinct], pa.int64()).take(index)
    return {"area": area_code, "hood": _rarity_within(hood_code, area_code, rarity)}


def _rarity_within(hood: pa.Array, area: pa.Array, rarity: Bands) -> pa.Array:
    """Hood codes banded by their share of the hoods told in their area; in a model's terms by area and hood at once."""
    told = hood.is_valid().to_numpy(zero_copy_only=False)
    what, where = (pc.fill_null(x, 0).to_numpy()[told] for x in (hood, area))
    both = (what * 31 + where) & ((1 << BAND_SHIFT) - 1)
    counts = {
        side: np.unique(side_values, return_inverse=True, return_counts=True)
        for side, side_values in (("both", both), ("area", where))
    }
    held, total = (c[2][c[1]] for c in (counts["both"], counts["area"]))
    banded = rarity.shares("hood", both, held / np.maximum(total, 1))
    codes = np.zeros(len(told), np.int64)
    codes[told] = what | (banded << BAND_SHIFT)
    return pa.array(codes, mask=~told)


def _marks(records: pa.Table, rarity: Bands) -> dict[str, pa.Array]:
    distinct, index, weights = _by_distinct(pc.utf8_lower(text(records, "marks")))
    parsed = [[m.strip().partition("@")[::2] for m in value.split(";") if m.strip()] for value in distinct]
    pick: dict[str, Callable[[list[tuple[str, str]]], list[str]]] = {
        "mark": lambda marks: sorted({f"{k.strip()}@{p.strip()}" for k, p in marks if p.strip()}),
        "kind": lambda marks: sorted({k.strip() for k, _ in marks}),
        "bare": lambda marks: sorted({k.strip() for k, p in marks if not p.strip()}),
    }
    columns = {name: _codes(name, [choose(m) for m in parsed], weights, rarity) for name, choose in pick.items()}
    return {name: column.take(index) for name, column in columns.items()}


def _phones(records: pa.Table, _rarity: Bands) -> dict[str, pa.Array]:
    digits = pc.replace_substring_regex(text(records, "phone"), r"[^0-9]", "")
    tail = pc.utf8_slice_codeunits(digits, -10)
    distinct, index, _ = _by_distinct(tail)
    codes = [hashed(d) if len(d) >= 6 else None for d in distinct]
    return {"phone": pa.array(codes, pa.int64()).take(index)}


def prepare(records: pa.Table, frequencies: Frequencies | None = None) -> tuple[pa.Table, Frequencies]:
    """The comparison columns of `records` (any subset of COLUMNS), one row each, in order; and the rarity bands used.

    idx int32 (row number), agency string, then codes, dates and groups as the module says. Missing is null, [] or 0.
    With `frequencies` (a model's), values are banded as they were when that model was made.
    """
    rarity = Bands(frequencies)
    columns = {"idx": pa.array(np.arange(len(records), dtype=np.int32)), "agency": text(records, "agency")}
    for part in (_given, _last, _dates, _ethnicity, _places, _marks, _phones):
        columns |= part(records, rarity)
    return pa.table(columns), rarity.found

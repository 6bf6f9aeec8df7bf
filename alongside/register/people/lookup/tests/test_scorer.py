"""The look-up's score is the batch's score: same columns, same levels, same weights."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.csv as csv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.register.people.known import Age, Born, Known
from alongside.register.people.linkage.comparisons import COMPARISONS, NAMES
from alongside.register.people.linkage.features import BAND_SHIFT, hashed, prepare
from alongside.register.people.linkage.levels import LEVEL_OF
from alongside.register.people.linkage.model import shipped
from alongside.register.people.lookup.parts import Parts, parts_of
from alongside.register.people.lookup.rows import rows_of
from alongside.register.people.lookup.scorer import Scorer, probabilities

RECORDS = Path(__file__).parents[6] / "shared" / "data" / "linkage-dev" / "records.csv.gz"
LISTS = ("tok", "root", "near", "stem", "last", "last_near", "mark", "kind", "bare")


class BatchRarity:
    """The bands that the batch gave to the values of one table."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._bands: dict[tuple[str, int], int] = {}
        for row in rows:
            for column in LISTS:
                self._keep(column, row[column])
            for column in ("detail", "hood"):
                self._keep(column, [row[column]] if row[column] is not None else [])

    def _keep(self, column: str, codes: Iterable[int]) -> None:
        for code in codes:
            self._bands[column, code & ((1 << BAND_SHIFT) - 1)] = code >> BAND_SHIFT

    def band(self, column: str, value: str) -> int:
        return self._bands.get((column, hashed(value.rpartition("|")[2])), 8)

    def near(self, column: str, held: Mapping[str, Iterable[str]]) -> dict[str, int]:
        return {key: self.band(column, key) for near in held.values() for key in near}


def known_of(row: dict[str, Any]) -> tuple[Known, date]:
    seen = date.fromisoformat(str(row["rec_date"])[:10])
    born = date.fromisoformat(str(row["dob"])[:10]) if row["dob"] else None
    age = float(row["approx_age"]) if row["approx_age"] not in (None, "") else None
    return Known(
        names=tuple(name for name in (row["known_as"], *(row["other_name"] or "").split(";")) if name),
        last_names=(row["last_name"],) if row["last_name"] else (),
        born=Born(born, born) if born else None,
        age=Age(age, age, seen) if age is not None else None,
        ethnicity=row["ethnicity"] or "",
        area=", ".join(part for part in (row["area"], row["hood"]) if part) if row["hood"] else f"{row['area']}, ",
        marks=tuple(mark for mark in (row["marks"] or "").split(";") if mark),
        phones=(str(row["phone"]),) if row["phone"] else (),
    ), seen


@pytest.fixture(scope="module")
def pairs() -> list[tuple[dict[str, Any], dict[str, Any], Parts, Parts, BatchRarity]]:
    """Pairs of records of one borough that share a name or not, as the batch prepares them and as the look-up does."""
    strings = csv.ConvertOptions(
        column_types=dict.fromkeys(
            ("rec_date", "dob", "phone", "approx_age", "known_as", "other_name", "last_name", "marks"), pa.string()
        )
    )
    table = csv.read_csv(RECORDS, convert_options=strings)
    # Signs in place names are dropped by the look-up and kept by the batch: here there are none.
    told = [row | {"hood": row["hood"].replace("-", "n")} for row in table.to_pylist() if row["area"] and row["hood"]]
    table = pa.Table.from_pylist(told)
    prepared = prepare(table)[0].to_pylist()
    rarity = BatchRarity(prepared)
    chance = Random(7)
    by_area: dict[str, list[int]] = {}
    for number, row in enumerate(told):
        by_area.setdefault(row["area"], []).append(number)
    chosen = [chance.sample(chance.choice(list(by_area.values())), 2) for _ in range(4000)]
    parts = [parts_of(*known_of(row)) for row in told]
    return [(prepared[a], prepared[b], parts[a], parts[b], rarity) for a, b in chosen]


def test_every_level_is_the_batch_s_level(pairs: list[Any]) -> None:
    differ = []
    for left, right, asked, other, rarity in pairs:
        first, [second] = rows_of(asked, [other], rarity)
        differ += [
            (name, LEVEL_OF[name](left, right), LEVEL_OF[name](first, second), asked, other)
            for name in NAMES
            if LEVEL_OF[name](left, right) != LEVEL_OF[name](first, second)
        ]
    assert differ == []


def test_every_score_is_the_batch_s_score(pairs: list[Any]) -> None:
    tables, _ = shipped().weights([""])
    scorer = Scorer(shipped())
    for left, right, asked, other, rarity in pairs:
        first, [second] = rows_of(asked, [other], rarity)
        batch = sum(
            float(table[0, LEVEL_OF[each.name](left, right)]) for each, table in zip(COMPARISONS, tables, strict=True)
        )
        assert scorer.score(first, second).bits == pytest.approx(batch, abs=1e-9)


def test_one_of_several_phones_is_enough() -> None:
    rarity = BatchRarity([])
    asked, other = parts_of(Known(phones=("07700900001",))), parts_of(Known(phones=("07700900002", "07700 900001")))
    first, [second] = rows_of(asked, [other], rarity)
    assert Scorer(shipped()).score(first, second).levels["phone"] == 1


def test_where_there_is_one_area_it_says_nothing() -> None:
    rarity = BatchRarity([])
    asked, other = parts_of(Known(area="Southam, Quay")), parts_of(Known(area="Southam, Mill"))
    first, [second] = rows_of(asked, [other], rarity)
    assert Scorer(shipped(), area_share=1.0).score(first, second).weights["area"] == 0


def test_the_rarer_the_area_the_more_it_says() -> None:
    rarity = BatchRarity([])
    first, [second] = rows_of(parts_of(Known(area="Southam, Quay")), [parts_of(Known(area="Southam, Quay"))], rarity)
    usual, rare = (Scorer(shipped(), area_share=share).score(first, second).weights["area"] for share in (0.5, 0.001))
    assert 0 < usual < rare


@given(st.lists(st.floats(-60, 60), max_size=30), st.integers(1, 10**7))
def test_candidates_compete_with_each_other_and_with_someone_new(bits: list[float], records: int) -> None:
    shares = probabilities(bits, records)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1 + 1e-9
    by_bits = sorted(range(len(bits)), key=lambda i: bits[i])
    assert by_bits == sorted(range(len(bits)), key=lambda i: (shares[i], bits[i]))


def test_two_equal_rivals_share_what_one_would_have_alone() -> None:
    alone, (first, second) = probabilities([30.0], 100), probabilities([30.0, 30.0], 100)
    assert first == second == pytest.approx(alone[0] / 2, rel=1e-4)

"""The invented borough: always the same, believable in its overlaps, and readable by the product's own reader."""

from collections import Counter
from pathlib import Path

import pytest

from alongside.config.demo.borough import MEETS, WOMEN, borough, noted
from alongside.config.demo.lists import InventedList, lists
from alongside.insight.interchange.reading import read_list


@pytest.fixture(scope="module")
def made() -> list[InventedList]:
    return lists()


def test_the_same_seed_gives_the_same_borough() -> None:
    assert borough() == borough()
    assert noted(borough(), "bridge") == noted(borough(), "bridge")
    assert borough(12) != borough()


def test_five_lists_of_believable_length(made: list[InventedList]) -> None:
    assert [each.agency for each in made] == list(MEETS)
    assert all(30 <= each.rows <= 140 for each in made), [each.rows for each in made]


def test_some_are_on_several_lists_and_some_on_none() -> None:
    women = borough()
    by_birth = Counter(row.born for agency in MEETS for row in noted(women, agency) if row.born)
    assert len(women) == WOMEN
    assert sum(count > 1 for count in by_birth.values()) > 20
    assert sum(woman.born not in by_birth for woman in women) > 20


def test_the_street_guesses_ages_and_the_hostel_knows_birthdays() -> None:
    women = borough()
    share = {
        agency: sum(bool(row.born) for row in rows) / len(rows) for agency in MEETS if (rows := noted(women, agency))
    }
    assert share["nightlight"] < 0.25 < 0.8 < share["lantern"]


def test_some_names_are_misspelt_and_some_are_street_names() -> None:
    women = borough()
    right = {name for woman in women for name in (woman.first, woman.short, woman.street)}
    rows = noted(women, "nightlight")
    assert sum(row.first not in right for row in rows) >= 3
    streets = {woman.street for woman in women if woman.street}
    assert sum(row.first in streets or bool(row.alias) for row in rows) >= 10


@pytest.mark.parametrize("place", range(5))
def test_the_products_own_reader_reads_each_list(made: list[InventedList], place: int, tmp_path: Path) -> None:
    file = tmp_path / made[place].file_name
    file.write_bytes(made[place].content)
    sheets = read_list(file)
    assert sheets is not None

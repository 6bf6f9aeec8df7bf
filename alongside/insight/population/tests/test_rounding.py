"""The small-number rule, cell by cell and as a table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.rounding import (
    HIDDEN,
    Figure,
    nearest,
    percentage,
    rounded,
    rounded_figure,
    rounded_table,
)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "*"), (7, "*"), (7.4, "*"), (7.6, 10), (8, 10), (12, 10), (13, 15), (212, 210), (142.5, 145)],
)
def test_small_counts_are_hidden_and_the_rest_go_to_fives(count: float, shown: int | str) -> None:
    assert rounded(count) == shown


def test_only_a_structural_nought_is_shown() -> None:
    assert rounded(0, structural=True) == 0
    assert rounded(0) == HIDDEN
    assert rounded(3, structural=True) == HIDDEN


def test_a_negative_count_is_a_fault() -> None:
    with pytest.raises(ValueError, match="not negative"):
        rounded(-1)


def test_percentages_come_from_what_is_shown() -> None:
    assert percentage(65, 210) == 31
    assert percentage("*", 210) is None
    assert percentage(10, "*") is None
    assert percentage(10, 15) is None
    assert percentage(10, 20) == 50
    assert percentage(0, 40) == 0


def test_totals_are_rounded_on_their_own() -> None:
    table = rounded_table({"van": 12, "clinic": 12, "hostel": 12})
    assert table.cells == {"van": 10, "clinic": 10, "hostel": 10}
    assert table.total == 35
    assert table.percentages == {"van": 29, "clinic": 29, "hostel": 29}


def test_a_nought_that_would_reveal_looks_like_a_small_number() -> None:
    table = rounded_table({"north": 0, "south": 4, "men": 0}, structural=frozenset({"men"}))
    assert table.cells == {"north": HIDDEN, "south": HIDDEN, "men": 0}
    assert table.total == HIDDEN


def test_a_figure_keeps_its_words_and_loses_its_numbers() -> None:
    figure = Figure("On the street", 212, 198.2, 229.0, 354, "Met at least once", date(2007, 12, 31), "women")
    shown = rounded_figure(figure)
    assert (shown.count, shown.low, shown.high, shown.denominator) == (210, 195, 230, 355)
    assert shown.percentage == 59
    assert (shown.definition, shown.as_of, shown.unit) == ("Met at least once", date(2007, 12, 31), "women")


def test_a_hidden_figure_hides_its_interval() -> None:
    shown = rounded_figure(Figure("x", 5, 3, 9, 40, "d", date(2007, 1, 1), "women"))
    assert (shown.count, shown.low, shown.high, shown.percentage) == (HIDDEN, HIDDEN, HIDDEN, None)
    wide = rounded_figure(Figure("x", 15, 6, 31, None, "d", date(2007, 1, 1), "women"))
    assert (wide.low, wide.high, wide.denominator) == (HIDDEN, 35, None)
    plain = rounded_figure(Figure("x", 15, None, None, None, "d", date(2007, 1, 1), "women"))
    assert (plain.low, plain.high) == (None, None)


@given(st.floats(0, 10_000))
def test_no_shown_number_is_small_or_off_the_fives(count: float) -> None:
    shown = rounded(count)
    assert shown == HIDDEN or (isinstance(shown, int) and shown >= 10 and shown % 5 == 0)
    assert abs(nearest(count) - count) <= 2.5


@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_percentages_never_disagree_with_their_counts(counts: list[int]) -> None:
    table = rounded_table({str(place): count for place, count in enumerate(counts)})
    for label, cell in table.cells.items():
        if isinstance(cell, int) and isinstance(table.total, int) and table.total >= 20:
            assert table.percentages[label] == int(100 * cell / table.total + 0.5)
        else:
            assert table.percentages[label] is None

"""Returns made elsewhere: what is read from their rows, and what does not fit."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.commissioning.elsewhere import Line, NoFigures, TooLong, faults, read_lines, share

HEAD = ["Figure", "Count", "Out of", "Per cent"]


def told(*rows: list[str], out_of: int | None = None) -> list[str]:
    return [f"{each.number} {each.words}" for each in faults(read_lines(list(enumerate(rows, start=1))), out_of)]


def test_what_fits_says_nothing() -> None:
    assert told(HEAD, ["Met", "30", "60", "50%"], ["Housed", "1,204", "2,408", "50 per cent"]) == []


def test_a_percentage_that_its_count_does_not_give() -> None:
    assert told(HEAD, ["High", "55", "181", "31%"], ["Medium", "26", "181", "14%"]) == [
        "2 31% is printed, but 55 of 181 is 30%."
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Met", "", "60", "50%"], "3 There is a percentage without its count."),
        (["Met", "", "", ""], "3 There is no number in this line."),
        (["Met", "61", "60", "102%"], "3 61 is more than the 60 it is counted out of."),
        (["Met", "-3", "60", ""], "3 -3 is less than none."),
        (["Met", "30", "", "50%"], "3 50% of how many? There is no denominator to check it by."),
        (["Met", "30", "61", "49.1%"], "3 49.1% is printed, but 30 of 61 is 49.2%."),
    ],
)
def test_each_fault_of_a_line(row: list[str], words: str) -> None:
    assert told(HEAD, ["Fits", "1", "2", "50%"], row) == [words]


def test_sums_that_do_not_add_up() -> None:
    rows = (["Age", "Number", "%"], ["Under 20", "5", "3%"], ["20 and over", "170", "94%"], ["Total", "181", "100%"])
    assert [each.split(".")[0] for each in told(*rows)] == ["4 The lines above add up to 175, and the total says 181"]


def test_the_total_is_the_denominator_where_none_is_printed() -> None:
    rows = (["Support", "Number", "%"], ["High", "55", "31%"], ["Other", "126", "70%"], ["Total", "181", ""])
    assert told(*rows) == ["2 31% is printed, but 55 of 181 is 30%."]
    assert told(*rows[:3], out_of=181) == ["2 31% is printed, but 55 of 181 is 30%."]


def test_both_in_one_cell_and_no_headings() -> None:
    assert told(["High", "55 (31%)"], ["Medium", "26 (14%)"], out_of=181) == ["1 31% is printed, but 55 of 181 is 30%."]
    assert told(["High", "55 of 181 (31%)"]) == ["1 31% is printed, but 55 of 181 is 30%."]


def test_shares_of_a_spreadsheet_are_fractions() -> None:
    assert told(HEAD, ["High", "55", "181", "0.31"], ["Medium", "26", "181", "0.14"]) == [
        "2 31% is printed, but 55 of 181 is 30%."
    ]


def test_the_same_line_twice() -> None:
    assert told(HEAD, ["Met", "30", "60", "50%"], ["met", "31", "62", "50%"]) == [
        "3 This line stands in row 2 too, with other numbers."
    ]


def test_what_is_no_return() -> None:
    with pytest.raises(NoFigures):
        read_lines([(1, ["Dear all"]), (2, ["Nothing here"])])
    with pytest.raises(TooLong):
        read_lines([(0, HEAD), *((n, [f"line {n}", "3", "6", "50%"]) for n in range(1, 400))])


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), st.integers(0, 2))
def test_what_we_print_is_never_flagged(counted: tuple[int, int], places: int) -> None:
    count, of = counted
    line = Line(1, "Met", count, of, str(share(count, of, places)))
    assert list(faults([[line]])) == []
    assert share(55, 181) == Decimal(30)


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=12))
def test_whatever_it_holds_it_ends_in_lines_or_in_words(rows: list[list[str]]) -> None:
    with suppress(NoFigures, TooLong):
        assert all(each.words for each in faults(read_lines(list(enumerate(rows, start=1)))))

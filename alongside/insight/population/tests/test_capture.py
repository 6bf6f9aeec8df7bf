"""Reading tables of capture histories and asking them for sizes and overlaps."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.population.capture import CaptureTable, read_table
from alongside.insight.population.refusals import TooManyLists, UnreadableTable
from alongside.insight.population.tests.published import hepatitis, uk_five, uk_six


def write(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_uk_table_holds_2744_people() -> None:
    table = uk_six()
    assert table.lists == ("LA", "NG", "PF", "GO", "GP", "NCA")
    assert table.seen == 2744
    assert table.overlap(0, 4) == 0
    assert table.overlap(2, 5) == 35


def test_merging_a_list_keeps_everybody_once() -> None:
    merged = uk_five()
    assert merged.lists == ("LA", "NG", "PF", "GO", "GP")
    assert merged.seen == 2744
    assert merged.list_sizes[2] == uk_six().list_sizes[2] + uk_six().list_sizes[5] - 35


def test_sizes_and_overlaps() -> None:
    table = hepatitis()
    assert table.list_sizes.tolist() == [135, 122, 126]
    assert table.overlaps() == {(0, 1): 49, (0, 2): 45, (1, 2): 46}
    assert table.on_two_or_more == 84


def test_members_and_histories_are_the_same_table() -> None:
    table = CaptureTable.from_members(["van", "clinic"], [["van"], ["van", "clinic"], ["van", "van"], []])
    assert table.counts.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "A,B,count\n1,0,5\n0,1,7\n1,1,3\n",
        "\ufeffA;B;Freq\n1;0;5\n0;1;7\n1;1;3\n\n",
        "A\tB\tN\n1\t0\t5\n0\t1\t7\n1\t1\t2\n1\t1\t1\n0\t0\t\n",
        " A , B , Count ,\n1,0,5\n0,1,7\n1,1,3\n",
        "count,A,B\n5,1,\n7,0,1\n3,1,1\n",
        '"","A","B","count"\n"1",1,0,5\n"2",0,1,7\n"3",1,1,3\n',
        '"A","B","count"\n"1",1,0,5\n"2",0,1,7\n"3",1,1,3\n',
        "A,B,anything\n1,0,5\n0,1,7\n1,1,3\n",
        "A,B,count\nyes,no,5\nno,yes,7\nyes,yes,3\n",
    ],
)
def test_ragged_and_foreign_tables_are_read_alike(tmp_path: Path, text: str) -> None:
    table = read_table(write(tmp_path, text))
    assert table.lists == ("A", "B")
    assert table.counts.tolist() == [5, 7, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no table"),
        ("A,B,count\n", "holds no table"),
        ("A,B,count\n1,2,5\n", "Row 2"),
        ("A,B,count\n1,0,many\n", "Row 2"),
        ("A,B,count\n1,0,-4\n", "Row 2"),
        ("A,A,count\n1,0,4\n", "same name"),
    ],
)
def test_what_is_no_table_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableTable, match=said):
        read_table(write(tmp_path, text))


def test_too_many_lists_are_refused() -> None:
    with pytest.raises(TooManyLists):
        CaptureTable.of([f"list {i}" for i in range(13)], {})


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        CaptureTable(("A",), np.array([-1.0]))
    with pytest.raises(ValueError, match="one count"):
        CaptureTable(("A", "B"), np.array([1.0]))


def test_a_list_that_holds_nobody_is_left_out() -> None:
    table = CaptureTable.of("ABC", {(1, 0, 0): 4, (0, 0, 1): 5, (1, 0, 1): 6}).without_empty_lists()
    assert table.lists == ("A", "C")
    assert table.counts.tolist() == [4, 5, 6]


@given(st.lists(st.integers(0, 50), min_size=15, max_size=15))
def test_merging_never_loses_or_doubles_anyone(counts: list[int]) -> None:
    table = CaptureTable(tuple("ABCD"), np.array(counts, dtype=float))
    merged = table.merged("B", "D")
    assert merged.seen == table.seen
    assert merged.list_sizes[0] == table.list_sizes[0]
    joined = table.list_sizes[1] + table.list_sizes[3] - table.overlap(1, 3)
    assert merged.list_sizes[2] == pytest.approx(joined)

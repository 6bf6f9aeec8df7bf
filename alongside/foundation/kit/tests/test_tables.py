"""Tables as files: what goes in comes out, and nothing runs."""

import csv
import io

import openpyxl
import pytest

from alongside.foundation.kit.tables import as_csv, as_xlsx

FORMULAS = ["=1+1", "+SUM(A1)", "-SUM(A1)", "@SUM(A1)", '=HYPERLINK("http://example.org")', "=cmd|' /C calc'!A0"]


def test_what_goes_in_comes_out() -> None:
    rows = [["Figure", "Count"], ["Women met", 12], ["Nothing", None]]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx({"Figures": rows}, title="Return", widths=(30, 10))))
    assert [[cell.value for cell in row] for row in book["Figures"].iter_rows()] == rows
    assert book["Figures"].freeze_panes == "A2"
    assert book["Figures"].column_dimensions["A"].width == 30
    assert (book.properties.title, book.properties.creator) == ("Return", None)
    assert list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig")))) == [
        ["Figure", "Count"],
        ["Women met", "12"],
        ["Nothing", ""],
    ]


@pytest.mark.parametrize("words", FORMULAS)
def test_words_never_run(words: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx({"Cover": [[words, words]], "Figures": [[words]]}, title="T")))
    for cell in (book["Cover"]["A1"], book["Cover"]["B1"], book["Figures"]["A1"]):
        assert (cell.value, cell.data_type) == (words, "s")
    assert not as_csv([[words]]).decode("utf-8-sig").startswith(words[0])


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx({"Figures": [["a\x00b\x1f", "x" * 40_000]]}, title="T")))
    assert book["Figures"]["A1"].value == "a b "
    assert len(book["Figures"]["B1"].value) == 32_767

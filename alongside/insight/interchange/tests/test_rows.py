"""From a table to women's rows: nothing lost, nothing taken for what it is not."""

from datetime import date
from pathlib import Path

import pytest

from alongside.insight.interchange.reading import Row, read_list
from alongside.insight.interchange.understanding import (
    Age,
    ColumnKind,
    KeptLine,
    LineKind,
    ListRow,
    Mapping,
    Unreadable,
    find_table,
    find_tables,
    propose,
    read_file,
    read_row,
    read_rows,
    signature,
)
from alongside.insight.interchange.understanding.table import line_kind

TODAY = date(2024, 11, 1)
K = ColumnKind
HEADERS = ["Ref", "Seen", "Name", "Age", "Ethnicity", "Where", "Notes"]


def mapped(headers: list[str], *rows: list[str]) -> Mapping:
    return propose(headers, rows, today=TODAY)


def row(*cells: str, headers: list[str] = HEADERS) -> ListRow | Unreadable:
    return read_row(cells, mapped(headers), today=TODAY, number=4)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Ref", K.REFERENCE), ("URN", K.REFERENCE), ("client_id", K.REFERENCE), ("ClientID", K.REFERENCE),
        ("No.", K.REFERENCE),
        ("Date seen", K.SEEN), ("ARREST_DT", K.SEEN), ("First contact", K.SEEN), ("start", K.SEEN),
        ("Name/street name", K.NAME), ("Street name", K.ALIAS), ("Also known as", K.ALIAS), ("preferred_name", K.ALIAS),
        ("Forename", K.FIRST_NAME), ("Surname", K.LAST_NAME), ("full_name", K.FULL_NAME), ("SUBJECT", K.FULL_NAME),
        ("D.O.B.", K.BORN), ("date_of_birth", K.BORN), ("Age?", K.AGE), ("APP_AGE", K.AGE), ("Approx. age", K.AGE),
        ("Ethnic group", K.ETHNICITY), ("IC", K.ETHNICITY), ("Where", K.AREA), ("BOCU", K.AREA),
        ("referral_borough", K.AREA),
        ("Tel", K.PHONE), ("contact_number", K.PHONE), ("WARNING_MARKS", K.MARKS), ("Description", K.MARKS),
        ("Notes", K.NOTES), ("risk_notes", K.NOTES), ("Shoe size", K.IGNORE),
    ],
)  # fmt: skip
def test_headings(heading: str, kind: ColumnKind) -> None:
    assert mapped([heading]).columns[0].kind is kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["07700900001", "07700900002"], K.PHONE),
        (["LANGWICK, Tanisha", "GRANT, Abena"], K.FULL_NAME),
        (["01/02/2024", "03/02/2024", "03/03/2024"], K.SEEN),
        (["01/02/1974", "03/02/1982", "03/03/1969", "4/5/1988", "1/1/1990"], K.BORN),
        (["20071119", "20070619"], K.SEEN),
        (["c.25", "30", "n/k", "20s"], K.AGE),
        (["White British", "Black African", "W"], K.ETHNICITY),
        (["scar@hand", "rose on neck"], K.MARKS),
        (["A-17", "A-18"], K.REFERENCE),
        (["", "n/k"], K.IGNORE),
        (["tall", "short"], K.IGNORE),
    ],
)
def test_columns_without_a_telling_heading_are_known_by_their_values(values: list[str], kind: ColumnKind) -> None:
    column = mapped(["Q1"], *([value] for value in values)).columns[0]
    assert column.kind is kind
    assert column.reason


def test_values_overrule_a_heading_that_they_contradict() -> None:
    column = mapped(["Tel"], *([text] for text in ["c.25", "30", "20s", "31", "40"])).columns[0]
    assert column.kind is K.AGE
    assert "something else" in column.reason


def test_a_column_is_proposed_once() -> None:
    kinds = [column.kind for column in mapped(["ID", "Ref", "Name", "Woman"]).columns]
    assert kinds == [K.REFERENCE, K.IGNORE, K.NAME, K.ALIAS]


def test_a_person_changes_a_mapping_and_it_is_remembered_by_its_headings() -> None:
    mapping = mapped(["Ref", "Shoe size"]).with_kind(1, K.NOTES)
    assert mapping.columns[1].kind is K.NOTES
    assert mapping.columns[1].reason == "chosen by a person"
    assert mapping.signature == signature(["REF", "shoe_size"]) != signature(["Ref", "Shoe size", "Name"])


def test_an_age_and_a_birth_may_change_places() -> None:
    born = row("1", "", "Kay", "DOB 30.07.1982")
    aged = read_row(["1", "about 30"], mapped(["Ref", "DOB"]), today=TODAY)
    assert isinstance(born, ListRow)
    assert born.born is not None
    assert born.born.first == date(1982, 7, 30)
    assert isinstance(aged, ListRow)
    assert aged.age == Age(25, 35, 30.0)


def test_a_note_is_looked_through() -> None:
    found = row("1", "", "Kay", "", "", "", "aka Zoe; DOB 01/02/1980, rose on neck, mob 07700 900000, likes tea")
    assert isinstance(found, ListRow)
    assert found.other_names == ("Zoe",)
    assert found.born is not None
    assert found.phones == ("+447700900000",)
    assert [str(mark) for mark in found.marks] == ["rose@neck"]
    assert found.note.endswith("likes tea")


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://example.org","x")', "=1+1", "+SUM(A1)", "-SUM(A1)", "@SUM(A1)", "\t=1+1", "\r=1", "\ufeff=1",
     "|calc", "%0A", "=cmd|' /C calc'!A0", "+A1", "-B2"],
)  # fmt: skip
def test_a_formula_is_never_a_name(text: str) -> None:
    found = row("1", "", text, "30")
    assert isinstance(found, ListRow)
    assert found.known_as == ""
    assert [problem.words for problem in found.problems] == ["looks like a formula; it was not run"]
    assert found.problems[0].text == text


def test_a_dash_or_a_number_abroad_is_no_formula() -> None:
    found = row("1", "", "-", "30", "", "", "- mob +44 7700 900000")
    assert isinstance(found, ListRow)
    assert found.problems == ()
    assert found.phones == ("+447700900000",)


def test_a_bad_cell_is_a_problem_of_its_row_and_says_what_to_do() -> None:
    found = row("1", "32/01/2024", "Kay", "old")
    assert isinstance(found, ListRow)
    assert [(p.column, p.text) for p in found.problems] == [("Seen", "32/01/2024"), ("Age", "old")]
    assert all(problem.what_to_do for problem in found.problems)


def test_a_row_that_tells_of_nobody_is_unreadable_and_kept() -> None:
    for cells in (("1",), ("1", "04/06/2024"), ("1", "", "n/k", "n/k"), ("1", "", "123")):
        found = row(*cells)
        assert isinstance(found, Unreadable)
        assert found.cells == cells
        assert all(problem.what_to_do for problem in found.problems)


def test_commas_without_quotes_in_a_last_note_are_put_together() -> None:
    found = row("1", "04/06/24", "Kay", "30", "White", "Fernhill", "rose on neck", " likes tea")
    assert isinstance(found, ListRow)
    assert found.note == "likes tea"
    assert [str(mark) for mark in found.marks] == ["rose@neck"]


def test_a_comma_without_quotes_in_a_name_is_noticed() -> None:
    found = row("1", "04/06/24", "Smith", " Kay", "c.30", "White", "Fernhill", "likes tea")
    assert isinstance(found, Unreadable)
    assert "comma" in found.problems[0].what_to_do


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["TOTAL", "", "194"], LineKind.TOTAL), (["Total women seen: 12"], LineKind.TOTAL),
        (["Grand total", "7"], LineKind.TOTAL),
        (["Number of women", "40"], LineKind.TOTAL), (["", " "], LineKind.BLANK), (HEADERS, LineKind.HEADINGS),
        (["Printed by the desk on Monday"], LineKind.REMARK), (["7", "", "Total"], None), (["8", "", "Kay"], None),
        (["Total", "04/06/07", "Kay"], None),
    ],
)  # fmt: skip
def test_lines_that_are_no_rows(cells: list[str], kind: LineKind | None) -> None:
    assert line_kind(cells, HEADERS) is kind


def test_a_list_without_headings_is_read_by_its_values(tmp_path: Path) -> None:
    path = written(tmp_path, "A1,07700900001,c.25\nA2,07700900002,30\nA3,07700900003,20s\n")
    sheets = read_list(path)
    table = find_table(sheets)
    mapping = propose(table.headers, table.samples, today=TODAY)
    assert table.header_row == 0
    assert [column.kind for column in mapping.columns] == [K.REFERENCE, K.PHONE, K.AGE]
    assert len([line for line in read_file(sheets, mapping, today=TODAY) if isinstance(line, ListRow)]) == 3


def test_a_sheet_for_each_month_is_one_list(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for number, month in enumerate(("May", "June")):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = month
        sheet.append(["Ref", "Name", "Age"])
        sheet.append([f"{number}1", "Kay", 30])
    book.create_sheet("Notes").append(["Ask the van"])
    book.save(tmp_path / "months.xlsx")
    sheets = read_list(tmp_path / "months.xlsx")
    assert [table.sheet_name for table in find_tables(sheets)] == ["May", "June"]
    mapping = propose(find_table(sheets).headers, find_table(sheets).samples, today=TODAY)
    lines = list(read_file(sheets, mapping, today=TODAY))
    assert [line.reference for line in lines if isinstance(line, ListRow)] == ["01", "11"]
    assert [line.kind for line in lines if isinstance(line, KeptLine)][-1] is LineKind.OTHER_SHEET


def test_a_repeat_is_told_and_a_look_alike_is_not(tmp_path: Path) -> None:
    sheets = read_list(written(tmp_path, "Ref,Name,Age\n1,Kay,30\n2,Kay,30\n1,Kay,30\n"))
    table = find_table(sheets)
    lines = list(read_rows(sheets.rows(0), table, mapped(["Ref", "Name", "Age"]), today=TODAY))
    assert [line.repeat_of for line in lines if isinstance(line, ListRow)] == [None, None, 2]


def test_the_digest_is_of_what_is_said_and_not_of_where() -> None:
    mapping = mapped(HEADERS)
    here = read_row(["1", "04/06/2024", "Kay"], mapping, today=TODAY, number=4)
    there = read_row(["1", "4 June 2024", "kay", ""], mapping, today=TODAY, number=9, sheet=1)
    other = read_row(["1", "04/06/2024", "Kaye"], mapping, today=TODAY, number=4)
    assert isinstance(here, ListRow)
    assert isinstance(there, ListRow)
    assert isinstance(other, ListRow)
    assert here.digest == there.digest != other.digest


def test_the_digest_stays_what_it_was() -> None:
    """It is kept with what was taken in: a new form would make every list look new."""
    found = row("1", "04/06/2024", "Kay aka Zoe Omar", "c.30", "White", "Fernhill", "rose on neck")
    assert isinstance(found, ListRow)
    assert found.digest == "5117dca3554e86c1dc96046f78cb9747"


def test_blank_rows_and_rows_before_the_table_keep_their_numbers() -> None:
    table = find_table_of([("Nightlight 2023",), (), ("Ref", "Name", "Age"), ("1", "Kay", "30"), ()])
    assert (table.header_row, table.year) == (3, 2023)


def find_table_of(rows: list[tuple[str, ...]]):  # type: ignore[no-untyped-def]  # a Table
    from alongside.insight.interchange.reading import Sheet, Sheets

    opening = tuple(Row(number, cells) for number, cells in enumerate(rows, 1))
    return find_table(Sheets((Sheet(0, "", opening, len(rows)),), "text", "", (), lambda index: iter(opening)))

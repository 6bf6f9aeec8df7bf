"""The five lists of one borough, counted here without the product."""

import csv
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from alongside.insight.interchange.reading import Sheets, read_list
from alongside.insight.interchange.understanding import (
    Age,
    ColumnKind,
    KeptLine,
    Line,
    LineKind,
    ListRow,
    Mapping,
    Mark,
    Unreadable,
    find_table,
    propose,
    read_file,
)

EXTRACTS = Path(__file__).resolve().parents[5] / "shared" / "data" / "extracts"
TODAY = date(2008, 3, 1)
K = ColumnKind
CLIENT_COLUMNS = [
    K.REFERENCE, K.FIRST_NAME, K.LAST_NAME, K.ALIAS, K.BORN, K.AGE, K.ETHNICITY, K.AREA, K.SEEN, K.PHONE, K.MARKS,
]  # fmt: skip
# What each list is: columns, women's rows, unreadable rows, lines that are no rows.
EXPECTED: dict[str, tuple[list[ColumnKind], int, int, dict[LineKind, int]]] = {
    "outreach_van_contacts.csv": (
        [K.REFERENCE, K.SEEN, K.NAME, K.AGE, K.ETHNICITY, K.AREA, K.NOTES],
        194, 0, {LineKind.TITLE: 1, LineKind.BLANK: 2, LineKind.HEADINGS: 1, LineKind.TOTAL: 1},
    ),
    "bridge_casework_clients.xlsx": (
        CLIENT_COLUMNS, 147, 1, {LineKind.OTHER_SHEET: 1, LineKind.TITLE: 2, LineKind.BLANK: 1, LineKind.HEADINGS: 1},
    ),
    "dropin_register.csv": (CLIENT_COLUMNS, 94, 0, {LineKind.HEADINGS: 1}),
    "hostel_residents.xlsx": (
        [K.REFERENCE, K.FULL_NAME, K.ALIAS, K.BORN, K.ETHNICITY, K.AREA, K.SEEN, K.PHONE, K.NOTES],
        34, 0, {LineKind.HEADINGS: 1},
    ),
    "CUSTODY_LIST_2007.txt": (
        [K.REFERENCE, K.SEEN, K.FULL_NAME, K.ALIAS, K.BORN, K.AGE, K.ETHNICITY, K.AREA, K.MARKS, K.PHONE],
        68, 0, {LineKind.HEADINGS: 1},
    ),
}  # fmt: skip


def understood(name: str) -> tuple[Sheets, Mapping, list[Line]]:
    sheets = read_list(EXTRACTS / name)
    table = find_table(sheets)
    mapping = propose(table.headers, table.samples, today=TODAY)
    return sheets, mapping, list(read_file(sheets, mapping, today=TODAY))


def women(name: str) -> dict[str, ListRow]:
    return {line.reference: line for line in understood(name)[2] if isinstance(line, ListRow)}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_line_of_a_list_is_accounted_for(name: str) -> None:
    columns, rows, unreadable, kept = EXPECTED[name]
    _, mapping, lines = understood(name)
    assert [column.kind for column in mapping.columns] == columns
    assert all(column.reason for column in mapping.columns)
    assert Counter(line.kind for line in lines if isinstance(line, KeptLine)) == kept
    assert sum(isinstance(line, Unreadable) for line in lines) == unreadable
    assert sum(isinstance(line, ListRow) for line in lines) == rows
    assert len(lines) == physical_lines(name)
    assert len({(line.sheet, line.number) for line in lines}) == len(lines)


def physical_lines(name: str) -> int:
    """Lines of a text list, or rows of all sheets up to the last, counted with csv and zipfile alone."""
    content = (EXTRACTS / name).read_bytes()
    if not name.endswith(".xlsx"):
        return len(list(csv.reader(io.StringIO(content.decode("cp1252"), newline=""))))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [part for part in package.namelist() if part.startswith("xl/worksheets/sheet")]
        trees = [ElementTree.fromstring(package.read(part)) for part in sheets]  # noqa: S314 (our own data)
        return sum(max(int(row.get("r", 0)) for row in tree.iter() if row.tag.endswith("}row")) for tree in trees)


def test_women_of_the_outreach_list() -> None:
    rows = women("outreach_van_contacts.csv")
    assert len(rows) == 194
    tee = rows["18"]
    assert (tee.known_as, tee.other_names, tee.last_names) == ("Tee", ("Lizzie",), ("Omar",))
    assert tee.age == Age(25, 35, 30.0)
    delia = rows["3"]
    assert (delia.known_as, delia.last_names) == ("Young Delia", ())
    assert delia.marks == (Mark("name Jordan", "chest"),)
    assert delia.phones == ("+447700900000",)
    assert delia.note == ""
    assert delia.seen is not None
    assert delia.seen.exact
    assert delia.seen.first == date(2007, 6, 4)
    joy = rows["26"]
    assert joy.age is None
    assert joy.born is not None
    assert joy.born.first == date(1982, 7, 30)
    nobody = rows["311"]
    assert (nobody.known_as, nobody.marks) == ("", (Mark("name Callum", "left arm"),))


def test_the_two_hard_rows_of_the_casework_list() -> None:
    _, _, lines = understood("bridge_casework_clients.xlsx")
    impossible = next(line for line in lines if isinstance(line, Unreadable))
    assert (impossible.number, impossible.cells[0]) == (151, "9001")
    assert [(p.column, p.text) for p in impossible.problems] == [("D.O.B.", "31/02/1979")]
    assert "day/month/year" in impossible.problems[0].what_to_do
    jo = next(line for line in lines if isinstance(line, ListRow) and line.reference == "9002")
    assert jo.age == Age(25, 35, 30.0)
    assert jo.seen is not None
    assert (jo.seen.first, jo.seen.last) == (date(2007, 6, 1), date(2007, 6, 30))


def test_the_drop_in_repeats_a_row_and_says_not_known() -> None:
    _, _, lines = understood("dropin_register.csv")
    rows = [line for line in lines if isinstance(line, ListRow)]
    with (EXTRACTS / "dropin_register.csv").open(newline="", encoding="cp1252") as source:
        plain = [tuple(row) for row in csv.reader(source, delimiter=";")][1:]
    assert sum(row.repeat_of is not None for row in rows) == len(plain) - len(set(plain))
    emmie = rows[0]
    assert emmie.last_names == ()
    assert emmie.born is None
    assert [state.value for _, state in emmie.unanswered] == ["not_known", "not_known"]


def test_women_of_the_custody_list() -> None:
    rows = women("CUSTODY_LIST_2007.txt")
    assert (rows["21"].known_as, rows["21"].last_names) == ("Tanisha", ("Langwick",))
    assert rows["530"].known_as == "Portuguese Hev"
    assert rows["315"].last_names == ()
    assert rows["8"].other_names == ("Mandy",)
    assert rows["80"].marks == (Mark("angel wings", "left arm"),)
    assert rows["221"].marks == (Mark("dragon", ""), Mark("name Dad", ""))
    assert rows["73"].age == Age(55, 65, 60.0)
    assert rows["8"].ethnicity is not None
    assert rows["8"].ethnicity.broad == "W"
    assert rows["8"].area is not None
    assert rows["8"].area.key == women("hostel_residents.xlsx")["17"].area.key


def test_real_dates_of_the_hostel_list() -> None:
    rows = women("hostel_residents.xlsx")
    with_birth = [row for row in rows.values() if row.born]
    assert all(row.born and row.born.exact for row in with_birth)
    assert len(with_birth) >= 30
    assert rows["38"].marks == (Mark("heart", "face"), Mark("name Mum", "left wrist"))


@pytest.mark.parametrize("name", EXPECTED)
def test_reading_twice_gives_the_same(name: str) -> None:
    def digests() -> list[str]:
        return [line.digest for line in understood(name)[2] if isinstance(line, ListRow)]

    assert digests() == digests()


@pytest.mark.parametrize("name", EXPECTED)
def test_no_row_needs_correcting_but_the_planted_one(name: str) -> None:
    problems = [line.problems for line in understood(name)[2] if isinstance(line, ListRow) and line.problems]
    assert problems == []

"""Finds the list in a file: which sheet, where its headings are, which lines are no rows of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..reading import Row, Sheet, Sheets
from .columns import kind_of_heading, plain_heading
from .mapping import signature

_HEADER_WITHIN = 30  # rows from the top in which headings are looked for
_TOTAL_WORDS = r"(?:(?:sub|grand|overall)[- ]?)?totals?\b(?: \w+){0,4}|(?:number|no|count|sum) of \w+(?: \w+){0,3}"
_TOTAL = re.compile(_TOTAL_WORDS, re.IGNORECASE)
_TOTAL_AND_FIGURE = re.compile(rf"(?:{_TOTAL_WORDS})[:= ]*\d[\d,]*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-9])\d(?!\d)")


class LineKind(StrEnum):
    """Why a line is not a row of the list."""

    HEADINGS = "headings"
    TITLE = "title"
    TOTAL = "total"
    BLANK = "blank"
    REMARK = "remark"
    OTHER_SHEET = "other_sheet"


LINE_WORDS: dict[LineKind, str] = {
    LineKind.HEADINGS: "the headings",
    LineKind.TITLE: "a line above the headings",
    LineKind.TOTAL: "a total",
    LineKind.BLANK: "an empty line",
    LineKind.REMARK: "a remark, not a woman",
    LineKind.OTHER_SHEET: "on a sheet without the list",
}


@dataclass(frozen=True)
class Table:
    """A list within a file. `header_row` is 0 when there are no headings. `year` is the list's own, if it tells one."""

    sheet: int
    sheet_name: str
    header_row: int
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    year: int | None

    @property
    def signature(self) -> str:
        return signature(self.headers)


def find_table(sheets: Sheets) -> Table:
    """The list of a file: the sheet whose headings say the most; the longest when none has headings."""
    return max((_table(sheet) for sheet in sheets.sheets), key=lambda table: _worth(table, sheets))


def find_tables(sheets: Sheets) -> tuple[Table, ...]:
    """The list of a file, and after it all other sheets with the same headings, as when each month has a sheet."""
    first = find_table(sheets)
    others = (_table(sheet) for sheet in sheets.sheets if sheet.index != first.sheet)
    return (first, *(other for other in others if other.header_row and other.signature == first.signature))


def _worth(table: Table, sheets: Sheets) -> tuple[int, int]:
    known = _known(table.headers) if table.header_row else 0
    return (known, sheets.sheets[table.sheet].row_count if known or table.samples else 0)


def _table(sheet: Sheet) -> Table:
    header = _header(sheet.opening)
    after = [row.cells for row in sheet.opening if row.number > header]
    width = max((len(cells) for cells in after), default=0)
    if header:
        above = next(row.cells for row in sheet.opening if row.number == header)
        # Values that go on beyond the headings have shifted: the row's reader says so. Blank headings are kept.
        headers = tuple(cell.strip() for cell in above)
    else:
        headers = tuple(f"Column {number}" for number in range(1, width + 1))
    samples = tuple(cells for cells in after if line_kind(cells, headers) is None)
    return Table(sheet.index, sheet.name, header, headers, samples, _year(sheet, header))


def _header(opening: Sequence[Row]) -> int:
    """The number of the row of headings, 0 when there is none."""
    best, best_known = 0, 1
    for row in opening[:_HEADER_WITHIN]:
        known = _known(row.cells)
        if known > best_known and _looks_like_headings(row.cells):
            best, best_known = row.number, known
    if best:
        return best
    first = next((row for row in opening if len([cell for cell in row.cells if cell.strip()]) > 1), None)
    alone = next((row for row in opening if row.cells), None)
    if first is None and alone and _known(alone.cells):
        return alone.number
    return first.number if first and _known(first.cells) and _looks_like_headings(first.cells) else 0


def _known(cells: Sequence[str]) -> int:
    return len({kind for cell in cells if (kind := kind_of_heading(cell))})


def _looks_like_headings(cells: Sequence[str]) -> bool:
    filled = [plain_heading(cell) for cell in cells if cell.strip()]
    return len(set(filled)) == len(filled) and not any(re.search(r"\d{3}", cell) for cell in filled)


def _year(sheet: Sheet, header: int) -> int | None:
    titles = [sheet.name, *(cell for row in sheet.opening if row.number < header for cell in row.cells)]
    years = {int(year) for title in titles for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def line_kind(cells: Sequence[str], headers: Sequence[str]) -> LineKind | None:
    """What a line below the headings is, if it is no row of the list."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return LineKind.BLANK
    if _is_total(filled):
        return LineKind.TOTAL
    if len(filled) > 1 and [cell.strip() for cell in cells] == [cell.strip() for cell in headers]:
        return LineKind.HEADINGS
    if len(filled) == 1 and len(headers) > 2 and cells[0].strip() and len(filled[0].split()) >= 3:
        return LineKind.REMARK
    return None


def _is_total(filled: list[str]) -> bool:
    """A word for a total and figures only: "TOTAL,,194", "Number of women: 40"."""
    if len(filled) == 1 and _TOTAL_AND_FIGURE.fullmatch(filled[0]):
        return True
    if not _TOTAL.fullmatch(filled[0].rstrip(" :=")):
        return False
    return len(filled) > 1 and all(cell.replace(",", "").replace(".", "").isdecimal() for cell in filled[1:])

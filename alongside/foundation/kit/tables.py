"""Tables as CSV and XLSX: one way to write each. No cell runs as a formula, whoever typed what stands in it."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence

from defusedcsv import csv
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Value = str | int | float | None
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that a workbook can't hold
_LONGEST = 32_767  # characters in a cell


def as_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with the mark that spreadsheet programs know it by; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out).writerows([["" if value is None else value for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Mapping[str, Iterable[Sequence[Value]]], *, title: str, widths: Sequence[int] = ()) -> bytes:
    """A workbook; the first row of each sheet holds its headings and stays in sight.

    `widths`: of the columns, in characters. A sheet named "Cover" has words beside their names instead of headings.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, ""
    for name, rows in sheets.items():
        sheet, is_cover = book.create_sheet(name), name == "Cover"
        for at, width in enumerate((20, 80) if is_cover else widths, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        if not is_cover:
            sheet.freeze_panes = "A2"
        for number, row in enumerate(rows):
            sheet.append(
                [
                    _cell(sheet, value, bold=place == 0 if is_cover else number == 0, wrap=is_cover)
                    for place, value in enumerate(row)
                ]
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(value: str) -> str:
    """What a cell can hold of these words."""
    return _UNWRITABLE.sub(" ", value)[:_LONGEST]


def _cell(sheet: object, value: Value, *, bold: bool, wrap: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # words, also where they begin like a formula
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell

"""A commissioner's own workbook, filled by named cells; whole or not at all.

A cell of the template that has the name of a figure takes its count; with `_of` its denominator, with `_percent` its
percentage. All such names begin with `figure_`. Formulas of the template stay; we write a number or plain words.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.defined_name import DefinedName

from alongside.foundation.kit.tables import text
from alongside.insight.interchange.reading import Limits, ListRefused, read_list
from alongside.insight.interchange.reading.limits import MB
from alongside.insight.monitoring.queries import ReturnSheet

TEMPLATE_BYTES = 5 * MB
LIMITS = Limits(file_bytes=TEMPLATE_BYTES, member_bytes=20 * MB, unfolded_bytes=40 * MB, members=400, rows=20_000)
PREFIX = "figure_"
ABOUT = ("return_from", "return_to", "return_of", "return_name", "return_counted_on")
_ONE_CELL = re.compile(r"^('(?:[^']|'')+'|[^'!]+)!\$?([A-Z]{1,3})\$?([0-9]+)$")
Value = str | int | None


class TemplateRefused(Exception):
    """Nothing was written. `words` say what to mend; `missing` lists it."""

    def __init__(self, words: str, missing: tuple[str, ...] = ()) -> None:
        self.words, self.missing = words, missing
        super().__init__(words)


NOT_A_WORKBOOK = "This is not a workbook (.xlsx) that can be filled. Save the template as .xlsx and choose it again."
NO_NAMES = (
    "No cell of this template has a name that begins with “figure_”, so there is nothing to fill. Give the cells the"
    " names listed below: in the spreadsheet, choose a cell and type its name into the name box."
)
NOT_THERE = "The template was not filled. These named cells can’t be filled: mend them, then choose it again."
PICTURES = "This template holds charts or pictures that would be lost. Tick the box if they may be left out."


def values(sheet: ReturnSheet) -> dict[str, Value]:
    """Name of a cell -> what stands in it."""
    found: dict[str, Value] = {
        "return_from": sheet.period.since.isoformat(),
        "return_to": sheet.period.until.isoformat(),
        "return_of": sheet.whose,
        "return_name": sheet.framework,
        "return_counted_on": sheet.as_of.isoformat(),
    }
    for _, line in sheet.lines():
        name = PREFIX + line.definition.key
        found[name] = line.figure.count
        if line.figure.of is not None:
            found[f"{name}_of"] = line.figure.of
            found[f"{name}_percent"] = line.figure.percent
    return found


def filled(content: bytes, known: Mapping[str, Value], *, without_pictures: bool = False) -> bytes:
    """The template with its named cells filled. Raises ListRefused for a hostile file, TemplateRefused."""
    if read_list(content, LIMITS).kind != "xlsx":  # in the isolated reader, before anything is opened here
        raise TemplateRefused(NOT_A_WORKBOOK)
    if not without_pictures and _has_pictures(content):
        raise TemplateRefused(PICTURES)
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError):
        raise TemplateRefused(NOT_A_WORKBOOK) from None
    cells = dict(_named(book))
    if not any(name.startswith(PREFIX) for name in cells):
        raise TemplateRefused(NO_NAMES)
    missing = tuple(_wrong(cells, known))
    if missing:
        raise TemplateRefused(NOT_THERE, missing)
    for name, cell in cells.items():
        assert cell is not None
        _write(cell, known[name])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Cell, value: Value) -> None:
    cell.value = text(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # words, also where they begin like a formula


def _named(book: Workbook) -> Iterator[tuple[str, Cell | None]]:
    """Our names of the template, each with its cell; None where it leads to no single cell."""
    everywhere = [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]
    for defined in (each for names in everywhere for each in names.values()):
        if defined.name.startswith(PREFIX) or defined.name in ABOUT:
            yield defined.name, _cell(book, defined.value or "")


def _cell(book: Workbook, address: str) -> Cell | None:
    told = _ONE_CELL.match(address)
    if told is None:
        return None
    name = told[1].strip("'").replace("''", "'")
    sheet = book[name] if name in book.sheetnames else None
    if sheet is None or not 0 < int(told[3]) <= LIMITS.rows:
        return None
    found = sheet[f"{told[2]}{told[3]}"]
    return found if isinstance(found, Cell) else None  # a part of a merged cell holds nothing


def _wrong(cells: Mapping[str, Cell | None], known: Mapping[str, Value]) -> Iterator[str]:
    for name, cell in sorted(cells.items()):
        if cell is None:
            yield f"{name}: leads to no cell. Give the name to one cell of the template."
        elif name not in known:
            yield f"{name}: this return has no such figure."
        elif cell.data_type == "f":
            yield f"{name}: holds a formula, which would be lost. Give the name to an empty cell."


def _has_pictures(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return any(Path(name).parts[:2] in (("xl", "charts"), ("xl", "media")) for name in package.namelist())


def blank(known: Mapping[str, Value], words: Mapping[str, str]) -> bytes:
    """A workbook with every name in it, to copy cells from. `words`: name -> what stands in that cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Return"
    sheet.append(["Figure", "Value", "Name of the cell"])
    for place, name in enumerate(known, start=2):
        sheet.append([words.get(name, name), None, name])
        book.defined_names[name] = DefinedName(name, attr_text=f"Return!$B${place}")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width = 50, 40
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


__all__ = ["ListRefused", "TemplateRefused", "blank", "filled", "values"]

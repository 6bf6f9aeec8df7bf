"""A picture as CSV and XLSX. Neutral names, no cell that runs as a formula, the cover beside the numbers."""

import io
from collections.abc import Iterator

import xlsxwriter
from defusedcsv import csv

from alongside.insight.population.sheet import Row, Sheet
from alongside.insight.rounding import Cell

HEADINGS = (
    "Section",
    "Figure",
    "About",
    "Count",
    "Low",
    "High",
    "Denominator",
    "Per cent",
    "Unit",
    "What is counted",
    "Counted out of",
    "As of",
)
NAMES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Value = Cell | None


def file_name(sheet: Sheet, kind: str) -> str:
    return f"picture-{sheet.as_of.isoformat()}.{kind}"


def as_csv(sheet: Sheet) -> bytes:
    """One table, and below it the cover as rows; with a byte order mark, which spreadsheet programs need."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for values in _table(sheet):
        writer.writerow(["" if value is None else value for value in values])
    writer.writerow([])
    writer.writerows(_cover(sheet))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """Two sheets: cover and figures. Words go in as text, never as formula or link."""
    out = io.BytesIO()
    text_only = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, text_only) as book:
        book.set_properties({"title": "Picture", "author": ""})
        wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        cover = book.add_worksheet("Cover")
        cover.set_column(0, 0, 36, wrapped)
        cover.set_column(1, 2, 70, wrapped)
        for place, words in enumerate(_cover(sheet)):
            for column, each in enumerate(words):
                cover.write_string(place, column, each)
        figures = book.add_worksheet("Figures")
        figures.set_column(0, 2, 30)
        figures.freeze_panes(1, 0)
        for column, heading in enumerate(HEADINGS):
            figures.write_string(0, column, heading, bold)
        for place, values in enumerate(_table(sheet), start=1):
            for column, value in enumerate(values):
                _write(figures, place, column, value)
    return out.getvalue()


def _write(figures: xlsxwriter.worksheet.Worksheet, place: int, column: int, value: Value) -> None:
    if isinstance(value, int):
        figures.write_number(place, column, value)
    elif value is not None:
        figures.write_string(place, column, value)


def _table(sheet: Sheet) -> Iterator[list[Value]]:
    for title, row in sheet.all_rows():
        yield _values(sheet, title, row)


def _values(sheet: Sheet, title: str, row: Row) -> list[Value]:
    line, definition = row.line, row.definition
    return [
        title,
        definition.name,
        ", ".join(line.about),
        line.count,
        line.low,
        line.high,
        line.of,
        row.percent,
        definition.unit,
        definition.sentence,
        definition.denominator,
        sheet.as_of.isoformat(),
    ]


def _cover(sheet: Sheet) -> Iterator[list[str]]:
    """What one needs to know before quoting a number."""
    yield ["Picture of", sheet.partnership]
    yield ["As of", sheet.as_of.isoformat()]
    yield ["New means new from", f"{sheet.period.since.isoformat()} to {sheet.period.until.isoformat()}"]
    yield ["Agencies with records", ", ".join(sheet.counted.agencies)]
    yield ["Rule", sheet.rule]
    for note in sheet.counted.notes:
        yield ["Note", note]
    for _, row in sheet.all_rows():
        for words in row.line.words:
            yield [row.definition.name, words]
    yield [sheet.version, "What is counted", "Out of"]
    for definition in sheet.used():
        yield [definition.name, definition.sentence, definition.denominator]

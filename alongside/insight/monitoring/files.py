"""A return as CSV and XLSX: the same numbers as the page. Neutral names, no cell that runs as a formula."""

import io

import xlsxwriter
from defusedcsv import csv

from alongside.insight.monitoring.queries import ReturnSheet
from alongside.insight.monitoring.shown import HEADINGS, cells, cover

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def file_name(sheet: ReturnSheet, kind: str) -> str:
    return f"return-{sheet.period.since.isoformat()}-{sheet.period.until.isoformat()}.{kind}"


def as_csv(sheet: ReturnSheet) -> bytes:
    """One table, and below it the cover as rows; with a byte order mark, which spreadsheet programs need."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([["" if value is None else value for value in row] for row in cells(sheet)])
    writer.writerow([])
    writer.writerows(cover(sheet))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: ReturnSheet) -> bytes:
    """Two sheets: cover and figures. Words go in as text, never as formula or link."""
    out = io.BytesIO()
    text_only = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, text_only) as book:
        book.set_properties({"title": "Return", "author": ""})
        bold = book.add_format({"bold": True})
        front = book.add_worksheet("Cover")
        front.set_column(0, 0, 20)
        front.set_column(1, 1, 80)
        for place, words in enumerate(cover(sheet)):
            front.write_string(place, 0, words[0], bold)
            front.write_string(place, 1, words[1])
        figures = book.add_worksheet("Figures")
        figures.set_column(0, 1, 34)
        figures.freeze_panes(1, 0)
        for column, heading in enumerate(HEADINGS):
            figures.write_string(0, column, heading, bold)
        for place, row in enumerate(cells(sheet), start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    figures.write_number(place, column, value)
                elif value is not None:
                    figures.write_string(place, column, value)
    return out.getvalue()

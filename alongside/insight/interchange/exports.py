"""The rows that need a person, as a file for whoever keeps the list. No cell can run as a formula."""

import io
from collections.abc import Iterator, Sequence

import defusedcsv.csv as safe_csv
import xlsxwriter

from alongside.insight.interchange.queries import RowView

TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def table_of(rows: Sequence[RowView]) -> Iterator[list[str]]:
    """Headings, then each row: its number, what is wrong, what to do, and its cells as they stand."""
    headings = max((row.headings for row in rows), key=len, default=())
    yield ["Row", "What is wrong", "What to do", *headings]
    for row in rows:
        wrong = "; ".join(f"{problem.column} {problem.words}".strip() for problem in row.problems)
        mend = " ".join(dict.fromkeys(problem.what_to_do for problem in row.problems))
        yield [str(row.number), wrong, mend, *row.cells]


def as_csv(rows: Sequence[RowView]) -> bytes:
    """UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    safe_csv.writer(out).writerows(table_of(rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[RowView]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXT_ONLY) as book:
        sheet = book.add_worksheet("Rows to mend")
        for at, cells in enumerate(table_of(rows)):
            for column, text in enumerate(cells):
                sheet.write_string(at, column, text)
    return out.getvalue()

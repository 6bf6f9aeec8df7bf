"""A return as CSV and XLSX: the same numbers as the page. Neutral names, no cell that runs as a formula."""

from alongside.foundation.kit import tables
from alongside.insight.monitoring.queries import ReturnSheet
from alongside.insight.monitoring.shown import HEADINGS, cells, cover

TYPES = tables.TYPES
WIDTHS = (34, 34)


def file_name(sheet: ReturnSheet, kind: str) -> str:
    return f"return-{sheet.period.since.isoformat()}-{sheet.period.until.isoformat()}.{kind}"


def as_csv(sheet: ReturnSheet) -> bytes:
    """One table, and below it the cover as rows."""
    return tables.as_csv([HEADINGS, *cells(sheet), [], *cover(sheet)])


def as_xlsx(sheet: ReturnSheet) -> bytes:
    """Two sheets: cover and figures."""
    return tables.as_xlsx({"Cover": cover(sheet), "Figures": [HEADINGS, *cells(sheet)]}, title="Return", widths=WIDTHS)

"""A picture as CSV and XLSX. Neutral names, no cell that runs as a formula, the cover beside the numbers."""

from collections.abc import Iterator

from alongside.foundation.kit import tables
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
NAMES = tables.TYPES
WIDTHS = (30, 30, 30)
Value = Cell | None


def file_name(sheet: Sheet, kind: str) -> str:
    return f"picture-{sheet.as_of.isoformat()}.{kind}"


def as_csv(sheet: Sheet) -> bytes:
    """One table, and below it the cover as rows."""
    return tables.as_csv([HEADINGS, *_table(sheet), [], *_cover(sheet)])


def as_xlsx(sheet: Sheet) -> bytes:
    """Two sheets: cover and figures."""
    return tables.as_xlsx(
        {"Cover": _cover(sheet), "Figures": [HEADINGS, *_table(sheet)]}, title="Picture", widths=WIDTHS
    )


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

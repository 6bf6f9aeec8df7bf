"""A sheet as the components of the page take it."""

from alongside.foundation.kit.charts import BarChart, UpSetChart, bar_chart, upset_chart
from alongside.foundation.kit.rows import Bar, Column, Figure, Overlap
from alongside.foundation.kit.show import day
from alongside.insight.population.sheet import Row, Sheet, said
from alongside.insight.rounding import Cell

MOST_COLUMNS = 16
COLUMNS = (Column("Figure"), Column("Count", numeric=True), Column("Interval"), Column("Counted out of"))
MEANINGS = (Column("Figure"), Column("What is counted"), Column("Out of"))


def cards(sheet: Sheet, *keys: str) -> list[Figure]:
    return [_card(sheet, row) for key in keys for row in sheet.rows(key)]


def _card(sheet: Sheet, row: Row) -> Figure:
    return Figure(row.label, said(row.line.count), row.definition.sentence, day(sheet.as_of), row.interval, row.of)


def table(sheet: Sheet) -> list[list[str]]:
    """Every figure with its interval and denominator; what it counts stands in `meanings`."""
    return [
        [
            row.label if not row.line.about else f"{row.definition.name}: {row.label}",
            said(row.line.count),
            row.interval,
            row.of,
        ]
        for _, row in sheet.all_rows()
    ]


def meanings(sheet: Sheet) -> list[list[str]]:
    return [[each.name, each.sentence, each.denominator] for each in sheet.used()]


def agencies(sheet: Sheet) -> BarChart | None:
    rows = sheet.rows("by_agency")
    bars = [
        Bar(row.label, _height(row.line.count), _shown(row), _height(row.line.low), _height(row.line.high))
        for row in rows
    ]
    return bar_chart(bars) if bars else None


def overlaps(sheet: Sheet) -> UpSetChart | None:
    """The commonest combinations; all of them are in the table of all figures."""
    totals = [(row.label, said(row.line.count)) for row in sheet.rows("by_agency")]
    rows = sheet.rows("overlap")[:MOST_COLUMNS]
    columns = [Overlap(row.line.about, _height(row.line.count), said(row.line.count)) for row in rows]
    return upset_chart(totals, columns) if columns else None


def _shown(row: Row) -> str:
    count = said(row.line.count)
    return count if row.line.low is None else f"{count} ({said(row.line.low)} to {said(row.line.high)})"


def _height(cell: Cell | None) -> float | None:
    return float(cell) if isinstance(cell, int) else None

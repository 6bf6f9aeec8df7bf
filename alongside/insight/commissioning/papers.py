"""Returns, releases, plans and reviews as tagged PDF: the same numbers as their pages."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from alongside.foundation.kit.charts import BarChart, TrendChart
from alongside.foundation.kit.pdf import pdf
from alongside.foundation.kit.rows import Cell, Column

TEMPLATE = Path(__file__).parent / "print" / "paper.typ"
Row = Sequence[Cell | str]


def table(caption: str, columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": [{"words": each.words, "numeric": each.numeric} for each in columns],
        "rows": [[each.text if isinstance(each, Cell) else each for each in row] for row in rows],
    }


def picture(caption: str, chart: TrendChart) -> dict[str, str]:
    """A trend with the words that a screen reader says in its place."""
    said = "; ".join(f"{mark.point.words}: {mark.point.shown}" for mark in chart.marks)
    return {"caption": caption, "alt": f"{caption}. {said}.", "svg": drawn(chart)}


def bars(caption: str, chart: BarChart) -> dict[str, str]:
    """Bars, with their words and numbers read in their place."""
    said = "; ".join(f"{mark.bar.words}: {mark.bar.shown}" for mark in chart.marks)
    return {"caption": caption, "alt": f"{caption}. {said}.", "svg": drawn_bars(chart)}


def paper(
    title: str, lines: Sequence[str], tables: Sequence[dict[str, Any]], pictures: Sequence[dict[str, str]] = ()
) -> bytes:
    return pdf(TEMPLATE, {"title": title, "lines": [*lines], "tables": [*tables], "pictures": [*pictures]})


def drawn(chart: TrendChart) -> str:
    """The trend with its colours as attributes, for where no style sheet reaches. Only numbers of ours stand in it."""
    parts = [_path(f"M20 {chart.base}H{chart.width - 20}", "#888888")]
    if chart.aim is not None:
        parts.append(_path(f"M20 {chart.aim}H{chart.width - 20}", "#222222", dash="4 3"))
    for mark in chart.marks:
        if mark.low is not None and mark.high is not None:
            parts.append(_path(f"M{mark.x} {mark.low}V{mark.high}", "#222222"))
    parts.append(_path(chart.line or "M0 0", "#0b5563", width=4))
    parts += [
        f'<circle cx="{mark.x}" cy="{mark.y}" r="6" fill="#0b5563"/>' for mark in chart.marks if mark.y is not None
    ]
    box = f'viewBox="0 0 {chart.width} {chart.base + 10}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def drawn_bars(chart: BarChart) -> str:
    """Bars and target lines; the words beside them are escaped."""
    parts = []
    for mark in chart.marks:
        middle = mark.y + chart.thickness / 2 + 5
        parts.append(
            f'<rect x="{chart.start}" y="{mark.y}" width="{mark.length}" height="{chart.thickness}" fill="#0b5563"/>'
        )
        if mark.aim is not None:
            parts.append(_path(f"M{mark.aim} {mark.y - 6}v{chart.thickness + 12}", "#222222", dash="4 3"))
        parts.append(f'<text x="{chart.start - 12}" y="{middle}" text-anchor="end">{escape(mark.bar.words)}</text>')
        end = max(chart.start + mark.length, mark.aim or 0) + 10
        parts.append(f'<text x="{end}" y="{middle}">{escape(mark.bar.shown)}</text>')
    box = f'viewBox="0 0 {chart.width} {chart.height}" font-family="Noto Sans" font-size="15"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _path(line: str, colour: str, *, width: int = 2, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>'

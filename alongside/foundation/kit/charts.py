"""Where the marks of a chart stand. Pure geometry in SVG units; words and colours are the template's."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from alongside.foundation.kit.rows import Bar, Flow, Overlap, Point, Square

WIDTH = 720
LABEL = 200
VALUE = 110
LINE = 44
STEP = 52
ROW = 34
TOP = 170
GRID_LABEL, GRID_HEAD, GRID_ROW = 130, 30, 40
SHADES = 4
HEIGHT, HEAD, SIDE = 200, 34, 50


@dataclass(frozen=True, slots=True)
class BarMark:
    bar: Bar
    y: int
    length: float
    low: float | None
    high: float | None
    aim: float | None


@dataclass(frozen=True, slots=True)
class BarChart:
    """`marks` in the order given; `start` is the x of nought."""

    marks: tuple[BarMark, ...]
    width: int
    height: int
    start: int
    thickness: int = 22


@dataclass(frozen=True, slots=True)
class PointMark:
    point: Point
    x: float
    y: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class TrendChart:
    """`line` joins neighbouring points; `aim` is the y of the target; `base` that of nought."""

    marks: tuple[PointMark, ...]
    line: str
    aim: float | None
    width: int
    height: int
    base: int


@dataclass(frozen=True, slots=True)
class FlowMark:
    flow: Flow
    y: int
    came: float
    went: float


@dataclass(frozen=True, slots=True)
class FlowChart:
    """`middle` is the x of nought."""

    marks: tuple[FlowMark, ...]
    width: int
    height: int
    middle: float
    thickness: int = 22


@dataclass(frozen=True, slots=True)
class UpSetColumn:
    overlap: Overlap
    x: int
    height: float
    dots: tuple[tuple[int, bool], ...]  # y of each set's dot, and whether she is in it
    join: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class UpSetChart:
    """Columns of counts over a grid of dots. `sets` is (name, total in words, y)."""

    sets: tuple[tuple[str, str, int], ...]
    columns: tuple[UpSetColumn, ...]
    width: int
    height: int
    start: int
    base: int = TOP
    thickness: int = 28


@dataclass(frozen=True, slots=True)
class GridMark:
    square: Square
    x: int
    y: int
    shade: int  # 0 for an empty square, else 1 to SHADES


@dataclass(frozen=True, slots=True)
class GridChart:
    """`columns` are (words, middle), `rows` (words, middle)."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, float], ...]
    marks: tuple[GridMark, ...]
    width: int
    height: int
    wide: int
    start: int = GRID_LABEL
    high: int = GRID_ROW - 4


def bar_chart(bars: Sequence[Bar], label: int = LABEL) -> BarChart:
    """Bars from nought on one scale that also holds the upper ends of the intervals and the targets.

    `label`: the width kept for the words before the bars.
    """
    ends = [each for bar in bars for each in (bar.value, bar.high, bar.aim) if each is not None]
    top = max(ends, default=0) or 1
    room = WIDTH - label - VALUE

    def along(value: float | None) -> float | None:
        return None if value is None else round(label + value / top * room, 1)

    marks = tuple(
        BarMark(
            bar,
            index * LINE + 10,
            round((bar.value or 0) / top * room, 1),
            along(bar.low),
            along(bar.high),
            along(bar.aim),
        )
        for index, bar in enumerate(bars)
    )
    return BarChart(marks, WIDTH, len(marks) * LINE + 4, label)


def trend_chart(points: Sequence[Point], aim: float | None = None) -> TrendChart:
    """Points from left to right over a scale from nought; a gap where there is no value. `aim`: a target line."""
    ends = [each for point in points for each in (point.value, point.high) if each is not None]
    top = max([*ends, *([aim] if aim is not None else [])], default=0) or 1
    step = (WIDTH - 2 * SIDE) / max(len(points) - 1, 1)

    def up(value: float | None) -> float | None:
        return None if value is None else round(HEIGHT - value / top * (HEIGHT - HEAD), 1)

    marks = tuple(
        PointMark(point, round(SIDE + index * step, 1), up(point.value), up(point.low), up(point.high))
        for index, point in enumerate(points)
    )
    return TrendChart(marks, _line(marks), up(aim), WIDTH, HEIGHT + 44, HEIGHT)


def _line(marks: Sequence[PointMark]) -> str:
    drawn, pen = [], "M"
    for mark in marks:
        if mark.y is None:
            pen = "M"
            continue
        drawn.append(f"{pen}{mark.x} {mark.y}")
        pen = "L"
    return "".join(drawn)


def flow_chart(flows: Sequence[Flow]) -> FlowChart:
    """Bars to both sides of one line: who came to the right, who went to the left, on one scale."""
    top = max([each for flow in flows for each in (flow.came, flow.went) if each is not None], default=0) or 1
    middle, room = (WIDTH + LABEL) / 2, (WIDTH - LABEL) / 2 - VALUE / 2
    marks = tuple(
        FlowMark(
            flow, index * LINE + 10, round((flow.came or 0) / top * room, 1), round((flow.went or 0) / top * room, 1)
        )
        for index, flow in enumerate(flows)
    )
    return FlowChart(marks, WIDTH, len(marks) * LINE + 4, round(middle, 1))


def grid_chart(columns: Sequence[str], rows: Sequence[str], squares: Sequence[Sequence[Square]]) -> GridChart:
    """Squares by row and column, the darker the greater their value."""
    top = max([each.value for row in squares for each in row if each.value is not None], default=0) or 1
    step = (WIDTH - GRID_LABEL) // max(1, len(columns))
    marks = tuple(
        GridMark(square, GRID_LABEL + place * step, GRID_HEAD + line * GRID_ROW, _shade(square.value, top))
        for line, row in enumerate(squares)
        for place, square in enumerate(row)
    )
    heads = tuple((words, GRID_LABEL + place * step + step / 2 - 2) for place, words in enumerate(columns))
    lines = tuple((words, GRID_HEAD + line * GRID_ROW + GRID_ROW / 2 - 2) for line, words in enumerate(rows))
    return GridChart(heads, lines, marks, WIDTH, GRID_HEAD + len(rows) * GRID_ROW, step - 4)


def _shade(value: float | None, top: float) -> int:
    return 0 if not value else min(SHADES, max(1, ceil(SHADES * value / top)))


def upset_chart(sets: Sequence[tuple[str, str]], overlaps: Sequence[Overlap]) -> UpSetChart:
    """`sets` are (name, total in words). Raises ValueError when an overlap names a set that is not there."""
    rows = {name: TOP + 24 + index * ROW for index, (name, _) in enumerate(sets)}
    unknown = {member for overlap in overlaps for member in overlap.members} - rows.keys()
    if unknown:
        raise ValueError(f"No such set: {', '.join(sorted(unknown))}")
    top = max([overlap.value for overlap in overlaps if overlap.value is not None], default=0) or 1
    start = LABEL + 60
    columns = tuple(_column(overlap, start + 20 + index * STEP, top, rows) for index, overlap in enumerate(overlaps))
    width = max(WIDTH, start + len(columns) * STEP + 20)
    listed = tuple((name, total, rows[name]) for name, total in sets)
    return UpSetChart(listed, columns, width, TOP + 24 + len(rows) * ROW, start)


def _column(overlap: Overlap, x: int, top: float, rows: dict[str, int]) -> UpSetColumn:
    dots = tuple((y, name in overlap.members) for name, y in rows.items())
    inside = [y for y, member in dots if member]
    join = (min(inside), max(inside)) if len(inside) > 1 else None
    return UpSetColumn(overlap, x, round((overlap.value or 0) / top * (TOP - 30), 1), dots, join)

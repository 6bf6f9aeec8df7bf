"""A return that was made elsewhere: its lines as printed, and what does not fit in them. Pure; no framework.

Faults: a percentage that its count does not give, a count above its denominator, a line without a number, lines that do
not add up to their total, the same line twice with other numbers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

PERCENT = re.compile(r"%|per ?cent|proportion", re.I)
OUT_OF = re.compile(r"out of|denominator|\bbase\b|^of$", re.I)
COUNT = re.compile(r"count|number|^no\.?$|^n$|women|clients|people|total|actual|figure", re.I)
TOTAL = re.compile(r"^(grand )?(total|all|sum|overall|altogether)\b", re.I)
NUMBER = re.compile(r"^-?\d{1,3}(,\d{3})+$|^-?\d+(\.\d+)?$")
BOTH = re.compile(r"^(\d[\d,]*)\s*(?:of\s*(\d[\d,]*))?\s*\(?\s*(\d+(?:\.\d+)?)\s*(?:%|per ?cent)\s*\)?$", re.I)
MOST_LINES = 300
LABEL = 120
SAID_SO = "If a woman may stand in several lines, the return should say so."


class NoFigures(Exception):
    words = (
        "No figures were found in this file. It needs a column with what is counted and a column with numbers: put a"
        " heading over each, “Count” and “Per cent” say, and hand it in again."
    )


class TooLong(Exception):
    words = f"This file has more than {MOST_LINES} lines with numbers: it looks like a list, not a return."


@dataclass(frozen=True, slots=True)
class Line:
    """`number`: the row of the file. `percent`: as printed, without its sign; "" where none is."""

    number: int
    label: str
    count: int | None
    of: int | None
    percent: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    number: int
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class _Columns:
    label: int
    count: int
    of: int | None
    percent: int | None
    is_fraction: bool


Rows = Sequence[tuple[int, Sequence[str]]]


def read_lines(rows: Rows) -> tuple[tuple[Line, ...], ...]:
    """The lines of a sheet, in blocks that blank rows and totals part; a block may begin with words alone.

    Raises NoFigures, TooLong.
    """
    columns = _columns(rows)
    blocks: list[list[Line]] = [[]]
    for number, cells in rows[_heading(rows) + 1 :]:
        line = _line(number, cells, columns)
        is_heading = line is not None and not blocks[-1] and line.count is None and not line.percent
        if line is not None and not is_heading:
            blocks[-1].append(line)
        if (line is None or line.is_total) and blocks[-1]:
            blocks.append([])
    found = tuple(tuple(block) for block in blocks if any(line.count is not None or line.percent for line in block))
    if not found:
        raise NoFigures
    if sum(map(len, found)) > MOST_LINES:
        raise TooLong
    return found


def _heading(rows: Rows) -> int:
    """Where the headings are: the first row without a number that names a count or a share; -1 when none does."""
    for at, (_, cells) in enumerate(rows[:50]):
        named = sum(bool(COUNT.search(cell) or PERCENT.search(cell) or OUT_OF.search(cell)) for cell in cells)
        if named >= 1 and len([cell for cell in cells if cell.strip()]) > 1 and not any(map(_number, cells)):
            return at
    return -1


def _columns(rows: Rows) -> _Columns:
    at = _heading(rows)
    headings = list(rows[at][1]) if at >= 0 else []
    body = [cells for _, cells in rows[at + 1 :]]
    percent = next((n for n, words in enumerate(headings) if PERCENT.search(words)), None)
    of = next((n for n, words in enumerate(headings) if n != percent and OUT_OF.search(words)), None)
    taken = {percent, of}
    width = max((len(cells) for cells in body), default=0)
    numeric = [n for n in range(width) if n not in taken and any(_value(cells, n) for cells in body)]
    named = [n for n in numeric if n < len(headings) and COUNT.search(headings[n])]
    if not numeric and percent is None:
        raise NoFigures
    count = (named or numeric or [0])[0]
    label = next((n for n in range(width) if n not in {count, *taken} and any(_words(cells, n) for cells in body)), 0)
    values = [Decimal(each) for cells in body if percent is not None and (each := _plain(cells, percent))]
    return _Columns(label, count, of, percent, bool(values) and all(0 <= each <= 1 for each in values))


def _line(number: int, cells: Sequence[str], columns: _Columns) -> Line | None:
    label = _cell(cells, columns.label)[:LABEL]
    if not label or NUMBER.match(label):
        return None
    both = BOTH.match(_cell(cells, columns.count))
    if both:
        whole = both[2] or _cell(cells, columns.of)
        return Line(number, label, _whole(both[1]), _whole(whole), both[3], bool(TOTAL.match(label)))
    count, of = _whole(_cell(cells, columns.count)), _whole(_cell(cells, columns.of))
    percent = _percent(cells, columns)
    return Line(number, label, count, of, percent, bool(TOTAL.match(label)))


def _percent(cells: Sequence[str], columns: _Columns) -> str:
    printed = _plain(cells, columns.percent)
    if not printed:
        return ""
    value = Decimal(printed) * (100 if columns.is_fraction else 1)
    return f"{value.normalize():f}" if columns.is_fraction else printed


def _plain(cells: Sequence[str], at: int | None) -> str:
    """A number as it is printed, without sign, bracket and comma; "" when it is none."""
    text = re.sub(r"per ?cent|[%(),\s]", "", _cell(cells, at), flags=re.I)
    return text if NUMBER.match(text) else ""


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _words(cells: Sequence[str], at: int) -> bool:
    text = _cell(cells, at)
    return bool(text) and not _number(text)


def _number(text: str) -> bool:
    return bool(NUMBER.match(text.strip())) or bool(BOTH.match(text.strip()))


def _value(cells: Sequence[str], at: int) -> bool:
    return _number(_cell(cells, at))


def _whole(text: str) -> int | None:
    plain = text.replace(",", "")
    return int(Decimal(plain)) if NUMBER.match(plain) and Decimal(plain) == int(Decimal(plain)) else None


# --- what does not fit -------------------------------------------------------------------------------------------


def faults(blocks: Iterable[Sequence[Line]], out_of: int | None = None) -> Iterator[Fault]:
    """What does not fit, block by block. `out_of`: how many there are in all, where the return does not print it."""
    for block in blocks:
        total = next((line for line in block if line.is_total), None)
        lines = [_whole_of(line, total, out_of) for line in block if not line.is_total]
        for line in lines:
            yield from _in_line(line)
        yield from _twice(lines)
        if total is not None:
            yield from _sum(lines, total)


def _whole_of(line: Line, total: Line | None, out_of: int | None) -> Line:
    return line if line.of is not None else replace(line, of=total.count if total and total.count else out_of)


def _in_line(line: Line) -> Iterator[Fault]:
    if line.count is None:
        words = "There is a percentage without its count." if line.percent else "There is no number in this line."
        yield Fault(line.number, line.label, words)
        return
    if line.count < 0:
        yield Fault(line.number, line.label, f"{line.count} is less than none.")
    if line.of is not None and line.count > line.of:
        yield Fault(line.number, line.label, f"{line.count:,} is more than the {line.of:,} it is counted out of.")
    elif line.percent and line.of:
        right = share(line.count, line.of, _places(line.percent))
        if Decimal(line.percent) != right:
            said = f"{line.percent}% is printed, but {line.count:,} of {line.of:,} is {right}%."
            yield Fault(line.number, line.label, said)
    elif line.percent:
        yield Fault(line.number, line.label, f"{line.percent}% of how many? There is no denominator to check it by.")


def share(count: int, of: int, places: int = 0) -> Decimal:
    """Per cent to so many places, halves upwards: as the product's own returns print it."""
    return (Decimal(100 * count) / of).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _places(printed: str) -> int:
    return len(printed.partition(".")[2])


def _twice(lines: Sequence[Line]) -> Iterator[Fault]:
    seen: dict[str, Line] = {}
    for line in lines:
        first = seen.setdefault(line.label.casefold(), line)
        if first is not line and (first.count, first.percent) != (line.count, line.percent):
            yield Fault(line.number, line.label, f"This line stands in row {first.number} too, with other numbers.")


def _sum(lines: Sequence[Line], total: Line) -> Iterator[Fault]:
    counts = [line.count for line in lines if line.count is not None]
    if total.count is None:
        yield Fault(total.number, total.label, "The total has no number.")
    elif counts and sum(counts) != total.count:
        words = f"The lines above add up to {sum(counts):,}, and the total says {total.count:,}. {SAID_SO}"
        yield Fault(total.number, total.label, words)

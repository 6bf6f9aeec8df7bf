"""The picture as it leaves the partnership: every number by the small-number rule (G1)."""

from dataclasses import replace

from alongside.insight.population.lines import Counted, Line
from alongside.insight.population.words import ASSUMPTIONS, WIDE
from alongside.insight.rounding import HIDDEN, SMALL, Cell, nearest, rounded, widened

RULE = (
    "Small numbers are hidden and the others are rounded to fives, each by itself, so that rows need not add up. A star"
    " stands for too few women to show, or for none. Percentages are made from the rounded numbers, and there is none"
    " of a small whole."
)
OTHERS = "Combinations of agencies that are not listed hold too few women to show, or none."
FOR_COORDINATOR = (
    "These numbers are exact or expected ones, for the co-ordinator. What is given to others is rounded, and small"
    " numbers are hidden."
)


def outside(inside: Counted) -> Counted:
    """The same lines by the rule. Overlaps that would be hidden are left out, whether they are small or nought."""
    lines = [_line(line) for line in inside.lines]
    shown = tuple(line for line in lines if not (line.key == "overlap" and line.count == HIDDEN))
    return Counted(inside.agencies, shown, (OTHERS,))


def _line(line: Line) -> Line:
    if line.count is None:
        return Line(line.key, None, about=line.about, words=_without_numbers(line.words))
    count = _rounded(line.count, line.structural)
    low, high = widened(line.low, line.high, count)
    between = None if line.between is None or count == HIDDEN else widened(*line.between, count)
    return replace(
        line,
        count=count,
        low=low,
        high=high,
        of=None if line.of is None else _rounded(line.of, False),
        between=None if between is None or None in between else between,  # type: ignore[arg-type]
        words=_words(count, low, high) if line.words else (),
    )


def _rounded(count: Cell, structural: bool) -> Cell:
    return count if isinstance(count, str) else rounded(count, structural=structural)


def _words(count: Cell, low: Cell | None, high: Cell | None) -> tuple[str, ...]:
    """What an estimate means, from the rounded numbers alone."""
    if isinstance(count, str):
        return ("Too few women for an estimate to be shown.",)
    said = (
        f"From how often the same women are on several lists we estimate that there are about {count} women in all, met"
        f" or not. The true number probably lies between {low} and {high}.",
    )
    if isinstance(low, int) and isinstance(high, int) and high <= WIDE * low:
        return (*said, ASSUMPTIONS)
    return (*said, "That is a wide interval: do not quote the number without it.", ASSUMPTIONS)


def _without_numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sentence for sentence in words if not any(letter.isdigit() for letter in sentence))


def is_safe(number: Cell | None) -> bool:
    """What a cell may hold outside: nothing, a star, nought, or a multiple of five above the small numbers."""
    return (
        number is None
        or number == HIDDEN
        or number == 0
        or (isinstance(number, int) and number > SMALL and number == nearest(number))
    )

"""The small-number rule for figures that leave the partnership (rule G1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SMALL = 7
NEAREST = 5
SMALLEST_DENOMINATOR = 20
HIDDEN = "*"

Cell = int | str
"""A count as shown: a number, or "*" for 1 to 7."""


@dataclass(frozen=True)
class Figure:
    """A count with all that it needs to be read. `low` and `high` are None where nothing was estimated.

    `denominator` is None where the count is no part of anything; `unit` is what is counted: "women", say.
    """

    label: str
    count: float
    low: float | None
    high: float | None
    denominator: float | None
    definition: str
    as_of: date
    unit: str


def rounded(count: float, *, structural: bool = False) -> Cell:
    """1 to 7 as "*", the rest to the nearest 5. A 0 is shown only where nothing else is possible.

    `structural`: the count cannot be anything but 0 (no men in a women's hostel). A 0 that merely happened
    would tell, by elimination, where everybody else is, so it is hidden as a small number.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    whole = int(count + 0.5)
    if whole == 0:
        return 0 if structural else HIDDEN
    return HIDDEN if whole <= SMALL else nearest(whole)


def nearest(count: float) -> int:
    """The nearest multiple of 5, halves upwards."""
    return int((count + NEAREST / 2) // NEAREST) * NEAREST


def percentage(count: Cell, denominator: Cell) -> int | None:
    """Whole per cent from the two counts as shown; None where one is hidden or the denominator is under 20."""
    if isinstance(count, str) or isinstance(denominator, str) or denominator < SMALLEST_DENOMINATOR:
        return None
    return int(100 * count / denominator + 0.5)


@dataclass(frozen=True)
class RoundedTable:
    """Cells as shown, and a total that was rounded by itself and so need not be their sum."""

    cells: dict[str, Cell]
    total: Cell
    percentages: dict[str, int | None]


def rounded_table(counts: Mapping[str, float], *, structural: frozenset[str] = frozenset()) -> RoundedTable:
    """Each cell, the total and the percentages by the rule; `structural` names the cells that can only be 0."""
    cells = {label: rounded(count, structural=label in structural) for label, count in counts.items()}
    total = rounded(sum(counts.values()), structural=set(counts) <= structural)
    return RoundedTable(cells, total, {label: percentage(cell, total) for label, cell in cells.items()})


@dataclass(frozen=True)
class RoundedFigure:
    """A figure as shown outside the partnership."""

    label: str
    count: Cell
    low: Cell | None
    high: Cell | None
    denominator: Cell | None
    percentage: int | None
    definition: str
    as_of: date
    unit: str


def rounded_figure(figure: Figure, *, structural: bool = False) -> RoundedFigure:
    """The figure by the rule. An interval is widened to fives; with a hidden count it is hidden too."""
    count = rounded(figure.count, structural=structural)
    denominator = None if figure.denominator is None else rounded(figure.denominator)
    low, high = _ends(figure, count)
    return RoundedFigure(
        label=figure.label,
        count=count,
        low=low,
        high=high,
        denominator=denominator,
        percentage=None if denominator is None else percentage(count, denominator),
        definition=figure.definition,
        as_of=figure.as_of,
        unit=figure.unit,
    )


def _ends(figure: Figure, count: Cell) -> tuple[Cell | None, Cell | None]:
    return widened(figure.low, figure.high, count)


def widened(low: Cell | float | None, high: Cell | float | None, count: Cell) -> tuple[Cell | None, Cell | None]:
    """An interval about a count as shown, widened to fives; its low end, or both with a hidden count, as "*"."""
    if low is None or high is None:
        return None, None
    if isinstance(count, str) or isinstance(low, str) or isinstance(high, str):
        return HIDDEN, HIDDEN
    down = int(low // NEAREST) * NEAREST
    up = -int(-high // NEAREST) * NEAREST
    return (HIDDEN if down <= SMALL else down), (HIDDEN if up <= SMALL else up)

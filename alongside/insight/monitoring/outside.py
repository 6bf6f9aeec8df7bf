"""A return as it leaves the partnership: rule G1, with more hidden, since any agency knows its own counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Figure
from alongside.insight.rounding import HIDDEN, NEAREST, Cell, nearest, percentage

FEW = 9
"""Up to this a count is hidden. Rule G1 hides up to 7: an agency that knows 3 of them would know the rest to 4."""
RULE = (
    "Counts of women, and of what was done with them, are rounded to the nearest 5, each by itself, so that figures"
    " need not add up. A star stands for fewer than ten, or for none. Percentages are made from the rounded counts, and"
    " there is none of a small whole. Shifts and sessions are exact."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it goes out."""

    key: str
    version: int
    count: Cell
    of: Cell | None

    @property
    def percent(self) -> int | None:
        return None if self.of is None else percentage(self.count, self.of)

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "version": self.version, "count": self.count, "of": self.of}


def shown(figure: Figure, definition: Definition, whole: Definition | None) -> Shown:
    """The figure by the rule. What tells nothing about a woman goes out as it is."""
    of = None if figure.of is None or whole is None else _cell(figure.of, whole)
    return Shown(figure.key, figure.version, _cell(figure.count, definition), of)


def _cell(count: int, definition: Definition) -> Cell:
    if definition.small == "open":
        return count
    return HIDDEN if count <= FEW else nearest(count)


def span(cell: Cell, *, exact: bool = False) -> tuple[int, int]:
    """From and to where the count may lie for whoever reads this."""
    if isinstance(cell, str):
        return 0, FEW
    if exact:
        return cell, cell
    half = NEAREST // 2
    return max(FEW + 1, cell - half), cell + half


def spans(shown_figures: Mapping[str, Shown], known: Mapping[str, Definition]) -> dict[str, tuple[int, int]]:
    """What each figure of a release tells, denominators that stand nowhere else too."""
    told: dict[str, tuple[int, int]] = {}
    for key, each in shown_figures.items():
        told[key] = span(each.count, exact=known[key].small == "open")
        whole = known[key].out_of
        if each.of is not None and whole not in shown_figures:
            told[whole] = span(each.of, exact=known[whole].small == "open")
    return told

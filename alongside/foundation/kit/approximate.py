"""Numbers and dates that are known only roughly. Roughly known is data, not an error."""

import re
from calendar import month_name
from dataclasses import dataclass

ABOUT = 3  # years either side of "about"; wide enough for a guess in the dark, narrow enough to be of use


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number that lies between `low` and `high`, both included; `typed` keeps her words."""

    low: int
    high: int
    typed: str


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, perhaps a month, perhaps a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [self.day, month_name[self.month] if self.month else None, self.year]
        return " ".join(str(part) for part in parts if part is not None)


_RANGE = re.compile(r"(?:between\s+)?(\d{1,3})\s*(?:-|–|to|and|or)\s*(\d{1,3})")
_DECADE = re.compile(r"(early|mid|late)?[\s-]*(?:her\s+)?(\d)0'?s")
_ABOUT = re.compile(r"(?:about|around|approx\.?|roughly|maybe|circa|c\.?|~)\s*(\d{1,3})|(\d{1,3})\s*(?:ish|\?|or so)")
_EXACT = re.compile(r"\d{1,3}")
_THIRDS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), None: (0, 9)}


def span(text: str) -> Span:
    """Read `30`, `about 30`, `30ish`, `28-32`, `late 20s`. Raises ValueError for anything else."""
    plain = " ".join(text.lower().split())
    if found := _EXACT.fullmatch(plain):
        return Span(int(plain), int(plain), text.strip())
    if found := _RANGE.fullmatch(plain):
        low, high = sorted((int(found[1]), int(found[2])))
        return Span(low, high, text.strip())
    if found := _DECADE.fullmatch(plain):
        first, last = _THIRDS[found[1]]
        return Span(int(found[2]) * 10 + first, int(found[2]) * 10 + last, text.strip())
    if found := _ABOUT.fullmatch(plain):
        middle = int(found[1] or found[2])
        return Span(max(0, middle - ABOUT), middle + ABOUT, text.strip())
    raise ValueError("Neither a number nor a guess")

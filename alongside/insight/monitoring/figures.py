"""A figure: count, denominator and day from one computation. Its percentage is made from them and never kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any


class Inconsistent(Exception):
    """A count that is larger than what it is counted out of."""


@dataclass(frozen=True, slots=True)
class Period:
    """Two London days, both counted."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise ValueError("A period begins before it ends.")


@dataclass(frozen=True, slots=True)
class Figure:
    """`women`: the numbers, in the figure's snapshot, of those counted; empty where no women are counted."""

    key: str
    version: int
    count: int
    of: int | None
    women: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.count < 0 or (self.of is not None and self.count > self.of):
            raise Inconsistent(self.key)

    @property
    def percent(self) -> int | None:
        """Whole per cent, halves upwards; None of a whole, and of an empty denominator."""
        return (200 * self.count + self.of) // (2 * self.of) if self.of else None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Figure":
        return cls(kept["key"], kept["version"], kept["count"], kept["of"], tuple(kept["women"]))


def quarter(day: date) -> Period:
    """The calendar quarter that a day lies in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(first, _months_on(first, 3) - timedelta(days=1))


def quarter_before(day: date) -> Period:
    """The last whole quarter before the one that a day lies in."""
    return quarter(quarter(day).since - timedelta(days=1))


def months_before(day: date, months: int) -> date:
    """The day after the same day of the month so many months earlier: where a window of months to `day` begins."""
    following = day + timedelta(days=1)
    return _months_on(date(following.year, following.month, 1), -months) + timedelta(days=min(following.day, 28) - 1)


def _months_on(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)

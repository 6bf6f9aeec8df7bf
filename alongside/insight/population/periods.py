"""The days between which a woman counts as new, and quarters of a year."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. Raises ValueError when it ends before it begins."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError("The period ends before it begins.")


def year_until(until: date) -> Period:
    """The twelve months that end on a day."""
    on = until + timedelta(days=1)
    if (on.month, on.day) == (2, 29):
        on = date(on.year, 3, 1)
    return Period(on.replace(year=on.year - 1), until)


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day is in."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)

"""When a place is open, by the clock on the wall; and hours as a worker writes them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z")
SPAN = re.compile(r"\s*(?:-|–|to)\s*")


class NotHours(Exception):
    """Written in a way that can't be read as hours."""

    words = "Write hours like 10:00-16:00; several with a comma between them; nothing for closed."


@dataclass(frozen=True, slots=True)
class Span:
    """From `opens` to `closes` on a weekday (0 Monday); past midnight when it closes before it opens."""

    day: int
    opens: time
    closes: time

    @property
    def past_midnight(self) -> bool:
        return self.closes <= self.opens

    @classmethod
    def kept(cls, told: Sequence[Any]) -> "Span":
        return cls(int(told[0]), time.fromisoformat(told[1]), time.fromisoformat(told[2]))

    def as_kept(self) -> tuple[int, str, str]:
        return self.day, f"{self.opens:%H:%M}", f"{self.closes:%H:%M}"

    def words(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


def read_spans(day: int, text: str) -> list[Span]:
    """`10:00-16:00, 22.00 to 03.00`. Raises NotHours."""
    return [_span(day, each.strip()) for each in text.split(",") if each.strip()]


def _span(day: int, text: str) -> Span:
    parts = SPAN.split(text)
    found = [CLOCK.match(each) for each in parts]
    if len(found) != 2 or not all(found):
        raise NotHours
    opens, closes = (time(int(each[1]), int(each[2])) for each in found if each)
    return Span(day, opens, closes)


def closes_at(spans: Iterable[Span], now: datetime) -> datetime | None:
    """When it closes, if it is open at this local moment (without a zone); None when it is closed."""
    ends = [end for begin, end in _around(spans, now.date()) if begin <= now < end]
    return max(ends, default=None)


def opens_next(spans: Iterable[Span], now: datetime) -> datetime | None:
    """The next time that it opens, within a week."""
    begins = [begin for week in (0, 7) for begin, _ in _around(spans, now.date() + timedelta(days=week)) if begin > now]
    return min(begins, default=None)


def _around(spans: Iterable[Span], day: date) -> list[tuple[datetime, datetime]]:
    """Every opening from the day before until a week on, as (begin, end) by the clock on the wall."""
    found = []
    for later in range(-1, 7):
        on = day + timedelta(days=later)
        for span in spans:
            if span.day == on.weekday():
                end = datetime.combine(on + timedelta(days=span.past_midnight), span.closes)
                found.append((datetime.combine(on, span.opens), end))
    return found


def week(spans: Iterable[Span]) -> list[str]:
    """`Mon–Fri 10:00–16:00`, `Sat 22:00–03:00`: days with the same hours stand together."""
    by_day = {day: [span for span in spans if span.day == day] for day in range(7)}
    lines: list[tuple[int, int, str]] = []
    for day in range(7):
        words = ", ".join(span.words() for span in sorted(by_day[day], key=lambda each: each.opens))
        if not words:
            continue
        if lines and lines[-1][1] == day - 1 and lines[-1][2] == words:
            lines[-1] = (lines[-1][0], day, words)
        else:
            lines.append((day, day, words))
    return [f"{DAYS[a]}{'' if a == b else f'–{DAYS[b]}'} {words}" for a, b, words in lines]

"""Hours as they are written on a door, and what is open when."""

from datetime import datetime, time

import pytest

from alongside.casework.directory import rules as r
from alongside.casework.directory.rules import Span

NIGHT = Span(3, time(22), time(3))  # Thursday into Friday
DAY = Span(0, time(10), time(16))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026: the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("10:00-16:00", [(10, 0, 16, 0)]),
        ("9.30 to 12:00, 22:00–03:00", [(9, 30, 12, 0), (22, 0, 3, 0)]),
        ("00:00-23:59", [(0, 0, 23, 59)]),
    ],
)
def test_hours_are_read_as_they_are_written(text: str, spans: list[tuple[int, ...]]) -> None:
    assert r.read_spans(2, text) == [Span(2, time(a, b), time(c, d)) for a, b, c, d in spans]


@pytest.mark.parametrize("text", ["10-16", "ten to four", "10:00", "25:00-26:00", "10:60-11:00", "1:00-2:00-3:00", "-"])
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(r.NotHours):
        r.read_spans(0, text)


@pytest.mark.parametrize(
    ("moment", "closes"),
    [
        (at(5, 21, 59), None),
        (at(5, 22), at(6, 3)),
        (at(6, 2, 59), at(6, 3)),
        (at(6, 3), None),
        (at(6, 23), None),
    ],
)
def test_a_night_goes_on_past_midnight(moment: datetime, closes: datetime | None) -> None:
    assert r.closes_at([NIGHT], moment) == closes


@pytest.mark.parametrize(
    ("moment", "opens"),
    [(at(2, 9), at(2, 10)), (at(2, 10), at(9, 10)), (at(3, 1), at(9, 10)), (at(8, 23), at(9, 10))],
)
def test_when_it_opens_next(moment: datetime, opens: datetime) -> None:
    assert r.opens_next([DAY], moment) == opens


def test_a_place_without_hours_never_opens() -> None:
    assert r.closes_at([], at(2, 10)) is None
    assert r.opens_next([], at(2, 10)) is None


def test_days_with_the_same_hours_stand_together() -> None:
    spans = [Span(day, time(10), time(16)) for day in (0, 1, 2, 4)] + [NIGHT]
    assert r.week(spans) == ["Mon–Wed 10:00–16:00", "Thu 22:00–03:00", "Fri 10:00–16:00"]


def test_hours_are_kept_whole() -> None:
    assert Span.kept(list(NIGHT.as_kept())) == NIGHT

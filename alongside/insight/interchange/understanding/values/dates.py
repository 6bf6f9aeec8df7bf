"""Dates as people write them in Britain: day first, in words, in part, or as a spreadsheet's number."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .understood import State, Understood, no_value, problem, tidy

WRITE_DATE = "Write the date as day/month/year, for example 14/06/2007, or leave it empty."
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "(?P<month>" + "|".join(name.lower() + "[a-z]*" for name in calendar.month_abbr if name) + r")\.?"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ]\d.*)?",
        r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)",
        r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})(?: \d{1,2}:\d\d.*)?",
        rf"(?:[a-z]{{3,9}},? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[- ]?{_MONTH},?[- ]?(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)
_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)",
        rf"(?:in |early |mid |late |sometime in )*{_MONTH}(?:[ ,-]*(?P<year>(?:19|20)\d\d)|[ -]?['-](?P<short>\d\d))?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ?{_MONTH}",
        r"(?P<month>\d{1,2})[-/](?P<year>(?:19|20)\d\d)",
        r"(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})",
        r"(?:in |early |mid |late |sometime in )*(?P<season>spring|summer|autumn|winter),? ?(?P<year>(?:19|20)\d\d)?",
    )
)
_ABOUT = re.compile(
    r"^(?:c(?:irca)?\.? ?|abt\.? |about |approx\.? |around |~ ?|\? ?|born (?:in )?|dob:? ?)+", re.IGNORECASE | re.ASCII
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheets' calendar after February 1900
_LONGEST = 60
_SERIALS = range(8_000, 60_000)  # 1921 to 2064


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """First and last possible day. They are the same when the day is known."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        return self.first == self.last

    @property
    def words(self) -> str:
        if self.exact:
            return _day(self.first)
        return f"between {_day(self.first)} and {_day(self.last)}"


def _day(on: date) -> str:
    return f"{on.day} {calendar.month_name[on.month]} {on.year}"


@lru_cache(maxsize=50_000)
def read_date(text: str, latest: date, year: int | None = None) -> Understood[Span]:
    """A date or a part of one, not after `latest`. `year` is the list's own year, for "sometime in June"."""
    text = tidy(text)
    empty = no_value(text)
    if empty:
        return empty
    if len(text) > _LONGEST:
        return problem("is too long for a date", WRITE_DATE)
    plain = _ABOUT.sub("", text)
    try:
        span = _whole(plain, latest) or _part(plain, latest, year)
    except ValueError:
        return problem("is not a day in the calendar", WRITE_DATE)
    if span is None:
        return problem("is not a date that can be read", WRITE_DATE)
    if span.first > latest or span.first.year < 1900:
        return problem("is a date that cannot be right", WRITE_DATE)
    if plain != text and span.exact and not re.match("dob|born", text, re.IGNORECASE | re.ASCII):
        span = Span(span.first - timedelta(days=7), min(span.last + timedelta(days=7), latest))
    return Understood(State.VALUE if span.exact else State.SPAN, span, span.words)


def _whole(text: str, latest: date) -> Span | None:
    if text.isdecimal() and text.isascii() and len(text) <= 5 and int(text) in _SERIALS:
        on = _SERIAL_ZERO + timedelta(days=int(text))
        return Span(on, on)
    for form in _FORMS:
        if found := form.fullmatch(text):
            on = date(_year(found["year"], latest), _month(found["month"]), int(found["day"]))
            return Span(on, on)
    return None


def _part(text: str, latest: date, list_year: int | None) -> Span | None:
    for form in _PARTS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            written = parts.get("year") or parts.get("short")
            year = _year(written, latest) if written else list_year
            if year is None:
                return None
            span = _months_of(parts, year)
            return Span(span.first, min(span.last, latest)) if span.first <= latest else span
    return None


def _months_of(parts: dict[str, str | None], year: int) -> Span:
    if season := parts.get("season"):
        first, last = _SEASONS[season.lower()]
        return Span(date(year, first, 1), _end(year + (last < first), last))
    if month := parts.get("month"):
        if day := parts.get("day"):
            return Span(date(year, _month(month), int(day)), date(year, _month(month), int(day)))
        return Span(date(year, _month(month), 1), _end(year, _month(month)))
    return Span(date(year, 1, 1), date(year, 12, 31))


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text[:3].lower()]


def _year(text: str, latest: date) -> int:
    """Two figures mean the latest such year that is not after `latest`."""
    if len(text) == 4:
        return int(text)
    year = latest.year - latest.year % 100 + int(text)
    return year if year <= latest.year else year - 100

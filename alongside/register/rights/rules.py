"""Days, clocks and what is missing. Pure: today is an argument."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.register.rights.codes import OBLIGING, Asker, Kind, Point, Power, Told, YesNo

LONDON = ZoneInfo("Europe/London")
LOOK_HOURS = 4
REVIEW_WORKING_DAYS = 2
BREACH_HOURS = 72
ACKNOWLEDGE_DAYS = 30
POLICE_POINTS = (Point.HOLDS, Point.ENQUIRY, Point.PROPORTIONATE, Point.NOTICE)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    return months_after(day, 12 * years)


def review_due(opened: datetime) -> datetime:
    """The midnight after the second working day that follows, in London.

    Bank holidays count as working days: a review comes too early rather than too late.
    """
    day, left = opened.astimezone(LONDON).date(), REVIEW_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return datetime.combine(day + timedelta(days=1), time.min, LONDON)


@dataclass(frozen=True, slots=True)
class Clock:
    """By when an answer is due. `due` None: it stands still until her identity is settled."""

    due: date | None
    acknowledge_by: date | None = None

    def is_late(self, today: date) -> bool:
        return self.due is not None and today > self.due


def clock(
    kind: Kind,
    received: date,
    *,
    identity_asked: date | None = None,
    identity_checked: date | None = None,
    is_extended: bool = False,
) -> Clock:
    """One month from the later of receiving it and knowing that it is she; two more when it is complex (UK GDPR 12A).

    A complaint is acknowledged within 30 days, the day of receipt being the first (DPA 2018, section 164A).
    """
    acknowledge = received + timedelta(days=ACKNOWLEDGE_DAYS - 1) if kind == Kind.COMPLAINT else None
    if identity_asked and not identity_checked:
        return Clock(None, acknowledge)
    begins = max(received, identity_checked) if identity_checked else received
    return Clock(months_after(begins, 3 if is_extended else 1), acknowledge)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request from outside, as far as judging needs it: which texts there are, not what they say."""

    asker: Asker
    power: Power
    in_writing: bool
    has_power_words: bool
    has_purpose: bool
    has_necessity: bool
    has_extract: bool
    is_harmed: YesNo
    points: frozenset[Point]
    counselling: YesNo
    told: Told
    has_told_words: bool


def missing(asked: Asked) -> list[str]:
    """Everything without which nothing may be given, in words; empty when two people may authorise."""
    return [words for is_missing, words in _lacks(asked) if is_missing] + missing_points(asked)


def _lacks(asked: Asked) -> Iterable[tuple[bool, str]]:
    yield not asked.in_writing, "The request in writing"
    yield asked.power == Power.NONE, "A law that allows it"
    yield asked.power == Power.OTHER and not asked.has_power_words, "Which law it is"
    yield asked.power in OBLIGING and not asked.has_power_words, "The order itself: number, court and date"
    yield not asked.has_purpose, "What it is for"
    yield not asked.has_necessity, "Why it is necessary"
    yield not asked.has_extract, "The least that would do"
    yield asked.told == Told.UNDECIDED, "Whether she is told"
    yield (
        asked.told in (Told.NOT, Told.AFTER) and not asked.has_told_words,
        "Why she is not told now, or when she will be",
    )
    yield asked.counselling == YesNo.NOT_KNOWN, "Whether counselling notes, or anything like them, are among it"


def missing_points(asked: Asked) -> list[str]:
    """Points of Chapter 3A that police left open. It covers a woman who may have been harmed by a crime."""
    if asked.asker != Asker.POLICE or asked.power in OBLIGING:
        return []
    if asked.is_harmed == YesNo.NOT_KNOWN:
        return ["Whether she may have been harmed by the crime they look into"]
    if asked.is_harmed == YesNo.NO:
        return []
    needed = [*POLICE_POINTS, *([Point.PROBATIVE] if asked.counselling == YesNo.YES else [])]
    return [point.words for point in needed if point not in asked.points]


def retention_ends(last_entry: date, years: int, keep_until: date | None = None) -> date:
    """The day from which a record waits for review; a decision to keep it moves that day on."""
    ends = years_after(last_entry, years)
    return max(ends, keep_until) if keep_until else ends

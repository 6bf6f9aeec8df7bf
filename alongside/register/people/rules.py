"""Days and ends of what she agreed. Pure; days are London's."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.register.people.codes import FieldGroup
from alongside.register.people.matrix import ASKED_OF_HER

LONDON = ZoneInfo("Europe/London")
LONGEST = 12  # months
LISTED, LISTED_AT_MOST = timedelta(days=7), timedelta(days=28)  # on a forum's list after its meeting
MEETS_WITHIN = timedelta(days=28)


class TooLong(Exception):
    """An agreement that would hold for more than twelve months, or end before it begins."""

    words = "Choose a day within twelve months of asking her."


class AskedLater(Exception):
    """She can't have been asked on a day that has not come."""

    words = "The day she was asked can't be in the future."


class NothingToShare(Exception):
    """A grant of no kind of facts, or of one that is never shared by agreement."""

    words = "Choose at least one kind of facts that she agreed to."


class MeetsTooFar(Exception):
    """She is brought to a meeting that is near: her facts open from now, not from that day."""

    words = "Choose a meeting day within the next 28 days."


class ListedTooLong(Exception):
    """An item that would stay on a forum's list for more than 28 days after its meeting, or end before it."""

    words = "Choose a last day between the meeting and 28 days after it."


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of(day: date) -> datetime:
    """The midnight in London after `day`: "until 3 May" holds through 3 May, in summer time too."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def last_day(end: datetime) -> date:
    """The inverse of `end_of`; of any other end, the London day it falls on."""
    return (end - timedelta(microseconds=1)).astimezone(LONDON).date()


def check_span(asked_on: date, until: date, today: date) -> None:
    """Raises AskedLater, TooLong."""
    if asked_on > today:
        raise AskedLater
    if not max(asked_on, today) <= until <= months_after(asked_on, LONGEST):
        raise TooLong


def check_meeting(meets_on: date, until: date, today: date) -> None:
    """Raises MeetsTooFar, ListedTooLong."""
    if not today <= meets_on <= today + MEETS_WITHIN:
        raise MeetsTooFar
    if not meets_on <= until <= meets_on + LISTED_AT_MOST:
        raise ListedTooLong


def agreed_groups(groups: Collection[FieldGroup]) -> Sequence[str]:
    """What may be kept as agreed, in the order of the groups. Raises NothingToShare."""
    chosen = [group.value for group in ASKED_OF_HER if group in groups]
    if not chosen or len(chosen) != len(set(groups)):
        raise NothingToShare
    return chosen

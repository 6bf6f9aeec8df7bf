"""Nights, the order of a waiting list with its reasons, and the emergency clock. Pure: `now` is an argument."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.casework.accommodation.codes import Need

LONDON = ZoneInfo("Europe/London")
NOON = 12
SOON = timedelta(days=7)
DEFAULT_ORDER = (Need.NOWHERE, Need.NOT_SAFE, Need.LEAVING, Need.READY)


class Refusal(Exception):
    """A rule of this room said no; `words` say why and what to do."""

    words = ""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words or self.words


class EndsBeforeItBegins(Refusal):
    words = "The end must be after the beginning."


class BedTaken(Refusal):
    words = "This bed is taken at that time. Choose another bed."


class WomanElsewhere(Refusal):
    words = "She has a bed at that time already. End that stay first."


class AlreadyWaiting(Refusal):
    words = "She is on this list already."


class NotOpen(Refusal):
    words = "This has ended already. Load the page again to see how it stands."


class BedNotOpenYet(Refusal):
    words = "This bed is not open on that day yet."


class NotYet(Refusal):
    words = "This lies in the future. Enter a time that has passed."


# --- time -----------------------------------------------------------------------------------------------------


def first_midnight(moment: datetime) -> date:
    """The day that begins with the first London midnight at or after `moment`."""
    local = moment.astimezone(LONDON)
    at_midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return local.date() if at_midnight else local.date() + timedelta(days=1)


def nights(begins: datetime, ends: datetime | None, since: date, until: date) -> int:
    """How many nights of [since, until) lie in [begins, ends): a night counts where she is at its midnight.

    The night of a day ends with that day's last midnight. Days are London's, so that the night on which the clocks
    change is one night, whether it lasts 23 hours or 25.
    """
    day = timedelta(days=1)
    first = max(since, first_midnight(begins) - day)
    last = until if ends is None else min(until, first_midnight(ends) - day)
    return max(0, (last - first).days)


def noon(day: date) -> datetime:
    """The moment that stands for a day of which no hour is known: one woman may leave and another come on it."""
    return datetime(day.year, day.month, day.day, NOON, tzinfo=LONDON)


def check_span(begins: datetime, ends: datetime | None) -> None:
    """Raises EndsBeforeItBegins."""
    if ends is not None and ends <= begins:
        raise EndsBeforeItBegins


# --- the order of a waiting list ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waits:
    """One woman on a list. `leaves_on`: the day on which she leaves prison, hospital or treatment."""

    id: UUID
    joined: datetime
    needs: frozenset[str]
    leaves_on: date | None = None
    is_emergency: bool = False


def holds(need: str, her: Waits, today: date) -> bool:
    """Leaving counts within seven days of the day, or where no day is known."""
    if need == Need.LEAVING:
        return need in her.needs and (her.leaves_on is None or her.leaves_on - today <= SOON)
    return need in her.needs


def place_key(her: Waits, order: Sequence[str], today: date) -> tuple[object, ...]:
    """Emergencies first; then by each stated need in turn; then who has waited longest."""
    return (not her.is_emergency, *(not holds(need, her, today) for need in order), her.joined, her.id)


def in_order(women: Collection[Waits], order: Sequence[str], today: date) -> list[Waits]:
    return sorted(women, key=lambda her: place_key(her, order, today))


def days_waiting(her: Waits, today: date) -> int:
    return (today - her.joined.astimezone(LONDON).date()).days


def why_here(place: int, ordered: Sequence[Waits], order: Sequence[str], today: date) -> str:
    """Why she stands at this place (from 0), in words: what counts for her, and what put the one before her there."""
    her = ordered[place]
    own = [Need(need).words.lower() for need in order if holds(need, her, today)]
    counts = ["an emergency tonight"] if her.is_emergency else []
    counts += own
    days = days_waiting(her, today)
    waited = "since today" if days == 0 else f"for {days} day{'s' if days != 1 else ''}"
    said = f"Waiting {waited}; {', '.join(counts)}." if counts else f"Waiting {waited}."
    return f"{said} {_after(place, ordered, order, today)}"


def _after(place: int, ordered: Sequence[Waits], order: Sequence[str], today: date) -> str:
    if place == 0:
        return "First on the list."
    her, before = ordered[place], ordered[place - 1]
    if before.is_emergency and not her.is_emergency:
        return "The one before her is an emergency."
    for need in order:
        if holds(need, before, today) and not holds(need, her, today):
            return f"For the one before her it holds: {Need(need).words.lower()}."
    return "The same holds for the one before her, who has waited longer."


def check_order(order: Sequence[str]) -> tuple[Need, ...]:
    """A stated order as codes. Raises ValueError for an unknown or repeated need."""
    read = tuple(Need(each) for each in order)
    if len(set(read)) != len(read):
        raise ValueError("Each need stands in an order once.")
    return read


# --- the emergency clock --------------------------------------------------------------------------------------


def minutes_taken(asked: datetime, answered: datetime) -> int:
    """Whole minutes from asking to the bed, rounded up: 60 minutes and a second are more than an hour."""
    return -int((asked - answered).total_seconds() // 60)


def clock_words(due: datetime, now: datetime) -> str:
    left = int((due - now).total_seconds() // 60)
    return f"{left} minutes left" if left >= 0 else f"{minutes_taken(due, now)} minutes over"

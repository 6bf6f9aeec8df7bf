"""Figures of beds from what happened. Pure: each function says what it counts, and of what.

Periods are [since, until) in London's days. A woman is a record, or the person that `persons` (record -> person)
puts it with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from alongside.casework.accommodation.codes import AwayKind, EndReason, Step, VoidReason, WaitingEnd, WhereTo
from alongside.casework.accommodation.happened import BlockedFact, Happened, StayFact, WaitFact
from alongside.casework.accommodation.rules import LONDON, minutes_taken, nights, noon

Persons = Mapping[UUID, UUID]
NOBODY: Persons = {}
DAY = timedelta(days=1)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


# --- who was accommodated -------------------------------------------------------------------------------------


def accommodated(told: Happened, since: date, until: date, persons: Persons = NOBODY) -> set[UUID]:
    """The women with a stay in the period, however short, each once."""
    first, last = midnight(since), midnight(until)
    return {
        persons.get(stay.woman, stay.woman)
        for stay in told.stays
        if stay.begins < last and (stay.ends is None or stay.ends > first)
    }


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Nights of a period. Out of `in_use` (open and not void) `slept` were a woman's; in `away` of these she was
    away and the bed stayed hers."""

    open: int
    void: int
    slept: int
    away: int

    @property
    def in_use(self) -> int:
        return self.open - self.void


def occupancy(told: Happened, since: date, until: date) -> Occupancy:
    closed_for_good = VoidReason.CLOSED
    return Occupancy(
        sum(nights(noon(bed.opened_on), bed.closed, since, until) for bed in told.beds),
        sum(nights(row.begins, row.ends, since, until) for row in told.voids if row.reason != closed_for_good),
        sum(nights(stay.begins, stay.ends, since, until) for stay in told.stays),
        sum(nights(row.begins, row.ends, since, until) for row in told.aways),
    )


def beds_open(told: Happened, day: date) -> int:
    """Beds that were open on a day."""
    noon = midnight(day) + timedelta(hours=12)
    return sum(bed.opened_on <= day and (bed.closed is None or bed.closed > noon) for bed in told.beds)


# --- where the women of a scheme stand at a date --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scheme:
    """Women who were on a house's list by the end of a day, each in one line: died; entered the house; waiting;
    moved to another place; waits no more for another reason. `met` and `referred` say how they came."""

    women: int
    referred: int
    met: int
    other_source: int
    waiting: int
    entered: int
    elsewhere: int
    died: int
    left: int


def scheme_at(told: Happened, unit: UUID, day: date, persons: Persons = NOBODY) -> Scheme:
    """Her first place on the list says how she came; the first line that holds says where she stands."""
    end = midnight(day + DAY)
    places: dict[UUID, list[WaitFact]] = {}
    for row in told.waits:
        if row.unit == unit and row.joined < end:
            places.setdefault(persons.get(row.woman, row.woman), []).append(row)
    stays = [stay for stay in told.stays if stay.begins < end]
    entered = {persons.get(stay.woman, stay.woman) for stay in stays if stay.unit == unit}
    died = {
        persons.get(stay.woman, stay.woman)
        for stay in stays
        if stay.reason == EndReason.DIED and stay.ends and stay.ends < end
    }
    sources = Counter(rows[0].source for rows in places.values())
    lines = Counter(_line(woman, rows, entered, died, end) for woman, rows in places.items())
    return Scheme(
        women=len(places),
        referred=sources["agency"],
        met=sources["outreach"],
        other_source=len(places) - sources["agency"] - sources["outreach"],
        waiting=lines["waiting"],
        entered=lines["entered"],
        elsewhere=lines["elsewhere"],
        died=lines["died"],
        left=lines["left"],
    )


def _line(woman: UUID, rows: list[WaitFact], entered: set[UUID], died: set[UUID], end: datetime) -> str:
    ended = [row for row in rows if row.ended is not None and row.ended < end]
    if woman in died or any(row.ended_as == WaitingEnd.DIED for row in ended):
        return "died"
    if woman in entered:
        return "entered"
    if len(ended) < len(rows):
        return "waiting"
    return "elsewhere" if any(row.ended_as == WaitingEnd.ELSEWHERE for row in ended) else "left"


@dataclass(frozen=True, slots=True)
class After:
    """Women of whom three months (or so many days) have passed since they first entered a house, and where each was
    then: in the house; in a second stage, `own` of them a house of the same agency; in treatment; elsewhere.
    `hospital`: how many of all were in hospital for a time in between (they stand in another line too)."""

    women: int
    in_house: int
    second_stage: int
    own: int
    treatment: int
    elsewhere: int
    hospital: int


def after_entry(told: Happened, unit: UUID, as_of: date, days: int = 91, entered_before: date | None = None) -> After:
    """`entered_before`: only women who first entered before that day."""
    entries = first_entries(told, unit)
    latest = midnight(entered_before) if entered_before else midnight(as_of)
    passed = {
        woman: begins + timedelta(days=days)
        for woman, begins in entries.items()
        if begins < latest and begins + timedelta(days=days) < midnight(as_of + DAY)
    }
    lines = Counter(where_she_was(told, unit, woman, then) for woman, then in passed.items())
    return After(
        women=len(passed),
        in_house=lines["house"],
        second_stage=lines["own"] + lines["second stage"],
        own=lines["own"],
        treatment=lines["treatment"],
        elsewhere=lines["elsewhere"],
        hospital=sum(was_in_hospital(told, woman, entries[woman], then) for woman, then in passed.items()),
    )


def first_entries(told: Happened, unit: UUID) -> dict[UUID, datetime]:
    """Woman -> when she first came to a house."""
    entries: dict[UUID, datetime] = {}
    for stay in told.stays:
        if stay.unit == unit:
            entries[stay.woman] = min(stay.begins, entries.get(stay.woman, stay.begins))
    return entries


def where_she_was(told: Happened, unit: UUID, woman: UUID, then: datetime) -> str:
    """Where a woman who entered a house stands at a moment: house, own, second stage, treatment or elsewhere."""
    steps = {each.id: each.step for each in told.units}
    hers = [stay for stay in told.stays if stay.woman == woman and stay.begins <= then]
    here = next((stay for stay in hers if stay.ends is None or stay.ends > then), None)
    if here is not None and _away_in(told, here, AwayKind.TREATMENT, then):
        return "treatment"
    if here is not None:
        own = "own" if steps[here.unit] == Step.SECOND_STAGE else "elsewhere"
        return "house" if here.unit == unit else own
    went = max(hers, key=lambda stay: stay.begins).where_to
    return {WhereTo.SECOND_STAGE: "second stage", WhereTo.TREATMENT: "treatment"}.get(WhereTo(went), "elsewhere")


def _away_in(told: Happened, stay: StayFact, kind: str, then: datetime) -> bool:
    return any(
        row.stay == stay.id and row.kind == kind and row.begins <= then and (row.ends is None or row.ends > then)
        for row in told.aways
    )


def was_in_hospital(told: Happened, woman: UUID, since: datetime, until: datetime) -> bool:
    stayed = any(
        row.woman == woman
        and row.kind == AwayKind.HOSPITAL
        and row.begins < until
        and (row.ends is None or row.ends > since)
        for row in told.aways
    )
    return stayed or any(
        stay.woman == woman and stay.where_to == WhereTo.HOSPITAL and stay.ends and since <= stay.ends < until
        for stay in told.stays
    )


# --- ends, returns, the emergency clock -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ends:
    """Stays that ended in a period: planned, and by reason and where to. `back`: stays that began in it after an
    earlier one of hers that had ended unplanned."""

    ended: int
    planned: int
    reasons: dict[str, int]
    where_to: dict[str, int]
    begun: int
    back: int


def ends(told: Happened, since: date, until: date) -> Ends:
    first, last = midnight(since), midnight(until)
    over = [stay for stay in told.stays if stay.ends is not None and first <= stay.ends < last]
    begun = [stay for stay in told.stays if first <= stay.begins < last]
    broken: dict[UUID, datetime] = {}
    for stay in told.stays:
        if stay.ends and stay.reason and not EndReason(stay.reason).is_planned:
            broken[stay.woman] = min(stay.ends, broken.get(stay.woman, stay.ends))
    return Ends(
        len(over),
        sum(bool(stay.reason) and EndReason(stay.reason).is_planned for stay in over),
        dict(Counter(stay.reason for stay in over if stay.reason).most_common()),
        dict(Counter(stay.where_to for stay in over if stay.where_to).most_common()),
        len(begun),
        sum(stay.woman in broken and broken[stay.woman] <= stay.begins for stay in begun),
    )


@dataclass(frozen=True, slots=True)
class Emergencies:
    """Emergency beds asked for in a period: `given` and of these `in_time`; `minutes`: the median of those given."""

    asked: int
    given: int
    in_time: int
    minutes: int | None


def emergencies(told: Happened, since: date, until: date) -> Emergencies:
    first, last = midnight(since), midnight(until)
    asked = [row for row in told.waits if row.due is not None and first <= row.joined < last]
    given = [row for row in asked if row.ended is not None and row.ended_as == WaitingEnd.PLACED]
    taken = [minutes_taken(row.joined, row.ended) for row in given if row.ended]
    in_time = sum(row.ended <= row.due for row in given if row.ended and row.due)
    return Emergencies(len(asked), len(given), in_time, int(median(taken)) if taken else None)


def waited_days(told: Happened, since: date, until: date) -> list[int]:
    """Days from joining a list to the bed, of the women whose bed came in the period, in order."""
    first, last = midnight(since), midnight(until)
    return sorted(
        (row.ended - row.joined).days
        for row in told.waits
        if row.ended is not None and row.ended_as == WaitingEnd.PLACED and first <= row.ended < last
    )


# --- silt-up --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Silt:
    """Of one house: bed-nights in which a woman who was ready to move could not, by (step, reason); how many such
    beds there are at the end; and the nights of women on its list that these beds would have been theirs."""

    unit: UUID
    bed_nights: int
    by_reason: dict[tuple[str, str], int]
    women: int
    now: int
    kept_out: int


def silt_up(told: Happened, since: date, until: date) -> list[Silt]:
    """House by house, in their order. `until` may lie in the future no further than the facts do."""
    return [_silt(told.of_unit(unit.id), unit.id, since, until) for unit in told.units]


def _silt(told: Happened, unit: UUID, since: date, until: date) -> Silt:
    by_reason: Counter[tuple[str, str]] = Counter()
    for row in told.blocked:
        by_reason[row.to_step, row.reason] += nights(row.begins, row.ends, since, until)
    blocked = per_night(((row.begins, row.ends) for row in told.blocked), since, until)
    waiting = per_night(((row.joined, row.ended) for row in told.waits), since, until)
    end = midnight(until)
    return Silt(
        unit,
        sum(by_reason.values()),
        {key: count for key, count in by_reason.most_common() if count},
        len({row.woman for row in told.blocked if nights(row.begins, row.ends, since, until)}),
        sum(_stands(row, end) for row in told.blocked),
        sum(min(one, other) for one, other in zip(blocked, waiting, strict=True)),
    )


def _stands(row: BlockedFact, end: datetime) -> bool:
    return row.begins < end and (row.ends is None or row.ends >= end)


def per_night(spans: Iterable[tuple[datetime, datetime | None]], since: date, until: date) -> list[int]:
    """How many of the spans hold each night of the period."""
    change = [0] * ((until - since).days + 1)
    for begins, ends in spans:
        length = nights(begins, ends, since, until)
        if length:
            first = nights(midnight(since), begins, since, until)
            change[first] += 1
            change[first + length] -= 1
    counts, level = [], 0
    for each in change[:-1]:
        level += each
        counts.append(level)
    return counts

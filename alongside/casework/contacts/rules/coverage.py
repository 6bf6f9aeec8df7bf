"""Where and when nobody has been, and the one extra session that would change most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BANDS = (
    (6, "06:00 to 10:00"),
    (10, "10:00 to 14:00"),
    (14, "14:00 to 18:00"),
    (18, "18:00 to 22:00"),
    (22, "22:00 to 02:00"),
    (2, "02:00 to 06:00"),
)
NIGHT = (18, 22, 2)  # bands in which an extra outing is suggested
FEWEST = 5  # groups of fewer women are told as "fewer than 5"
LEAST_MEETINGS = 4  # so many, before it is said that a woman is seen on certain days only
ENGAGED = 3  # sessions of the drop-in


@dataclass(frozen=True, slots=True)
class Out:
    """A shift that went out, in London's time."""

    begun: datetime
    ended: datetime
    areas: tuple[UUID, ...]
    route: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A contact on a shift or elsewhere, in London's time. `record` None: a woman without one."""

    at: datetime
    area: UUID | None
    record: UUID | None
    shift: UUID | None = None


@dataclass(frozen=True, slots=True)
class CellOf:
    """One weekday and four-hour band: hours covered, contacts in it."""

    day: int
    band: int
    hours: float
    contacts: int

    @property
    def rate(self) -> float | None:
        """Contacts for each covered hour; None where nobody was."""
        return self.contacts / self.hours if self.hours else None


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area: shifts that went there, contacts, women, and the last day anybody was there."""

    area: UUID
    shifts: int
    contacts: int
    women: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    day: int
    band: int
    reason: str


def band_of(at: datetime) -> tuple[int, int]:
    """(weekday, first hour of its band). The small hours belong to the night before."""
    hour = at.hour
    night = at - timedelta(hours=6) if hour < 6 else at
    first = 22 if hour < 2 else max(start for start, _ in BANDS if start <= hour)
    return night.weekday(), first


def cells(shifts: Iterable[Out], contacts: Iterable[Met]) -> list[CellOf]:
    """All 42 cells of the week, in order. A contact outside a shift counts where it fell."""
    hours: Counter[tuple[int, int]] = Counter()
    for shift in shifts:
        for at, minutes in _quarters(shift):
            hours[band_of(at)] += minutes
    met = Counter(band_of(each.at) for each in contacts)
    return [CellOf(day, first, hours[day, first] / 60, met[day, first]) for day in range(7) for first, _ in BANDS]


def _quarters(shift: Out) -> Iterable[tuple[datetime, int]]:
    """The shift in steps of at most 15 minutes, each with its minutes."""
    at, step = shift.begun, timedelta(minutes=15)
    while at < shift.ended:
        until = min(at + step, shift.ended)
        yield at, round((until - at).total_seconds() / 60)
        at = until


def by_area(areas: Sequence[UUID], shifts: Sequence[Out], contacts: Sequence[Met]) -> list[AreaLine]:
    """Every area, the one longest without anybody first."""
    went, last = Counter[UUID](), dict[UUID, date]()
    for shift in shifts:
        for area in shift.areas:
            went[area] += 1
            last[area] = max(last.get(area, date.min), shift.begun.date())
    met, women = Counter[UUID](), defaultdict[UUID, set[object]](set)
    for number, each in enumerate(contacts):
        if each.area is not None:
            met[each.area] += 1
            women[each.area].add(each.record or number)
            last[each.area] = max(last.get(each.area, date.min), each.at.date())
    lines = [AreaLine(area, went[area], met[area], len(women[area]), last.get(area)) for area in areas]
    return sorted(lines, key=lambda line: (line.last or date.min, line.area))


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One route as shifts were told to go: how often, when last, hours out, contacts on it."""

    route: str
    shifts: int
    last: date
    hours: float
    contacts: int

    @property
    def rate(self) -> float | None:
        return self.contacts / self.hours if self.hours else None


def by_route(shifts: Iterable[Out], contacts: Iterable[Met]) -> list[RouteLine]:
    """Every route that was gone, the one longest ago first."""
    gone: dict[str, list[Out]] = defaultdict(list)
    for shift in shifts:
        if shift.route:
            gone[shift.route].append(shift)
    met = Counter(each.shift for each in contacts if each.shift is not None)
    lines = [
        RouteLine(
            route,
            len(those),
            max(each.begun.date() for each in those),
            sum((each.ended - each.begun).total_seconds() for each in those) / 3600,
            sum(met[each.id] for each in those if each.id is not None),
        )
        for route, those in gone.items()
    ]
    return sorted(lines, key=lambda line: (line.last, line.route))


def certain_days(contacts: Iterable[Met], covered: set[int]) -> dict[UUID, tuple[int, ...]]:
    """Women met at least four times, on one or two days of the week only, while more days were covered: which days."""
    seen: dict[UUID, set[date]] = defaultdict(set)
    for each in contacts:
        if each.record is not None:
            day = each.at.date() - timedelta(days=1 if each.at.hour < 6 else 0)
            seen[each.record].add(day)
    found = {}
    for record, days in seen.items():
        weekdays = {day.weekday() for day in days}
        if len(days) >= LEAST_MEETINGS and len(weekdays) <= 2 and len(covered - weekdays) >= 1:
            found[record] = tuple(sorted(weekdays))
    return found


def suggestion(week: Sequence[CellOf], weeks: int) -> Suggestion | None:
    """The night hours that an extra monthly session should try; None where there is nothing to go by.

    Hours that nobody covered come first, by what the same hours bring on other days; then the least covered of those
    that bring most.
    """
    night = [cell for cell in week if cell.band in NIGHT]
    rates = {band: _rate([cell for cell in night if cell.band == band]) for band in NIGHT}
    bare = [cell for cell in night if not cell.hours and rates[cell.band]]
    if bare:
        best = max(bare, key=lambda cell: (rates[cell.band] or 0, _beside(night, cell), -cell.day))
        words = (
            f"Nobody was out on a {DAYS[best.day]} from {band_words(best.band)} in {weeks} weeks. On other days these"
            f" hours brought {rates[best.band]:.1f} contacts an hour."
        )
        return Suggestion(best.day, best.band, words)
    thin = [cell for cell in night if cell.rate]
    if not thin:
        return None
    best = max(thin, key=lambda cell: ((cell.rate or 0) / cell.hours, -cell.day))
    words = (
        f"On {DAYS[best.day]}s from {band_words(best.band)} somebody was out for {best.hours:.0f} hours in {weeks}"
        f" weeks, and each brought {best.rate:.1f} contacts."
    )
    return Suggestion(best.day, best.band, words)


def _rate(some: Sequence[CellOf]) -> float | None:
    hours = sum(cell.hours for cell in some)
    return sum(cell.contacts for cell in some if cell.hours) / hours if hours else None


def _beside(night: Sequence[CellOf], of: CellOf) -> int:
    """Contacts in the same hours of the day before and after."""
    return sum(cell.contacts for cell in night if cell.band == of.band and (cell.day - of.day) % 7 in (1, 6))


def band_words(first: int) -> str:
    return dict(BANDS)[first]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many of the women first met came to the drop-in, and became engaged (three sessions); days, medians."""

    met: int
    came: int
    engaged: int
    days_to_come: float | None
    days_to_engage: float | None


def flow(first_met: dict[UUID, date], sessions: Mapping[UUID, Sequence[date]]) -> Flow:
    """`sessions`: the days on which each woman came, in order. Of women first met in the period, whenever they came."""
    came, engaged = [], []
    for record, met in first_met.items():
        days = [day for day in sessions.get(record, ()) if day >= met]
        if days:
            came.append((days[0] - met).days)
        if len(days) >= ENGAGED:
            engaged.append((days[ENGAGED - 1] - met).days)
    return Flow(
        len(first_met), len(came), len(engaged), median(came) if came else None, median(engaged) if engaged else None
    )

"""Two years of an invented house: who came, who waited, who moved on and who could not. Days count from its opening.

The first six months are told so that the published figures of such a scheme come out of ordinary stays: 54 women on
its list, 28 of them entered, and three months later each stands somewhere. After that the house runs by lot, always
the same for one seed, until today: it silts up while the second stage is full.
"""

import random
from dataclasses import dataclass, field

from alongside.casework.accommodation.codes import AwayKind, BlockedBy, EndReason, Need, Step, WaitingEnd, WhereTo

FIRST_MONTHS, LAST_ROUND, LENGTH = 180, 100, 730
FIRST_WOMEN, LAST_GIVEN = 54, LENGTH - 9  # in the last days two beds came free and are not given yet
HOSTEL_BEDS, EARLIER_BEDS, LATER_BEDS, FLATS = 10, 10, 5, 3
LATER_BEDS_OPEN = 440
BREAKS_DOWN = 7  # one stay in so many
HOUSE, SECOND, FLAT = "house", "second", "flat"


@dataclass
class Stayed:
    """A stay: in which house and bed (from 0), which woman, from and until which day (None: she is there)."""

    unit: str
    bed: int
    woman: int
    begins: int
    ends: int | None = None
    reason: EndReason | None = None
    where_to: WhereTo = WhereTo.NOT_ASKED
    away: list[tuple[AwayKind, int, int | None]] = field(default_factory=list)
    blocked: list[tuple[Step, BlockedBy, int, int | None]] = field(default_factory=list)


@dataclass
class Waited:
    """A place on the list of the house."""

    woman: int
    joined: int
    met_outside: bool
    needs: tuple[Need, ...]
    ended: int | None = None
    ended_as: WaitingEnd | None = None


@dataclass
class TwoYears:
    stays: list[Stayed] = field(default_factory=list)
    waits: list[Waited] = field(default_factory=list)
    voids: list[tuple[str, int, int, int]] = field(default_factory=list)  # house, bed, from, until
    women: int = 0


def two_years(seed: int = 538) -> TwoYears:
    told = TwoYears()
    lot = random.Random(seed)  # noqa: S311  an invented house, no secret
    _first_months(told, lot)
    _Running(told, lot).run()
    told.women = 1 + max(wait.woman for wait in told.waits)
    return told


# --- the first six months -------------------------------------------------------------------------------------

# What became of each round of women in the ten beds: o own second stage, e another's, t treatment, a away in
# treatment, f family, h still in the house three months after she came.
ROUNDS = ("ooooooeeet", "oooooeeeaf", "oothhhhh")


def _first_months(told: TwoYears, lot: random.Random) -> None:
    free = [2 + 2 * bed for bed in range(HOSTEL_BEDS)]
    second_free = [0] * EARLIER_BEDS
    woman = 0
    for round_, fates in enumerate(ROUNDS):
        for bed, fate in enumerate(fates):
            begins = free[bed]
            stay = Stayed(HOUSE, bed, woman, begins)
            _wait(told, woman, max(0, begins - 4 - 6 * round_ - bed % 3), begins, WaitingEnd.PLACED)
            _fate(told, stay, fate, begins, second_free, lot)
            told.stays.append(stay)
            free[bed] = (stay.ends or LENGTH) + 2
            woman += 1
    _hospital(told)
    _not_entered(told, woman)


def _fate(told: TwoYears, stay: Stayed, fate: str, begins: int, second_free: list[int], lot: random.Random) -> None:
    lasts = 50 + stay.woman % 4
    if fate == "h":
        lasts = 96 + 4 * stay.bed
    elif fate == "a":
        lasts, away = 105, begins + 55
        stay.away.append((AwayKind.TREATMENT, away, begins + 98))
    elif fate == "f":
        lasts = 90
        told.voids.append((HOUSE, stay.bed, begins + lasts + 1, FIRST_MONTHS + 3))
    elif begins > LAST_ROUND:
        lasts = 75
    stay.ends = begins + lasts
    stay.reason, stay.where_to = {
        "o": (EndReason.MOVED_ON, WhereTo.SECOND_STAGE),
        "e": (EndReason.MOVED_ON, WhereTo.SECOND_STAGE),
        "t": (EndReason.TREATMENT, WhereTo.TREATMENT),
        "a": (EndReason.MOVED_ON, WhereTo.SECOND_STAGE),
        "f": (EndReason.HER_CHOICE, WhereTo.FAMILY),
        "h": (EndReason.MOVED_ON, WhereTo.SECOND_STAGE),
    }[fate]
    if fate in "oh":
        bed = min(range(EARLIER_BEDS), key=lambda each: second_free[each])
        came = max(stay.ends, second_free[bed])
        if came > stay.ends:
            stay.blocked.append((Step.SECOND_STAGE, BlockedBy.NO_PLACE, stay.ends, came))
            stay.ends = came
        left = came + (50 if came < 100 else 120 + lot.randrange(200))
        ended = left if left < LENGTH else None
        told.stays.append(
            Stayed(SECOND, bed, stay.woman, came, ended, EndReason.MOVED_ON if ended else None, WhereTo.TENANCY)
        )
        second_free[bed] = left


def _hospital(told: TwoYears) -> None:
    """Five of them were in hospital for some days."""
    for woman, days in ((1, 4), (7, 9), (12, 3), (20, 6), (21, 12)):
        stay = next(each for each in told.stays if each.woman == woman and each.unit == HOUSE)
        stay.away.append((AwayKind.HOSPITAL, stay.begins + 11, stay.begins + 11 + days))


def _not_entered(told: TwoYears, woman: int) -> None:
    """Of 54 who were on the list 16 moved elsewhere and 2 died before a bed came; 8 wait at the end of this time."""
    for number in range(16):
        joined = 6 + 9 * number
        _wait(told, woman + number, joined, joined + 14 + 2 * (number % 5), WaitingEnd.ELSEWHERE)
    for number in range(2):
        joined = 40 + 50 * number
        _wait(told, woman + 16 + number, joined, joined + 21, WaitingEnd.DIED)
    for number in range(8):
        _wait(told, woman + 18 + number, 110 + 8 * number)


NEEDS = ((Need.NOWHERE,), (Need.NOWHERE, Need.NOT_SAFE), (Need.READY,), (), (Need.LEAVING,), (Need.NOT_SAFE,))


def _wait(told: TwoYears, woman: int, joined: int, ended: int | None = None, as_: WaitingEnd | None = None) -> Waited:
    """Of the first 54 ten were met on outreach and 44 referred; of those who came later one in four was met."""
    met = (woman % 5 == 0 and woman < 50) or (woman >= FIRST_WOMEN and woman % 4 == 0)
    wait = Waited(woman, joined, met, NEEDS[woman % len(NEEDS)], ended, as_)
    told.waits.append(wait)
    return wait


# --- and then, day by day -------------------------------------------------------------------------------------


class _Running:
    """The house from the seventh month until today."""

    def __init__(self, told: TwoYears, lot: random.Random) -> None:
        self.told, self.lot = told, lot
        self.here: dict[tuple[str, int], Stayed] = {}
        self.leaves: dict[int, int] = {}  # woman -> the day on which she is ready to move
        self.list = [wait for wait in told.waits if wait.ended is None]
        self.next_woman = 1 + max(wait.woman for wait in told.waits)
        self.joins = FIRST_MONTHS + 5
        self.back: dict[int, int] = {}  # day -> who comes back to the list after her stay broke down
        self.came_back: set[int] = set()

    def run(self) -> None:
        for day in range(FIRST_MONTHS + 3, LENGTH):
            for unit in (FLAT, SECOND, HOUSE):
                for stay in [each for each in self.here.values() if each.unit == unit]:
                    self._move(stay, day)
            self._arrive(day)
            if day < LAST_GIVEN:
                self._fill(day)

    def _ready(self, unit: str, day: int) -> int:
        lasts = {HOUSE: (100, 190), SECOND: (160, 280), FLAT: (180, 300)}[unit]
        return day + self.lot.randint(*lasts)

    def _free(self, unit: str, day: int) -> int | None:
        beds = {HOUSE: HOSTEL_BEDS, FLAT: FLATS, SECOND: EARLIER_BEDS + (LATER_BEDS if day >= LATER_BEDS_OPEN else 0)}
        taken = {stay.bed for stay in self.told.stays if stay.unit == unit and (stay.ends is None or stay.ends > day)}
        taken |= {bed for held, bed in self.here if held == unit}
        return next((bed for bed in range(beds[unit]) if bed not in taken), None)

    def _move(self, stay: Stayed, day: int) -> None:
        """On when there is a place; else blocked, and after a time out by another door. Some stays break down."""
        broken = stay.woman % BREAKS_DOWN == 3 and stay.woman not in self.came_back
        if stay.unit == HOUSE and broken and day == stay.begins + 38:
            self._breaks_down(stay, day)
            return
        if day < self.leaves[stay.woman]:
            return
        onward = {HOUSE: SECOND, SECOND: FLAT}.get(stay.unit)
        bed = self._free(onward, day) if onward else None
        if onward and bed is not None:
            self._end(stay, day, EndReason.MOVED_ON, WhereTo.SECOND_STAGE if onward == SECOND else WhereTo.FLAT)
            self._begin(onward, bed, stay.woman, day)
        elif onward is None:
            self._end(stay, day, EndReason.MOVED_ON, WhereTo.TENANCY)
        elif not stay.blocked:
            step = Step.SECOND_STAGE if onward == SECOND else Step.FLAT
            reason = self.lot.choice((BlockedBy.NO_PLACE, BlockedBy.NO_PLACE, BlockedBy.MONEY, BlockedBy.PAPERS))
            if reason == BlockedBy.MONEY and step == Step.SECOND_STAGE:
                reason = BlockedBy.TREATMENT  # no deposit is asked there, but to be drug free
            stay.blocked.append((step, reason, day, None))
        elif day - stay.blocked[0][2] > 70 + 13 * (stay.woman % 5):
            self._out(stay, day)

    def _breaks_down(self, stay: Stayed, day: int) -> None:
        ways = (EndReason.NOT_SEEN, EndReason.PRISON, EndReason.HOUSE_ENDED, EndReason.HER_CHOICE)
        reason = ways[stay.woman // BREAKS_DOWN % len(ways)]
        self._end(stay, day, reason, WhereTo.PRISON if reason == EndReason.PRISON else WhereTo.NOT_ASKED)
        self.back[day + 30] = stay.woman

    def _out(self, stay: Stayed, day: int) -> None:
        ways = (
            (EndReason.MOVED_ON, WhereTo.TENANCY),
            (EndReason.MOVED_ON, WhereTo.SECOND_STAGE),
            (EndReason.HER_CHOICE, WhereTo.FAMILY),
            (EndReason.NOT_SEEN, WhereTo.NOT_ASKED),
            (EndReason.PRISON, WhereTo.PRISON),
        )
        self._end(stay, day, *ways[stay.woman % len(ways)])

    def _begin(self, unit: str, bed: int, woman: int, day: int) -> None:
        stay = Stayed(unit, bed, woman, day)
        self.here[unit, bed] = stay
        self.told.stays.append(stay)
        self.leaves[woman] = self._ready(unit, day)
        if unit == HOUSE and woman % 6 == 1 and day + 40 < LENGTH:
            stay.away.append((AwayKind.HOSPITAL, day + 20, day + 26))

    def _end(self, stay: Stayed, day: int, reason: EndReason, where_to: WhereTo) -> None:
        stay.ends, stay.reason, stay.where_to = day, reason, where_to
        stay.blocked = [(step, why, since, until or day) for step, why, since, until in stay.blocked]
        stay.away = [(kind, since, min(until or day, day)) for kind, since, until in stay.away if since < day]
        del self.here[stay.unit, stay.bed]

    def _arrive(self, day: int) -> None:
        if day >= self.joins:
            self.list.append(_wait(self.told, self.next_woman, day))
            self.next_woman += 1
            self.joins = day + self.lot.randint(9, 20)
        if day in self.back and self.back[day] not in self.came_back:
            woman = self.back[day]
            self.came_back.add(woman)
            wait = Waited(woman, day, woman % 2 == 0, (Need.NOWHERE, Need.BACK))
            self.told.waits.append(wait)
            self.list.insert(0, wait)
        for wait in [each for each in self.list if day - each.joined > 75 + 9 * (each.woman % 7)]:
            wait.ended, wait.ended_as = day, WaitingEnd.ELSEWHERE
            self.list.remove(wait)

    def _fill(self, day: int) -> None:
        while self.list and (bed := self._free(HOUSE, day)) is not None:
            wait = self.list.pop(0)
            wait.ended, wait.ended_as = day, WaitingEnd.PLACED
            self._begin(HOUSE, bed, wait.woman, day)

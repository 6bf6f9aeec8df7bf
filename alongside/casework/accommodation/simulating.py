"""A pathway of houses as a queueing network, run with simpy. Pure; checked against M/M/c and tandem queues.

Women come to a step from outside and wait for it, first come first served. When she is ready to move on it is drawn
where to: another step, or out. If that step is full she keeps her bed and blocks it until a place is free (silt-up);
whoever is blocked goes in before those who wait outside. With `patience` a woman who waits too long is lost to the
list. A stay can break down; a step that `catches` gives such a woman a free place. Times are days.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import simpy

IN_THE_HOUSES, OUTSIDE = 0, 1  # who goes in first
BROKE = "broke down"
Story = Generator[Any, Any, Any]  # of events that simpy waits for


class Lot(Protocol):
    """What is drawn from: a `numpy.random.Generator`."""

    def exponential(self, scale: float = ...) -> float: ...
    def random(self) -> float: ...


@dataclass(frozen=True)
class Station:
    """A step: `places`; `lasts`: a draw of the days until her time here is over. Then `onward`: step -> share;
    `breaks`: the share of stays that break down; the rest go out.

    `mean_gap`: mean days between women who come to it from outside, None where nobody does. `patience`: mean days
    after which a waiting woman goes elsewhere; `bears`: after which a blocked one leaves by another door; None: never.
    `catches`: a woman whose stay elsewhere broke down gets a place that is free here.
    """

    places: int
    lasts: Callable[[], float]
    onward: Mapping[str, float] = field(default_factory=dict)
    mean_gap: float | None = None
    patience: float | None = None
    bears: float | None = None
    breaks: float = 0.0
    catches: bool = False


@dataclass
class Seen:
    """What was seen of one station after warming up. `waits`: days from joining to the bed, of each who got one."""

    days: float
    came: int = 0
    entered: int = 0
    lost: int = 0
    broke: int = 0  # stays that broke down, and no place caught her
    waits: list[float] = field(default_factory=list)
    waiting_days: float = 0.0  # woman-days on the list
    blocked_days: float = 0.0  # bed-days of women who were ready and could not move
    taken_days: float = 0.0  # bed-days taken, the blocked ones too


def run(stations: Mapping[str, Station], days: float, lot: Lot, warm_up: float = 0.0) -> dict[str, Seen]:
    """What is seen of each station from `warm_up` for `days`. It begins empty. Raises ValueError without a place."""
    return _Run(stations, lot, warm_up, warm_up + days).go()


@dataclass(eq=False)
class _Woman:
    """Where she is, or waits, since when; and since when she is ready."""

    at: str
    since: float
    inside: bool = False
    ready: float | None = None


class _Run:
    def __init__(self, stations: Mapping[str, Station], lot: Lot, since: float, until: float) -> None:
        self.stations, self.lot, self.since, self.until = stations, lot, since, until
        self.world = simpy.Environment()
        self.beds = {name: simpy.PriorityResource(self.world, each.places) for name, each in stations.items()}
        self.seen = {name: Seen(until - since) for name in stations}
        self.here: dict[_Woman, None] = {}  # in the order in which they came, so that sums repeat to the last bit

    def go(self) -> dict[str, Seen]:
        for name, station in self.stations.items():
            if station.mean_gap is not None:
                self.world.process(self._come(name, station.mean_gap))
        self.world.run(until=self.until)
        for her in self.here:
            self._count(her, self.until)
        return self.seen

    def _come(self, name: str, gap: float) -> Story:
        while True:
            yield self._after(gap)
            self.seen[name].came += self._counts
            self.world.process(self._hers(name))

    def _hers(self, name: str) -> Story:
        """One woman's way: she waits, goes in, and moves from step to step until she leaves."""
        her = _Woman(name, self.world.now)
        self.here[her] = None
        bed = self.beds[name].request(OUTSIDE)
        yield from self._wait(bed, self.stations[name].patience)
        self._count(her, self.world.now)
        if not bed.triggered:
            bed.cancel()
            self.seen[name].lost += self._counts
        else:
            if self._counts:
                self.seen[name].waits.append(self.world.now - her.since)
            while bed is not None:
                bed = yield from self._stay(her, bed)
        del self.here[her]

    def _stay(self, her: _Woman, bed: Any) -> Story:
        """Her time in one step. Returns the bed that she moves to; None when she leaves."""
        name, station = her.at, self.stations[her.at]
        her.since, her.inside, her.ready = self.world.now, True, None
        self.seen[name].entered += self._counts
        yield self.world.timeout(station.lasts())
        onward = self._drawn(station)
        following = None
        if onward == BROKE:
            onward, following = self._caught()
            self.seen[name].broke += self._counts and following is None
        elif onward is not None:
            her.ready = self.world.now
            following = self.beds[onward].request(IN_THE_HOUSES)
            yield from self._wait(following, station.bears)
            if not following.triggered:
                following.cancel()
                following = None
        self._count(her, self.world.now)
        self.beds[name].release(bed)
        her.at = onward or name
        return following

    def _after(self, mean: float) -> Any:
        return self.world.timeout(self.lot.exponential(mean))

    def _wait(self, bed: Any, mean: float | None) -> Story:
        yield bed if mean is None or bed.triggered else bed | self._after(mean)

    def _drawn(self, station: Station) -> str | None:
        drawn = self.lot.random()
        for onward, share in (*station.onward.items(), (BROKE, station.breaks)):
            if drawn < share:
                return onward
            drawn -= share
        return None

    def _caught(self) -> tuple[str | None, Any]:
        """A free place for a woman whose stay broke down: she can't wait for one."""
        for name, beds in self.beds.items():
            if self.stations[name].catches and beds.count < beds.capacity:
                return name, beds.request(IN_THE_HOUSES)
        return None, None

    @property
    def _counts(self) -> bool:
        return bool(self.world.now >= self.since)

    def _count(self, her: _Woman, now: float) -> None:
        seen = self.seen[her.at]
        if not her.inside:
            seen.waiting_days += self._seen_of(her.since, now)
            return
        seen.taken_days += self._seen_of(her.since, now)
        if her.ready is not None:
            seen.blocked_days += self._seen_of(her.ready, now)

    def _seen_of(self, begun: float, now: float) -> float:
        """Days until now that lie after warming up."""
        return max(0.0, now - max(begun, self.since))

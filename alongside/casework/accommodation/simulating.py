"""A pathway of houses as a queueing network, run event by event. Pure; checked against M/M/c and tandem queues.

Women come to a step from outside and wait for it, first come first served. When she is ready to move on it is drawn
where to: another step, or out. If that step is full she keeps her bed and blocks it until a place is free (silt-up);
whoever is blocked goes in before those who wait outside. With `patience` a woman who waits too long is lost to the
list. Times are days.
"""

import heapq
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Lot(Protocol):
    """What is drawn from: a `numpy.random.Generator`."""

    def exponential(self, scale: float = ...) -> float: ...
    def random(self) -> float: ...


@dataclass(frozen=True)
class Station:
    """A step: `places`; `lasts`: a draw of the days until she is ready to move; `onward`: step -> share, the rest out.

    `mean_gap`: mean days between women who come to it from outside, None where nobody does. `patience`: mean days
    after which a waiting woman goes elsewhere; `bears`: after which a blocked one leaves by another door; None: never.
    """

    places: int
    lasts: Callable[[], float]
    onward: Mapping[str, float] = field(default_factory=dict)
    mean_gap: float | None = None
    patience: float | None = None
    bears: float | None = None


@dataclass
class Seen:
    """What was seen of one station after warming up. `waits`: days from joining to the bed, of each who got one."""

    days: float
    came: int = 0
    entered: int = 0
    lost: int = 0
    waits: list[float] = field(default_factory=list)
    waiting_days: float = 0.0  # woman-days on the list
    blocked_days: float = 0.0  # bed-days of women who were ready and could not move
    taken_days: float = 0.0  # bed-days taken, the blocked ones too


def run(stations: Mapping[str, Station], days: float, lot: Lot, warm_up: float = 0.0) -> dict[str, Seen]:
    """What is seen of each station from `warm_up` for `days`. It begins empty."""
    return _Run(stations, lot, warm_up, warm_up + days).go()


@dataclass(eq=False)
class _Woman:
    """Where she is, or waits, since when; and since when she is ready."""

    at: str
    since: float
    ready: float | None = None


@dataclass
class _Step:
    inside: set[_Woman] = field(default_factory=set)
    blocked: deque[_Woman] = field(default_factory=deque)  # who is inside elsewhere and wants in
    line: deque[_Woman] = field(default_factory=deque)


class _Run:
    def __init__(self, stations: Mapping[str, Station], lot: Lot, since: float, until: float) -> None:
        self.stations, self.lot, self.since, self.until = stations, lot, since, until
        self.steps = {name: _Step() for name in stations}
        self.seen = {name: Seen(until - since) for name in stations}
        self.agenda: list[tuple[float, int, Callable[[], None]]] = []
        self.now, self.number = 0.0, 0

    def go(self) -> dict[str, Seen]:
        for name, station in self.stations.items():
            if station.mean_gap is not None:
                self._after(self.lot.exponential(station.mean_gap), lambda name=name: self._comes(name))  # type: ignore[misc]
        while self.agenda and self.agenda[0][0] < self.until:
            self.now, _, happens = heapq.heappop(self.agenda)
            happens()
        self.now = self.until
        for step in self.steps.values():
            for woman in step.inside:
                self._count_stay(woman)
            for woman in step.line:
                self._count_wait(woman)
        return self.seen

    def _after(self, days: float, happens: Callable[[], None]) -> None:
        self.number += 1  # of two at one moment the one planned first happens first
        heapq.heappush(self.agenda, (self.now + days, self.number, happens))

    def _comes(self, name: str) -> None:
        station, woman = self.stations[name], _Woman(name, self.now)
        assert station.mean_gap is not None
        self._after(self.lot.exponential(station.mean_gap), lambda: self._comes(name))
        self.seen[name].came += self.now >= self.since
        self.steps[name].line.append(woman)
        if station.patience is not None:
            self._after(self.lot.exponential(station.patience), lambda: self._goes_elsewhere(woman))
        self._fill(name)

    def _goes_elsewhere(self, woman: _Woman) -> None:
        line = self.steps[woman.at].line
        if woman in line:
            line.remove(woman)
            self.seen[woman.at].lost += self.now >= self.since
            self._count_wait(woman)

    def _is_ready(self, woman: _Woman) -> None:
        onward = self._drawn(woman.at)
        woman.ready = self.now
        if onward is None:
            self._leaves(woman)
        else:
            self.steps[onward].blocked.append(woman)
            bears = self.stations[woman.at].bears
            if bears is not None:
                self._after(self.lot.exponential(bears), lambda: self._leaves_by_another_door(woman, onward))
            self._fill(onward)

    def _leaves_by_another_door(self, woman: _Woman, onward: str) -> None:
        if woman in self.steps[onward].blocked:
            self.steps[onward].blocked.remove(woman)
            self._leaves(woman)

    def _drawn(self, name: str) -> str | None:
        drawn = self.lot.random()
        for onward, share in self.stations[name].onward.items():
            if drawn < share:
                return onward
            drawn -= share
        return None

    def _leaves(self, woman: _Woman) -> None:
        self._count_stay(woman)
        self.steps[woman.at].inside.remove(woman)
        self._fill(woman.at)

    def _fill(self, name: str) -> None:
        """Give the free places: to who is blocked elsewhere, then to who waits."""
        step = self.steps[name]
        while len(step.inside) < self.stations[name].places and (step.blocked or step.line):
            if step.blocked:
                woman = step.blocked.popleft()
                self._enters(name)
                self._leaves(woman)
            else:
                woman = step.line.popleft()
                self._count_wait(woman)
                if self.now >= self.since:
                    self.seen[name].waits.append(self.now - woman.since)
                self._enters(name)

    def _enters(self, name: str) -> None:
        woman = _Woman(name, self.now)
        self.steps[name].inside.add(woman)
        self.seen[name].entered += self.now >= self.since
        self._after(self.stations[name].lasts(), lambda: self._is_ready(woman))

    def _count_stay(self, woman: _Woman) -> None:
        self.seen[woman.at].taken_days += self._seen_of(woman.since)
        if woman.ready is not None:
            self.seen[woman.at].blocked_days += self._seen_of(woman.ready)

    def _count_wait(self, woman: _Woman) -> None:
        self.seen[woman.at].waiting_days += self._seen_of(woman.since)

    def _seen_of(self, begun: float) -> float:
        """Days until now that lie after warming up."""
        return max(0.0, self.now - max(begun, self.since))

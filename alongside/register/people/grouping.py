"""What people said about pairs of records, and which of it stands. Pure: no framework, no clock, no database.

The latest decision about two records replaces earlier ones about the same two. What an agency says about two of its
own records comes first; what is said between agencies is added in the order of time, and a decision that those before
it contradict is *overruled*: kept and shown, but without effect until somebody looks again. So an agency can always
say what it knows of its own records, and learns nothing from being heard.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from alongside.register.people.codes import Judgement

NEAR = 0.05  # a pair less likely than this joins no neighbourhood


@dataclass(frozen=True, slots=True)
class Said:
    """A decision that nothing has undone. `within`: both records are one agency's."""

    id: UUID
    a: UUID
    b: UUID
    judgement: Judgement
    within: bool
    at: datetime

    @property
    def order(self) -> tuple[bool, datetime, UUID]:
        return not self.within, self.at, self.id


@dataclass(frozen=True, slots=True)
class Standing:
    """`in_force`: consistent decisions, in order. `overruled`: id of a decision -> the one that stands against it."""

    in_force: tuple[Said, ...]
    overruled: dict[UUID, Said]

    def same(self) -> list[tuple[UUID, UUID]]:
        return [(each.a, each.b) for each in self.in_force if each.judgement is Judgement.SAME]

    def not_same(self) -> list[tuple[UUID, UUID]]:
        return [(each.a, each.b) for each in self.in_force if each.judgement is Judgement.NOT_SAME]


R = TypeVar("R", UUID, str)


class Sets(Generic[R]):
    """Disjoint sets of records, each told by its smallest member."""

    def __init__(self) -> None:
        self._parent: dict[R, R] = {}

    def anchor(self, record: R) -> R:
        parent = self._parent.setdefault(record, record)
        while parent != self._parent[parent]:
            self._parent[parent] = parent = self._parent[self._parent[parent]]
        self._parent[record] = parent
        return parent

    def join(self, a: R, b: R) -> None:
        first, second = sorted((self.anchor(a), self.anchor(b)))
        self._parent[second] = first

    def all(self) -> dict[R, R]:
        """Every record that was named -> the smallest of its set."""
        return {record: self.anchor(record) for record in list(self._parent)}


def latest(said: Iterable[Said]) -> list[Said]:
    """The last word on each pair of records."""
    last: dict[frozenset[UUID], Said] = {}
    for each in sorted(said, key=lambda one: (one.at, one.id)):
        last[frozenset((each.a, each.b))] = each
    return sorted(last.values(), key=lambda one: one.order)


def standing(said: Iterable[Said]) -> Standing:
    """Which decisions stand. The same for any order in which they are handed over."""
    sets: Sets[UUID] = Sets()
    kept: list[Said] = []
    overruled: dict[UUID, Said] = {}
    for each in latest(said):
        opposed = _opposed(each, kept, sets)
        if opposed is None:
            kept.append(each)
            if each.judgement is Judgement.SAME:
                sets.join(each.a, each.b)
        else:
            overruled[each.id] = opposed
    return Standing(tuple(kept), overruled)


def against(said: Iterable[Said], new: Said) -> Said | None:
    """The decision in force that `new` would contradict, if it were made. What was said of the same two gives way."""
    pair = {new.a, new.b}
    kept = standing(each for each in said if {each.a, each.b} != pair).in_force
    sets: Sets[UUID] = Sets()
    for each in kept:
        if each.judgement is Judgement.SAME:
            sets.join(each.a, each.b)
    return _opposed(new, kept, sets)


def _opposed(new: Said, kept: Sequence[Said], sets: Sets[UUID]) -> Said | None:
    left, right = sets.anchor(new.a), sets.anchor(new.b)
    if new.judgement is Judgement.NOT_SAME and left == right:
        return next(reversed(_way(new.a, new.b, kept)))
    if new.judgement is Judgement.SAME and left != right:
        for each in reversed(kept):
            if each.judgement is Judgement.NOT_SAME and {sets.anchor(each.a), sets.anchor(each.b)} == {
                left,
                right,
            }:
                return each
    return None


def _way(start: UUID, end: UUID, kept: Sequence[Said]) -> list[Said]:
    """The decisions "same" that lead from one record to another, latest last."""
    next_to: dict[UUID, list[tuple[UUID, Said]]] = defaultdict(list)
    for each in kept:
        if each.judgement is Judgement.SAME:
            next_to[each.a].append((each.b, each))
            next_to[each.b].append((each.a, each))
    ways: dict[UUID, list[Said]] = {start: []}
    front = [start]
    while front and end not in ways:
        here = front.pop(0)
        for there, by in next_to[here]:
            if there not in ways:
                ways[there] = [*ways[here], by]
                front.append(there)
    return sorted(ways[end], key=lambda one: one.order)


def neighbours(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Record -> a name of its neighbourhood, for every record that an edge names."""
    sets: Sets[str] = Sets()
    for a, b in edges:
        sets.join(a, b)
    return sets.all()


def neighbourhood(seeds: Iterable[UUID], edges: Iterable[tuple[UUID, UUID]]) -> list[UUID]:
    """All records that a chain of edges connects with any of the seeds, sorted."""
    next_to: dict[UUID, list[UUID]] = defaultdict(list)
    for a, b in edges:
        next_to[a].append(b)
        next_to[b].append(a)
    return sorted(set(_reached(seeds, next_to)))


def _reached(seeds: Iterable[UUID], next_to: dict[UUID, list[UUID]]) -> Iterator[UUID]:
    seen = set(seeds)
    front = list(seen)
    while front:
        here = front.pop()
        yield here
        for there in next_to.get(here, ()):
            if there not in seen:
                seen.add(there)
                front.append(there)

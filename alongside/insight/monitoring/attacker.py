"""What can be worked out from releases: integer bounds of every hidden count, by a solver (rule G2).

The attacker has every release, knows what each figure means, and holds one agency's exact counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Period

Name = tuple[int, str]  # number of the release, key of the figure
Relation = tuple[tuple[tuple[Name, int], ...], float, float]  # low <= sum of coefficient * count <= high
Interval = tuple[int, int]
SMALLEST, LARGEST = 1, 4
NARROW = 5


@dataclass(frozen=True, slots=True)
class Published:
    """One release as the attacker reads it: key -> from and to where its count may lie.

    `true` and `agencies` (agency -> key -> its exact count) are for judging what she finds.
    """

    period: Period
    shown: Mapping[str, Interval]
    true: Mapping[str, int] = field(default_factory=dict)
    agencies: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """A small count that could be told: of which release and figure, and how closely."""

    release: int
    key: str
    low: int
    high: int


def broken(releases: Sequence[Published], known: Mapping[str, Definition]) -> list[Broken]:
    """Counts of 1 to 4 known to fewer than 6 values (width under 5), by anyone who holds one agency's counts.

    Raises ValueError when the figures of a release contradict one another.
    """
    found: dict[Name, Broken] = {}
    small = [
        (number, key)
        for number, release in enumerate(releases)
        for key in release.shown
        if SMALLEST <= release.true.get(key, 0) <= LARGEST and known[key].small != "open"
    ]
    together, apart = between_figures(releases, known), between_figures(releases, known, apart=True)
    holders = sorted({agency for release in releases for agency in release.agencies}) or [""]
    for holder in holders if small else ():
        told = _with(releases, holder)
        try:
            ends = bounds(told, together, small)
        except ValueError:  # records were corrected and regrouped between releases: each is judged by itself
            ends = bounds(told, apart, small)
        for name, (low, high) in ends.items():
            if high - low < NARROW:
                found[name] = Broken(*name, low, high)
    return [found[name] for name in sorted(found)]


def _with(releases: Sequence[Published], holder: str) -> dict[Name, Interval]:
    """What is shown, and that no count is below that of the agency which asks."""
    told = {}
    for number, release in enumerate(releases):
        own = release.agencies.get(holder, {})
        for key, (low, high) in release.shown.items():
            told[number, key] = (max(low, own.get(key, 0)), high)
    return told


def bounds(
    told: Mapping[Name, Interval], relations: Iterable[Relation], wanted: Iterable[Name]
) -> dict[Name, Interval]:
    """The least and the greatest each wanted count can be. Raises ValueError when nothing fits what was shown."""
    place = {name: index for index, name in enumerate(told)}
    rows, columns, values, lows, highs = [], [], [], [], []
    for number, (terms, low, high) in enumerate(relations):
        for name, times in terms:
            rows.append(number)
            columns.append(place[name])
            values.append(times)
        lows.append(low)
        highs.append(high)
    shape = (len(lows), len(place))
    limits = [LinearConstraint(csr_array((values, (rows, columns)), shape=shape), lows, highs)] if lows else []
    box = Bounds([low for low, _ in told.values()], [high for _, high in told.values()])
    return {name: (_end(place[name], 1, limits, box), _end(place[name], -1, limits, box)) for name in wanted}


def _end(place: int, sign: int, limits: list[LinearConstraint], box: Bounds) -> int:
    aim = np.zeros(len(box.lb))
    aim[place] = sign
    solved = milp(aim, constraints=limits, bounds=box, integrality=np.ones(len(box.lb)))
    if solved.x is None:
        raise ValueError("No counts fit what was shown.")
    return round(float(solved.x[place]))


# --- what follows from the definitions ---------------------------------------------------------------------------


def between_figures(
    releases: Sequence[Published], known: Mapping[str, Definition], *, apart: bool = False
) -> list[Relation]:
    """All that must hold between the figures of each release, and, unless `apart`, between those of several."""
    found: list[Relation] = []
    for number, release in enumerate(releases):
        found += _within(number, release, known)
    for (one, first), (two, second) in () if apart else combinations(enumerate(releases), 2):
        found += _across(one, first, two, second, known)
        found += _across(two, second, one, first, known)
    return found


def _within(number: int, release: Published, known: Mapping[str, Definition]) -> list[Relation]:
    found: list[Relation] = []
    here = {key: known[key] for key in release.shown}
    for key, each in here.items():
        if each.out_of in here:
            found.append(_sum([(each.out_of, 1), (key, -1)], number, 0))
        rest = each.but_not[0] if len(each.but_not) == len(each.all_of) == 1 and not each.any_of else ""
        if rest in here and each.all_of[0] in here and here[rest].out_of == each.all_of[0]:
            found.append(_sum([(each.all_of[0], 1), (rest, -1), (key, -1)], number, 0, 0))
        found += [_sum([(whole, 1), (key, -1)], number, 0) for whole in each.all_of if whole in here]
    return found + _apart(number, here)


def _apart(number: int, here: Mapping[str, Definition]) -> list[Relation]:
    """Latest answers exclude one another: together they are at most the whole."""
    groups: dict[tuple[str, str, str], list[Definition]] = {}
    for each in here.values():
        if each.latest and each.out_of in here:
            groups.setdefault((each.fact, each.latest, each.out_of), []).append(each)
    found = []
    for (_, latest, whole), members in groups.items():
        values = [value for each in members for value in each.codes[latest]]
        if len(values) == len(set(values)):
            found.append(_sum([(whole, 1), *((each.key, -1) for each in members)], number, 0))
    return found


def _across(one: int, first: Published, two: int, second: Published, known: Mapping[str, Definition]) -> list[Relation]:
    """What a later release tells of an earlier: what only grows, and periods that lie in longer ones."""
    found: list[Relation] = []
    for key in first.shown:
        if key not in second.shown:
            continue
        grows = known[key].when == "ever" and first.period.until <= second.period.until and not known[key].but_not
        inside = second.period.since <= first.period.since and first.period.until <= second.period.until
        lies_in = known[key].when == "period" and inside and first.period != second.period and known[key].at_least == 1
        if grows or (lies_in and not known[key].latest and known[key].is_leaf):
            found.append(((((two, key), 1), ((one, key), -1)), 0, np.inf))
    return found


def _sum(terms: Sequence[tuple[str, int]], number: int, low: float, high: float = np.inf) -> Relation:
    return tuple(((number, key), times) for key, times in terms), low, high

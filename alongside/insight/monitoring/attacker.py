"""What can be worked out from releases: integer bounds of every hidden count, by a solver (rule G2).

The attacker has every release, knows what each figure means, and holds one agency's exact counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

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
            ends = narrow(told, together, small)
        except ValueError:  # records were corrected and regrouped between releases: each is judged by itself
            ends = narrow(told, apart, small)
        for name, (low, high) in ends.items():
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
    program = _Program(told, relations)
    return {name: (program.end({name: 1})[name], program.end({name: -1})[name]) for name in wanted}


def narrow(
    told: Mapping[Name, Interval], relations: Iterable[Relation], wanted: Sequence[Name]
) -> dict[Name, Interval]:
    """The bounds of those wanted counts that can be told to fewer than 6 values.

    Each set of counts that fits what was shown is a witness for all of them: a count that differs by 5 or more between
    two witnesses is not told, and is not asked about again. Raises ValueError when nothing fits.
    """
    program = _Program(told, relations)
    seen: dict[Name, Interval] = {}

    def learn(aim: Mapping[Name, int]) -> None:
        counts = program.end(aim)
        for name in wanted:
            low, high = seen.get(name, (counts[name], counts[name]))
            seen[name] = min(low, counts[name]), max(high, counts[name])

    for sign in (1, -1):
        learn(dict.fromkeys(wanted, sign))
    for name in wanted:
        for sign in (1, -1):
            if seen[name][1] - seen[name][0] < NARROW:
                learn({name: sign})
    return {name: ends for name, ends in seen.items() if ends[1] - ends[0] < NARROW}


class _Program:
    """What the attacker knows as an integer program: intervals of counts, and what must hold between them."""

    def __init__(self, told: Mapping[Name, Interval], relations: Iterable[Relation]) -> None:
        # The solver is loaded when something is released: it would be a quarter of what a start of the product takes.
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        self.place = {name: index for index, name in enumerate(told)}
        rows, columns, values, lows, highs = [], [], [], [], []
        for number, (terms, low, high) in enumerate(relations):
            for name, times in terms:
                rows.append(number)
                columns.append(self.place[name])
                values.append(times)
            lows.append(low)
            highs.append(high)
        shape = (len(lows), len(self.place))
        matrix = csr_array((values, (rows, columns)), shape=shape)
        self.limits = [LinearConstraint(matrix, lows, highs)] if lows else []
        self.box = Bounds([low for low, _ in told.values()], [high for _, high in told.values()])

    def end(self, aim: Mapping[Name, int]) -> dict[Name, int]:
        """Counts that fit, of which the sum by `aim` is least."""
        from scipy.optimize import milp

        weights = np.zeros(len(self.place))
        for name, weight in aim.items():
            weights[self.place[name]] = weight
        solved = milp(weights, constraints=self.limits, bounds=self.box, integrality=np.ones(len(weights)))
        if solved.x is None:
            raise ValueError("No counts fit what was shown.")
        return {name: round(float(solved.x[index])) for name, index in self.place.items()}


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
    groups: dict[tuple[str, str, str, str], list[Definition]] = {}
    for each in here.values():
        if each.latest and each.out_of in here:
            others = {name: sorted(values) for name, values in each.codes.items() if name != each.latest}
            alike = f"{each.fact} {each.when} {sorted(others.items())}"
            groups.setdefault((alike, each.on, each.latest, each.out_of), []).append(each)
    found = []
    for (_, _, latest, whole), members in groups.items():
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

"""A pathway's own events as the parameters of its simulation, with how sure they are; and what other places would do.

A mean time is exposure over events, which is right for stays and waits that still go on (the maximum-likelihood mean of
an exponential time under censoring). How sure it is: each run draws its own from the gamma distribution of that rate.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from alongside.casework.accommodation.codes import BlockedBy, EndReason, Step, WaitingEnd, WhereTo
from alongside.casework.accommodation.counting import beds_open, midnight
from alongside.casework.accommodation.happened import BlockedFact, Happened, StayFact
from alongside.casework.accommodation.simulating import Seen, Station, run

RUNS, SEED, WARM_UP, DAYS, YEAR = 200, 20, 730.0, 730.0, 365.0
LEAST_ENDED = 8
FOLLOWS = timedelta(days=3)  # a stay elsewhere that begins within three days is a move
# Reasons that are no lack of a place: time spent on them is time until she is ready.
OTHER_REASONS = (BlockedBy.TREATMENT, BlockedBy.PAPERS, BlockedBy.MONEY, BlockedBy.NOT_YET)
# Ends without being planned and without a place to go to that anybody knows: the stay broke down.
NO_PLACE_KNOWN = (WhereTo.NOWHERE, WhereTo.NOT_KNOWN, WhereTo.NOT_SAID, WhereTo.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Rate:
    """`events` in `days` of exposure."""

    events: int
    days: float

    def mean(self, lot: np.random.Generator) -> float | None:
        """One draw of the mean time between events, as sure as the events make it; None without an event."""
        return self.days / lot.gamma(self.events) if self.events else None


@dataclass(frozen=True, slots=True)
class Fit:
    """A step as its events tell it. `held`: share of the time until ready that was a wait for detox or rehab; `bears`:
    leaving by another door while blocked; `breaks`: share of the stays that ended by breaking down."""

    places: int
    ready: Rate
    onward: Mapping[str, float]
    joins: Rate
    gives_up: Rate
    bears: Rate
    held: float
    ended: int
    breaks: float = 0.0


class NotEnough(Exception):
    """Too few stays have ended to learn from."""


def fitted(told: Happened, since: date, until: date) -> dict[str, Fit]:
    """Step -> fit, of the steps with an open place. Raises NotEnough."""
    steps = {unit.id: unit.step for unit in told.units}
    found = {}
    for step in dict.fromkeys(steps.values()):
        units = {unit for unit, of in steps.items() if of == step}
        here = _only(told, units)
        places = beds_open(here, until)
        if places:
            found[step] = _fit(told, here, steps, places, since, until)
    if sum(fit.ended for fit in found.values()) < LEAST_ENDED:
        raise NotEnough
    return found


def _only(told: Happened, units: set[UUID]) -> Happened:
    parts = [told.of_unit(unit) for unit in units]
    return Happened(
        *(
            tuple(row for part in parts for row in getattr(part, kind))
            for kind in ("units", "beds", "stays", "voids", "aways", "blocked", "waits")
        )
    )


def _fit(told: Happened, here: Happened, steps: Mapping[UUID, str], places: int, since: date, until: date) -> Fit:
    first, last = midnight(since), midnight(until)
    no_place: dict[UUID, BlockedFact] = {}
    held = 0.0
    for row in here.blocked:
        if BlockedBy(row.reason) not in OTHER_REASONS:
            no_place.setdefault(row.stay, row)
        elif row.reason == BlockedBy.TREATMENT:
            held += _days(row.begins, row.ends, first, last)
    becomes_ready = [
        (stay.begins, no_place[stay.id].begins if stay.id in no_place else stay.ends) for stay in here.stays
    ]
    ready = _rate(becomes_ready, first, last)
    over = [stay for stay in here.stays if stay.ends is not None and first <= stay.ends < last]
    onward = _onward(told, over, no_place, steps)
    left = [
        (row.begins, row.ends if row.ends and not _moved_to(told, row, steps) else None, row.ends)
        for row in no_place.values()
    ]
    waits = [
        (row.joined, row.ended if row.ended_as not in ("", WaitingEnd.PLACED) else None, row.ended)
        for row in here.waits
    ]
    return Fit(
        places,
        ready,
        onward,
        Rate(sum(first <= row.joined < last for row in here.waits), (last - first).total_seconds() / 86400),
        _rate_of(waits, first, last),
        _rate_of(left, first, last),
        min(0.9, held / ready.days) if ready.days else 0.0,
        len(over),
        sum(_broke(stay, no_place) for stay in over) / len(over) if over else 0.0,
    )


def _broke(stay: StayFact, no_place: Mapping[UUID, BlockedFact]) -> bool:
    """Who was ready and could not move, and left, is no breakdown: she is told in `bears`."""
    unplanned = bool(stay.reason) and not EndReason(stay.reason).is_planned
    return unplanned and stay.where_to in NO_PLACE_KNOWN and stay.id not in no_place


def _days(begins: datetime, ends: datetime | None, first: datetime, last: datetime) -> float:
    stop = min(ends or last, last)
    return max(0.0, (stop - max(begins, first)).total_seconds() / 86400)


def _rate(spans: Iterable[tuple[datetime, datetime | None]], first: datetime, last: datetime) -> Rate:
    return _rate_of([(begins, ends, ends) for begins, ends in spans], first, last)


def _rate_of(
    spans: Iterable[tuple[datetime, datetime | None, datetime | None]], first: datetime, last: datetime
) -> Rate:
    """(begins, when it happened or None, when she was no longer exposed to it or None) as events over exposure."""
    rows = list(spans)
    events = sum(happened is not None and first <= happened < last for _, happened, _ in rows)
    return Rate(events, sum(_days(begins, until, first, last) for begins, _, until in rows))


def _onward(
    told: Happened, over: list[StayFact], no_place: Mapping[UUID, BlockedFact], steps: Mapping[UUID, str]
) -> dict[str, float]:
    """Where women of a step go on to, as shares of the stays that ended: the step they were ready for, else the one
    they moved to; what is missing to one goes out of the pathway, or broke down."""
    known = set(steps.values())
    wanted = Counter(_wanted(told, stay, no_place, steps) for stay in over if not _broke(stay, no_place))
    return {step: count / len(over) for step, count in sorted(wanted.items()) if step in known}


def _wanted(told: Happened, stay: StayFact, no_place: Mapping[UUID, BlockedFact], steps: Mapping[UUID, str]) -> str:
    return no_place[stay.id].to_step if stay.id in no_place else _next_step(told, stay, steps)


def _next_step(told: Happened, stay: StayFact, steps: Mapping[UUID, str]) -> str:
    assert stay.ends is not None
    for other in told.stays:
        if other.woman == stay.woman and stay.ends <= other.begins <= stay.ends + FOLLOWS:
            return steps[other.unit] if steps[other.unit] != steps[stay.unit] else ""
    return ""


def _moved_to(told: Happened, row: BlockedFact, steps: Mapping[UUID, str]) -> bool:
    assert row.ends is not None
    return any(
        other.woman == row.woman and row.ends <= other.begins <= row.ends + FOLLOWS and steps[other.unit] == row.to_step
        for other in told.stays
    )


# --- what other places would do -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """`more`: step -> places more (or fewer); `quicker`: by how many per cent waits for detox or rehab are shorter."""

    more: Mapping[str, int]
    quicker: int = 0


Measures = dict[str, tuple[float, float, float]]  # measure -> middle, low, high of 90 % of the runs
NAMES = ("wait", "waiting_nights", "given", "elsewhere", "silt", "broke")


@dataclass(frozen=True, slots=True)
class Compared:
    """`difference`: of each run with the change from the same run without it."""

    now: Measures
    then: Measures
    difference: Measures


def compared(fits: Mapping[str, Fit], change: Change, runs: int = RUNS, seed: int = SEED) -> Compared:
    """A year as it is, and with the change. Run by run both draw the same parameters and the same lots."""
    now, then = [], []
    for number in range(runs):
        now.append(_year(fits, Change({}), number, seed))
        then.append(_year(fits, change, number, seed))
    apart = [{name: after[name] - before[name] for name in NAMES} for before, after in zip(now, then, strict=True)]
    return Compared(_summed(now), _summed(then), _summed(apart))


def _year(fits: Mapping[str, Fit], change: Change, number: int, seed: int) -> dict[str, float]:
    drawn, lot = np.random.default_rng([seed, number]), np.random.default_rng([seed, number, 1])
    # What opens is drawn last, so that everything else is as it was in the run without it.
    opens = {step: opened(fits, step) for step, more in change.more.items() if step not in fits and more > 0}
    stations = {step: _station(step, fit, change, drawn, lot) for step, fit in {**fits, **opens}.items()}
    stations = {step: replace(each, catches=step in opens) for step, each in stations.items()}
    return _measured(run(stations, DAYS, lot, WARM_UP))


def opened(fits: Mapping[str, Fit], step: str) -> Fit:
    """What is assumed of a high-support unit where there is none yet: it takes women whose stays break down, no list of
    its own; they stay, go on and break down as in the house in which most stays do. Raises ValueError for another step
    or where no stay broke down: there is nothing to learn from."""
    like = max(fits.values(), key=lambda fit: fit.breaks * fit.ended)
    if step != Step.HIGH_SUPPORT or not like.breaks:
        raise ValueError(f"Nobody has lived in a {step} yet: there is nothing to learn from.")
    return replace(like, places=0, joins=Rate(0, YEAR), gives_up=Rate(0, YEAR))


def _station(step: str, fit: Fit, change: Change, drawn: np.random.Generator, lot: np.random.Generator) -> Station:
    # Where nobody has become ready yet it is as if one were about to: the first event ends the time seen so far.
    ready = Rate(max(1, fit.ready.events), fit.ready.days or YEAR).mean(drawn) or YEAR
    mean = ready * (1 - fit.held * change.quicker / 100)
    return Station(
        places=fit.places + change.more.get(step, 0),
        lasts=lambda: float(lot.exponential(mean)),
        onward=fit.onward,
        mean_gap=fit.joins.mean(drawn),
        patience=fit.gives_up.mean(drawn),
        bears=fit.bears.mean(drawn),
        breaks=fit.breaks,
    )


def _measured(seen: Mapping[str, Seen]) -> dict[str, float]:
    years = DAYS / YEAR
    waits = [each for station in seen.values() for each in station.waits]
    return {
        "wait": float(np.mean(waits)) if waits else float("nan"),
        "waiting_nights": sum(station.waiting_days for station in seen.values()) / years,
        "given": len(waits) / years,
        "elsewhere": sum(station.lost for station in seen.values()) / years,
        "silt": sum(station.blocked_days for station in seen.values()) / years,
        "broke": sum(station.broke for station in seen.values()) / years,
    }


def _summed(runs: list[dict[str, float]]) -> Measures:
    found = {}
    for name in NAMES:
        values = [each[name] for each in runs if each[name] == each[name]]
        low, middle, high = (float(each) for each in np.percentile(values, (5, 50, 95))) if values else (0.0, 0.0, 0.0)
        found[name] = (round(middle, 1), round(low, 1), round(high, 1))
    return found

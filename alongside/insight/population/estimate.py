"""The default estimate for a table of any number of lists, and the judge's entry point."""

from dataclasses import dataclass
from pathlib import Path

from alongside.insight.population.capture import CaptureTable, read_table
from alongside.insight.population.intervals import profile, wald
from alongside.insight.population.loglinear import Pair, Terms, exists, fit_model, fit_models
from alongside.insight.population.refusals import NoOverlap, NotEstimable, TooFewLists, TooFewOverlaps
from alongside.insight.population.selection import range_of, stepwise_interactions, two_way_models
from alongside.insight.population.two_lists import Interval, chapman

FEWEST_OVERLAPS = 20
SMALLEST_DENSE_OVERLAP = 5  # the usual smallest expected count for large-sample comparisons


@dataclass(frozen=True)
class Estimate:
    """All women, seen and unseen. `spread` is the range over models within 10 BIC units of the best."""

    lists: tuple[str, ...]
    seen: float
    on_two_or_more: float
    interval: Interval
    model: str
    interactions: tuple[tuple[str, str], ...]
    spread: tuple[float, float]


def estimate_population(table: CaptureTable) -> Estimate:
    """Two lists: Chapman. Three or more: the stepwise log-linear model of `chosen_interactions`.

    Raises TooFewLists, NoOverlap, TooFewOverlaps or ModelDoesNotExist: never a number without ground.
    """
    table = table.without_empty_lists()
    _check(table)
    if len(table.lists) == 2:
        interval = chapman(table)
        spread = (interval.estimate, interval.estimate)
        return Estimate(table.lists, table.seen, table.on_two_or_more, interval, "Chapman", (), spread)
    pairs = chosen_interactions(table)
    interval = wald(fit_model(table, pairs))
    if is_dense(table) and pairs:
        likely = profile(table, pairs)
        interval = Interval(interval.estimate, likely.low, likely.high, interval.se)
    named = tuple((table.lists[one], table.lists[other]) for one, other in pairs)
    model = ", ".join(f"{one}:{other}" for one, other in named) or "independence"
    spread = range_of(two_way_models(table))
    return Estimate(table.lists, table.seen, table.on_two_or_more, interval, model, named, spread)


def _check(table: CaptureTable) -> None:
    if len(table.lists) < 2:
        raise TooFewLists
    if table.on_two_or_more == 0:
        raise NoOverlap
    if table.on_two_or_more < FEWEST_OVERLAPS:
        raise TooFewOverlaps(f"{table.on_two_or_more:.0f} are, and at least {FEWEST_OVERLAPS} are needed.")


def is_dense(table: CaptureTable) -> bool:
    """Has every two lists enough women in common for large-sample comparisons?"""
    return min(table.overlaps().values()) >= SMALLEST_DENSE_OVERLAP


def chosen_interactions(table: CaptureTable) -> list[Pair]:
    """The stepwise choice; where that is independence and the table is dense, one term if AIC wants it.

    Independence is the assumption least often true of agencies that send women to each other, so it has
    to hold against its nearest rivals too. In sparse tables AIC has no footing and is not asked.
    """
    pairs = stepwise_interactions(table)
    if pairs or not is_dense(table):
        return pairs
    terms = Terms(len(table.lists))
    design = terms.design()
    offers: list[list[Pair]] = [[], *([pair] for pair in terms.pairs)]
    fits = fit_models(design, table.counts, terms.models(offers))
    usable = [place for place in range(len(offers)) if exists(fits, place, design, table.counts)]
    return offers[min(usable, key=lambda place: float(fits.aic[place]))] if usable else []


def evaluate_estimate(path: Path | str) -> dict[str, object]:
    """What `alongside evaluate estimate FILE --json` prints.

    Keys: seen, estimate, low, high, model, range. A refusal has None for the numbers and adds
    `refused` (its name) and `words`.
    """
    table = read_table(path)
    try:
        found = estimate_population(table)
    except NotEstimable as refusal:
        empty: dict[str, object] = dict.fromkeys(("estimate", "low", "high", "model", "range"))
        return {"seen": _whole(table.seen), **empty, "refused": type(refusal).__name__, "words": str(refusal)}
    return {
        "seen": _whole(found.seen),
        "estimate": round(found.interval.estimate, 1),
        "low": round(found.interval.low, 1),
        "high": round(found.interval.high, 1),
        "model": found.model,
        "range": [round(end, 1) for end in found.spread],
    }


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number

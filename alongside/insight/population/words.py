"""What an estimate means, how far equally good models disagree, and when not to trust it, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.insight.rounding import nearest

if TYPE_CHECKING:
    from alongside.insight.population.estimate import Estimate
    from alongside.insight.population.evidence import Pair
    from alongside.insight.population.unlinked import UnlinkedEstimate

FEW = 50
WIDE = 1.5
"""Models whose numbers lie further apart than this ratio disagree too much for one number to be quoted alone."""

ASSUMPTIONS = (
    "It assumes that the area and the year are the same for every list, that hardly anyone moved in or away,"
    " that records of one woman can be told from records of two, and that being on one list changes her chance"
    " of being on another only in the ways the model allows for."
)


def meaning(low: float, estimate: float, high: float, seen: float) -> str:
    """One sentence for the number and one for how sure it is. Numbers are shown to the nearest 5."""
    unseen = max(0.0, estimate - seen)
    return (
        f"The agencies know about {nearest(seen)} women. From how often the same women are on several lists we"
        f" estimate that there are about {nearest(estimate)} in all, so about {nearest(unseen)} whom no agency has"
        f" met. The true number probably lies between {nearest(low)} and {nearest(high)}."
    )


def explain(found: Estimate) -> list[str]:
    """Sentences to show with an estimate from linked lists, the meaning first, then the warnings."""
    interval = found.interval
    lines = [meaning(interval.low, interval.estimate, interval.high, found.seen)]
    lines += _disagreement(found.spread, interval.low, interval.high)
    lines += [_dependence(found.lists, found.interactions), *_few(found.on_two_or_more), ASSUMPTIONS]
    return lines


def explain_unlinked(found: UnlinkedEstimate, seen: float) -> list[str]:
    """The same for an estimate from pair evidence; `seen` is the number of distinct women on the lists."""
    interval = found.interval
    lines = [meaning(interval.low, interval.estimate, interval.high, seen)]
    lines.append(
        "No two records were joined for this number: it counts how many women two lists share from how alike their"
        " records are, so a wrong link cannot distort it."
    )
    low, high = found.spread
    if high > WIDE * low:
        lines.append(
            f"Two agencies at a time give anything from {nearest(low)} to {nearest(high)}. Agencies that send women to"
            " each other, or reach different women, pull the number apart."
        )
    if found.set_aside:
        lines.append(f"Left out because they depend on each other: {_named(found.lists.agencies, found.set_aside)}.")
    return [*lines, *_few(sum(found.lists.overlap.values())), ASSUMPTIONS]


def _named(lists: tuple[str, ...], pairs: tuple[Pair, ...]) -> str:
    return "; ".join(f"{lists[one]} and {lists[other]}" for one, other in pairs)


def _disagreement(spread: tuple[float, float], low: float, high: float) -> list[str]:
    least, most = spread
    if round(least) == round(most):
        return ["There was only one model to choose, so nothing can be said about how far models disagree."]
    said = f"Models that fit about as well give from {nearest(least)} to {nearest(most)}."
    if most > WIDE * least:
        return [f"{said} They disagree widely: do not quote one number without this range."]
    if least < low or most > high:
        return [f"{said} That is wider than the interval of the chosen model, which does not count this doubt."]
    return [said]


def _dependence(lists: tuple[str, ...], interactions: tuple[tuple[str, str], ...]) -> str:
    if len(lists) == 2:
        return (
            "With two lists one has to assume that they meet women independently. If they send women to each other"
            " the true number is higher; if they work in different places it is lower."
        )
    if not interactions:
        return "The model found no two lists that share more or fewer women than chance would bring."
    pairs = "; ".join(f"{one} and {other}" for one, other in interactions)
    return f"The model allows for lists that share more or fewer women than chance would bring: {pairs}."


def _few(overlaps: float) -> list[str]:
    if overlaps >= FEW:
        return []
    return [
        f"Only about {nearest(overlaps)} women are on more than one list. A few more or fewer would change the"
        " number a good deal: treat it as an order of magnitude."
    ]

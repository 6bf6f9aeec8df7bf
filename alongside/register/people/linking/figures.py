"""What a run found, in numbers: for the reviewer's order, for the calibration table, for the picture. No name in it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Any
from uuid import UUID

from alongside.register.people.codes import Judgement
from alongside.register.people.comparing import Compared, Edge
from alongside.register.people.grouping import Standing

BANDS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


def gains(edges: Sequence[Edge], placed: dict[UUID, UUID]) -> list[float]:
    """How much one look at each pair is expected to put right in the grouping.

    A look helps when the grouping is wrong about the two: with the pair's probability where they stand apart, with
    what is missing to certainty where they stand together. It then helps the other records of the groups too; two
    large groups less than by all their pairs, since they were not kept apart for nothing.
    """
    sizes = Counter(placed.values())

    def gain(edge: Edge) -> float:
        left, right = placed.get(edge.a, edge.a), placed.get(edge.b, edge.b)
        if left == right:
            size = max(2, sizes[left])
            return (1 - edge.probability) * (size - 1)
        return edge.probability * sqrt(max(1, sizes[left]) * max(1, sizes[right]))

    return [gain(edge) for edge in edges]


def figures(agency_of: dict[UUID, UUID], found: Compared, placed: dict[UUID, UUID], stands: Standing) -> dict[str, Any]:
    """Counts of a run, its calibration table and its expected pairs by two agencies."""
    sizes = Counter(placed.values())
    return {
        "records": len(agency_of),
        "records_by_agency": {str(agency): count for agency, count in sorted(Counter(agency_of.values()).items())},
        "pairs": len(found.edges),
        "expected_pairs": round(found.expected, 3),
        "expected_by_agencies": _by_agencies(agency_of, found.edges),
        "groups": len(sizes),
        "largest_group": max(sizes.values(), default=0),
        "calibration": _calibration(found.edges, stands),
        "decisions": len(stands.in_force),
        "overruled": len(stands.overruled),
    }


def _by_agencies(agency_of: dict[UUID, UUID], edges: Sequence[Edge]) -> dict[str, float]:
    sums: Counter[str] = Counter()
    for edge in edges:
        key = "|".join(sorted((str(agency_of[edge.a]), str(agency_of[edge.b]))))
        sums[key] += edge.probability  # type: ignore[assignment]
    return {key: round(total, 3) for key, total in sorted(sums.items())}


def _calibration(edges: Sequence[Edge], stands: Standing) -> list[dict[str, float | int]]:
    """By band of probability: pairs, their expected true pairs, and what people said of those they looked at."""
    said = {frozenset((each.a, each.b)): each.judgement for each in stands.in_force}
    table = []
    for low, high in pairwise(BANDS):
        here = [each for each in edges if low <= each.probability < high or each.probability == high == 1.0]
        looked = [said[key] for each in here if (key := frozenset((each.a, each.b))) in said]
        table.append(
            {
                "from": low,
                "to": high,
                "pairs": len(here),
                "expected": round(sum(each.probability for each in here), 3),
                "same": looked.count(Judgement.SAME),
                "not_same": looked.count(Judgement.NOT_SAME),
            }
        )
    return table

"""What people decided about pairs of records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple


class Decision(NamedTuple):
    """One standing decision on the pair a, b (record ids)."""

    a: str
    b: str
    answer: Literal["same", "not_same"]


class ContradictoryDecisions(ValueError):
    """A pair is decided not the same while other decisions join it. `pair` names the two record ids."""

    def __init__(self, a: str, b: str) -> None:
        self.pair = (a, b)
        super().__init__(f"Records {a} and {b} are decided not the same, and other decisions join them.")


def joined(decisions: Sequence[Decision]) -> dict[str, str]:
    """The least record id of each set that "same" decisions join, by record id.

    Raises ContradictoryDecisions where a "not the same" lies within such a set.
    """
    parent: dict[str, str] = {}

    def top(record: str) -> str:
        while parent.setdefault(record, record) != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for decision in decisions:
        if decision.answer == "same":
            low, high = sorted((top(decision.a), top(decision.b)))
            parent[high] = low
    for decision in decisions:
        if decision.answer == "not_same" and top(decision.a) == top(decision.b):
            raise ContradictoryDecisions(decision.a, decision.b)
    return {record: top(record) for record in list(parent)}

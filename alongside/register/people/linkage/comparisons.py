"""The comparisons and their number of levels (levels.py says what each level means)."""

from __future__ import annotations

from typing import NamedTuple


class Comparison(NamedTuple):
    """`levels` is the number of levels without the unknown."""

    name: str
    levels: int


COMPARISONS = (
    Comparison("name", 30),
    Comparison("last", 13),
    Comparison("age", 18),
    Comparison("ethnicity", 14),
    Comparison("ethnicity_alike", 14),
    Comparison("ethnicity_rare", 14),
    Comparison("area", 2),
    Comparison("hood", 6),
    Comparison("marks", 10),
    Comparison("phone", 2),
)
NAMES = tuple(c.name for c in COMPARISONS)

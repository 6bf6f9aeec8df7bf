"""How values are written on a page: one way each, in British English."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """`4212` as `4,212`; None as an empty string, so that unknown never looks like nought."""
    return "" if value is None else f"{value:,.{places}f}"


def day(value: date | None) -> str:
    """`2026-03-04` as `4 March 2026`."""
    return "" if value is None else f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """`4 March 2026, 02:14`. The caller has put the time into the partnership's own time zone."""
    return "" if value is None else f"{value.day} {value:%B %Y, %H:%M}"


def share(part: int, whole: int) -> str:
    """`12 of 48 (25%)`. There is no percentage without its count, and none of an empty whole."""
    if whole <= 0:
        return f"{part:,} of {whole:,}"
    return f"{part:,} of {whole:,} ({100 * part / whole:.0f}%)"


def plural(count: int, one: str, many: str) -> str:
    """`1 record`, `2 records`."""
    return f"{count:,} {one if count == 1 else many}"


def as_json(rows: Sequence[Any]) -> str:
    """Frozen rows for a script, in a data attribute; the template escapes it like any other text."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, separators=(",", ":"))


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number,
    "day": day,
    "moment": moment,
    "share": share,
    "plural": plural,
    "as_json": as_json,
}

"""The level of agreement of two prepared records in each comparison: the one definition, in Python.

A record here is a row of `features.prepare` as a dict. `columns.py` says the same for many pairs at once and a test
holds both together. A level is an int; -1 means that one of the two does not tell. Bands are those of `features.bands`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .features import BAND_SHIFT

Row = Mapping[str, Any]
UNKNOWN = -1


def shared_band(left: Sequence[int], right: Sequence[int]) -> int | None:
    """Rarity band of the rarest value that both hold; None where they share none."""
    common = set(left) & set(right)
    return max(common) >> BAND_SHIFT if common else None


def _clip(band: int, top: int) -> int:
    return max(0, min(band, top))


def name(a: Row, b: Row) -> int:
    """0-2 unlike (both ordinary, one, none), 3-7 first letters, 8-14 a slip, 15-21 everyday form, 22-29 same."""
    if a["ordinary"] == 0 or b["ordinary"] == 0:
        return UNKNOWN
    if (band := shared_band(a["tok"], b["tok"])) is not None:
        return 22 + _clip(band - 1, 7)
    if (band := shared_band(a["root"], b["root"])) is not None:
        return 15 + _clip(band - 1, 6)
    if (band := shared_band(a["near"], b["near"])) is not None:
        return 8 + _clip(band - 1, 6)
    if (band := shared_band(a["stem"], b["stem"])) is not None:
        return 3 + _clip(band // 2, 4)
    return int(a["ordinary"] + b["ordinary"] - 2)


def last(a: Row, b: Row) -> int:
    """0 different, 1-4 a slip apart, 5-12 the same, rarer upwards."""
    if not a["last"] or not b["last"]:
        return UNKNOWN
    if (band := shared_band(a["last"], b["last"])) is not None:
        return 5 + _clip(band - 1, 7)
    if (band := shared_band(a["last_near"], b["last_near"])) is not None:
        return 1 + _clip(band // 2, 3)
    return 0


def age(a: Row, b: Row) -> int:
    """0-5 two dates of birth, 6-11 a date and an estimated age, 12-17 two estimated ages; nearer upwards."""
    if a["born"] is None or b["born"] is None:
        return UNKNOWN
    apart = float(abs(a["born"] - b["born"]))
    if a["exact"] and b["exact"]:
        same = int((a["year"] == b["year"]) + (a["month"] == b["month"]) + (a["day"] == b["day"]))
        if same == 3:
            return 4 if a["month"] == 1 and a["day"] == 1 else 5
        return 3 if same == 2 else 2 if apart <= 2 else 1 if apart <= 5 else 0
    if a["exact"] or b["exact"]:
        return 6 + sum(int(apart <= limit) for limit in (12.5, 8.5, 5.5, 3.5, 1.5))
    return 12 + sum(int(apart <= limit) for limit in (14.0, 9.0, 5.5, 3.0, 1.0))


def likeness(a: Row, b: Row) -> int:
    """How alike the names are: 0 not, 1 alike, 2 alike in a rare name. Rare names run in ethnic groups."""
    given, family = name(a, b), last(a, b)
    if 12 <= given < 15 or 18 <= given < 22 or given >= 26 or family >= 10:
        return 2
    return int(given >= 8 or family >= 1)


def _ethnicity(a: Row, b: Row) -> int:
    """0 different, 1 different with Mixed or Other, 2 details differ, 3-7 broad group, 8-12 detail, 13 rare detail."""
    if a["broad"] is None or b["broad"] is None:
        return UNKNOWN
    if a["broad"] != b["broad"]:
        return int(a["broad"] in "MO" or b["broad"] in "MO")
    group = "WBMAO".index(a["broad"])
    if a["detail"] is None or b["detail"] is None:
        return 3 + group
    if a["detail"] != b["detail"]:
        return 2
    return 13 if a["detail"] >> BAND_SHIFT >= 1 else 8 + group


def ethnicity(a: Row, b: Row) -> int:
    """Ethnic groups of two women whose names are not alike."""
    return _ethnicity(a, b) if likeness(a, b) == 0 else UNKNOWN


def ethnicity_alike(a: Row, b: Row) -> int:
    """Ethnic groups where the names are alike: agreement then says less."""
    return _ethnicity(a, b) if likeness(a, b) == 1 else UNKNOWN


def ethnicity_rare(a: Row, b: Row) -> int:
    """Ethnic groups where the names are alike and rare: agreement then says least."""
    return _ethnicity(a, b) if likeness(a, b) == 2 else UNKNOWN


def area(a: Row, b: Row) -> int:
    """0 different, 1 the same borough."""
    if a["area"] is None or b["area"] is None:
        return UNKNOWN
    return int(a["area"] == b["area"])


def hood(a: Row, b: Row) -> int:
    """0 another neighbourhood of the borough, 1-5 the same, rarer upwards. Says nothing across boroughs."""
    if a["hood"] is None or b["hood"] is None or area(a, b) == 0:
        return UNKNOWN
    return 1 + _clip(a["hood"] >> BAND_SHIFT, 4) if a["hood"] == b["hood"] else 0


def marks(a: Row, b: Row) -> int:
    """0 none alike, 1-2 same kind elsewhere (common, rarer), 3-4 one gives no place, 5-9 same kind and place."""
    if not a["kind"] or not b["kind"]:
        return UNKNOWN
    if (band := shared_band(a["mark"], b["mark"])) is not None:
        return 5 + _clip(band // 2, 4)
    loose = [x for x in (shared_band(a["bare"], b["kind"]), shared_band(a["kind"], b["bare"])) if x is not None]
    if loose:
        return 3 + int(max(loose) >= 2)
    if (band := shared_band(a["kind"], b["kind"])) is not None:
        return 1 + int(band >= 2)
    return 0


def phone(a: Row, b: Row) -> int:
    """0 different, 1 the same number."""
    if a["phone"] is None or b["phone"] is None:
        return UNKNOWN
    return int(a["phone"] == b["phone"])


LEVEL_OF: dict[str, Callable[[Row, Row], int]] = {
    "name": name,
    "last": last,
    "age": age,
    "ethnicity": ethnicity,
    "ethnicity_alike": ethnicity_alike,
    "ethnicity_rare": ethnicity_rare,
    "area": area,
    "hood": hood,
    "marks": marks,
    "phone": phone,
}

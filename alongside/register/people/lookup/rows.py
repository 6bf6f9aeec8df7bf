"""Parts turned into the rows that the levels of the linkage engine read: the same columns as `features.prepare`."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from alongside.register.people.linkage.features import BAND_SHIFT
from alongside.register.people.linkage.features import hashed as _hashed
from alongside.register.people.linkage.names import Words, near_keys
from alongside.register.people.lookup.parts import Parts
from alongside.register.people.lookup.rarity import Rarity

Row = dict[str, Any]
OTHER = -1  # stands for any value that was not asked for: to know another value is not to know none
hashed = lru_cache(maxsize=200_000)(_hashed)


def rows_of(asked: Parts, others: list[Parts], rarity: Rarity) -> tuple[Row, list[Row]]:
    """The row of the woman asked for, and one for each other, comparable with it only.

    Levels ask which values two rows share, so of the others' values only those of `asked` are worked out.
    """
    codes = {
        column: {value: _code(rarity.band(column, value), value) for value in values}
        for column, values in _plain_lists(asked).items()
    }
    for column, own, words in (
        ("near", asked.given.words, [each.given.words for each in others]),
        ("last_near", asked.last, [each.last for each in others]),
    ):
        bands = rarity.near(column, _holders(own, words))
        codes[column] = {value: _code(bands[value], value) for value in own.near}
    hood_band = rarity.band("hood", f"{asked.area}|{asked.hood}")
    singles = {
        "hood": {asked.hood: _code(hood_band, asked.hood)} if asked.hood else {},
        "detail": {asked.detail: _code(rarity.band("detail", asked.detail), asked.detail)} if asked.detail else {},
    }
    first, *rest = (_row(parts, codes, singles) for parts in (asked, *others))
    return first, rest


def _code(band: int, value: str) -> int:
    return band << BAND_SHIFT | hashed(value)


def _plain_lists(parts: Parts) -> dict[str, Iterable[str]]:
    words = parts.given.words
    return {
        "tok": words.tokens,
        "root": words.roots,
        "stem": words.stems,
        "last": parts.last.tokens,
        "mark": [f"{kind}@{place}" for kind, place in parts.marks if place],
        "kind": [kind for kind, _ in parts.marks],
        "bare": [kind for kind, place in parts.marks if not place],
    }


def _holders(own: Words, others: Iterable[Words]) -> dict[str, tuple[str, ...]]:
    """Every token in question that has one of `own`'s near keys, with those keys."""
    wanted = set(own.near)
    alike = (words for words in set(others) if not wanted.isdisjoint(words.near))
    tokens = {*own.tokens, *(token for words in alike for token in words.tokens)}
    held = {token: tuple(key for key in near_keys(token) if key in wanted) for token in tokens if "_" not in token}
    return {token: keys for token, keys in sorted(held.items()) if keys}


def _row(parts: Parts, codes: Mapping[str, Mapping[str, int]], singles: Mapping[str, Mapping[str, int]]) -> Row:
    lists = {**_plain_lists(parts), "near": parts.given.words.near, "last_near": parts.last.near}
    birth = parts.birth
    day = birth.day if birth else None
    return {
        **{column: list({codes[column].get(value, OTHER) for value in values}) for column, values in lists.items()},
        **{
            column: singles[column].get(value, OTHER) if value else None
            for column, value in (("hood", parts.hood), ("detail", parts.detail))
        },
        "ordinary": parts.given.ordinary,
        "broad": parts.broad,
        "area": hashed(parts.area) if parts.area else None,
        "exact": day is not None,
        "born": birth.at if birth else None,
        "year": day.year if day else 0,
        "month": day.month if day else 0,
        "day": day.day if day else 0,
        "phone": hashed(parts.phones[0]) if parts.phones else None,
        "phones": [hashed(phone) for phone in parts.phones],
    }

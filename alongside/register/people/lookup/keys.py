"""Keyed 64-bit match keys: what finds likely records without a name standing in any index. No framework.

A key is BLAKE2b of `kind|value` under the agency's own index key, so that keys of two agencies never agree.
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from math import floor

import jellyfish

from alongside.register.people.linkage.names import Words
from alongside.register.people.lookup.parts import Parts

FIELD = "match"  # the name of the index key in the vault
BUCKET = 4  # years in a bucket of births
# Held by all that tell a field at all: they say how many records a share is a share of.
TELLS_NAME, TELLS_LAST, TELLS_MARK = ("tells", "name"), ("tells", "last"), ("tells", "mark")
Key = tuple[str, str]


def kinds_of(parts: Parts) -> list[Key]:
    """(kind, value) of each key of a record, some perhaps twice."""
    keys = [*_of_names(parts.given.words, parts.last), *_of_marks(parts.marks)]
    keys += [("phone", phone) for phone in parts.phones]
    if parts.birth and parts.birth.day:
        keys.append(("born on", parts.birth.day.isoformat()))
    if place := parts.area or parts.hood:
        keys += _of_place(parts, place)
    return keys


def asked_for(parts: Parts) -> set[Key]:
    """Every key a likely record may hold, those of neighbouring births too."""
    wanted = set(kinds_of(parts)) - {TELLS_NAME, TELLS_LAST, TELLS_MARK}
    place = parts.area or parts.hood
    if place and parts.birth:
        bucket = _bucket(parts.birth.at)
        wanted |= {("area + born", f"{place}|{near}") for near in (bucket - 1, bucket + 1)}
    return wanted


@lru_cache(maxsize=8)
def hasher(index_key: bytes) -> Callable[[Key], int]:
    """The key as a signed 64-bit number."""
    keyed = blake2b(key=index_key, digest_size=8)

    @lru_cache(maxsize=100_000)  # most keys of a long list come again and again
    def hashed(key: Key) -> int:
        digest = keyed.copy()
        digest.update(f"{key[0]}|{key[1]}".encode())
        return int.from_bytes(digest.digest(), "big", signed=True)

    return hashed


def match_keys(parts: Parts, hashed: Callable[[Key], int]) -> list[int]:
    """What is stored with a record: about 15 numbers, in no order that tells anything."""
    return sorted({hashed(key) for key in kinds_of(parts)})


@lru_cache(maxsize=20_000)
def _of_names(given: Words, last: Words) -> tuple[Key, ...]:
    keys: list[Key] = [TELLS_NAME] if given.tokens else []
    keys += [("token", token) for token in given.tokens]
    keys += [("root", root) for root in given.roots]
    keys += [("stem", stem) for stem in given.stems]
    if last.tokens:
        keys.append(TELLS_LAST)
    for name in last.tokens:
        keys.append(("last", name))
        sound = sound_of(name)
        keys += [("last sound + root", f"{sound}|{root}") for root in given.roots]
    return tuple(keys)


@lru_cache(maxsize=5_000)
def _of_marks(marks: tuple[tuple[str, str], ...]) -> tuple[Key, ...]:
    keys: list[Key] = [TELLS_MARK] if marks else []
    for kind, place in marks:
        keys.append(("kind", kind))
        if place:
            keys.append(("mark", f"{kind}@{place}"))
    return tuple(keys)


def _of_place(parts: Parts, place: str) -> list[Key]:
    words = parts.given.words
    keys = [("area", place)]
    keys += [("area + root", f"{place}|{root}") for root in words.roots]
    keys += [("area + stem", f"{place}|{stem}") for stem in words.stems]
    keys += [("area + sound", f"{place}|{sound_of(token)}") for token in words.tokens]
    keys += [("area + last sound", f"{place}|{sound_of(last)}") for last in parts.last.tokens]
    keys += [("area + kind", f"{place}|{kind}") for kind, _ in parts.marks]
    if parts.birth:
        keys.append(("area + born", f"{place}|{_bucket(parts.birth.at)}"))
    if parts.area and parts.hood:
        keys.append(("area + hood", f"{place}|{parts.hood}"))
    return keys


def _bucket(born: float) -> int:
    return floor(born / BUCKET)


@lru_cache(maxsize=50_000)
def sound_of(token: str) -> str:
    """How a token sounds; the token itself where it has no consonant to sound."""
    return jellyfish.metaphone(token.replace("_", " ")) or token

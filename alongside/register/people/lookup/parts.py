"""What one agency knows of a woman, taken apart into the words that keys and scores are made of. No framework."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from alongside.register.people.known import Known
from alongside.register.people.linkage import names, nicknames
from alongside.register.people.linkage.ethnicity import broad_and_detail

YEAR = 365.2425
SHORTEST_PHONE = 6
_APART = re.compile(r"[^\w@]+")


@dataclass(frozen=True, slots=True)
class Given:
    """Name tokens; `ordinary`: 0 no name, 1 an ordinary one among them, 2 street names only."""

    words: names.Words
    ordinary: int


@dataclass(frozen=True, slots=True)
class Birth:
    """`at`: year of birth with its fraction; `day` only when the date is known."""

    at: float
    day: date | None


@dataclass(frozen=True, slots=True)
class Parts:
    """All that is compared. Empty or None where the agency does not know."""

    given: Given
    last: names.Words
    birth: Birth | None
    broad: str | None
    detail: str | None
    area: str
    hood: str
    marks: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]


def parts_of(known: Known, seen_on: date | None = None) -> Parts:
    """`seen_on` dates an age that carries no day of its own."""
    area, hood = places(known.area)
    broad, detail = _ethnicity(known.ethnicity)
    return Parts(
        _given(";".join(known.names)),
        _last(";".join(known.last_names), known.names[0] if known.names else ""),
        birth_of(known, seen_on),
        broad,
        detail,
        area,
        hood,
        tuple(_mark(each) for each in known.marks if each.strip()),
        phones(known.phones),
    )


def begins_as(asked: Parts, held: Parts) -> bool:
    """Whether a name held begins with one asked for: what a worker means by the first letters of a name."""
    theirs = (*held.given.words.tokens, *held.last.tokens)
    return any(name.startswith(own) for own in (*asked.given.words.tokens, *asked.last.tokens) for name in theirs)


@lru_cache(maxsize=5_000)
def places(written: str) -> tuple[str, str]:
    """Borough and neighbourhood: "Southam, Quayside" tells both, "Quayside" the neighbourhood alone."""
    first, _, rest = written.partition(",")
    return (_plain(first), _plain(rest)) if rest.strip() else ("", _plain(first))


def birth_of(known: Known, seen_on: date | None) -> Birth | None:
    """A date of birth as it is; a part of one, or an age, as the middle of its span."""
    if known.born is not None:
        if known.born.is_exact:
            return Birth(_in_years(known.born.earliest), known.born.earliest)
        return Birth((_in_years(known.born.earliest) + _in_years(known.born.latest)) / 2, None)
    on = (known.age.on or seen_on) if known.age else None
    if known.age is None or on is None:
        return None
    middle = (known.age.low + known.age.high) / 2
    return Birth(on.toordinal() / YEAR - date(1970, 1, 1).toordinal() / YEAR + 1970 - middle - 0.5, None)


def phones(written: Iterable[str]) -> tuple[str, ...]:
    """The last ten digits of each number that is long enough to be one."""
    tails = ("".join(letter for letter in each if letter.isdigit())[-10:] for each in written)
    return tuple(dict.fromkeys(tail for tail in tails if len(tail) >= SHORTEST_PHONE))


def _in_years(day: date) -> float:
    return day.year + (day - date(day.year, 1, 1)).days / 365.25


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return " ".join(_APART.split(folded)).strip()


@lru_cache(maxsize=50_000)
def _given(text: str) -> Given:
    words = names.given_names(text)
    ordinary = 0 if not words.tokens else 1 if any(map(nicknames.is_ordinary, words.tokens)) else 2
    return Given(words, ordinary)


@lru_cache(maxsize=50_000)
def _last(text: str, known_as: str) -> names.Words:
    return names.last_names(text or names.last_name_within(known_as))


@lru_cache(maxsize=5_000)
def _ethnicity(text: str) -> tuple[str | None, str | None]:
    return broad_and_detail(text)


@lru_cache(maxsize=5_000)
def _mark(written: str) -> tuple[str, str]:
    kind, _, place = written.lower().partition("@")
    return kind.strip(), place.strip()

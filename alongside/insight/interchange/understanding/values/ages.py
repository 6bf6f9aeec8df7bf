"""Ages as people guess them: each with the span that the guess leaves open."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .understood import State, Understood, no_value, problem, tidy

WRITE_AGE = "Write an age in years, such as 30, about 30 or 25-30, or leave it empty."
YOUNGEST, OLDEST = 10, 100
_LONGEST = 60
_WORD_AGES = {
    "teens": 10,
    "teenager": 10,
    "teenage": 10,
    "teen": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
}
_PARTS_OF_TEN = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_ABOUT_WORDS = (
    r"(?P<about>c(?:irca)?\.?|abt\.?|about|approx(?:imately)?\.?|around|roughly|looks|maybe|est\.?|age[ds]?:?|~|\?)"
)
_YEARS = r"\s*(?:yrs?|years?|y/?o)?\.?(?: old)?"
_ONE = re.compile(
    rf"(?:{_ABOUT_WORDS}\s*)*(?P<age>\d{{1,3}}(?:\.\d+)?){_YEARS}\s*(?P<ish>ish|\?|approx\.?|or so)?",
    re.IGNORECASE | re.ASCII,
)
_TWO = re.compile(
    rf"(?:{_ABOUT_WORDS}\s*)*(?P<low>\d{{1,3}})\s*(?:-|–|to|or|/)\s*(?P<high>\d{{1,3}}){_YEARS}",
    re.IGNORECASE | re.ASCII,
)
_TEN = re.compile(
    rf"(?:{_ABOUT_WORDS}\s*)*(?:in )?(?:her )?(?P<part>early|mid|late)?[- ]*"
    rf"(?:(?P<ten>[1-9]0)'?s|(?P<word>{'|'.join(_WORD_AGES)}))",
    re.IGNORECASE | re.ASCII,
)
_OPEN = re.compile(
    r"(?P<side>under|below|<|over|above|>)\s*(?P<age>\d{2})|(?P<least>\d{2})\s*\+", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Age:
    """Years, both ends possible; `stated` is the figure that was written, if there was one."""

    low: int
    high: int
    stated: float | None = None

    @property
    def words(self) -> str:
        return f"{self.low}" if self.low == self.high else f"between {self.low} and {self.high}"


@lru_cache(maxsize=10_000)
def read_age(text: str, *, approximate: bool = False) -> Understood[Age]:
    """An age in years. `approximate`: the column's heading says that its ages are guesses.

    A guess on a round five is taken as five years either way, another as three: guesses heap on fives.
    """
    text = tidy(text)
    empty = no_value(text)
    if empty:
        return empty
    if len(text) > _LONGEST:
        return problem("is too long for an age", WRITE_AGE)
    age = _two(text) or _ten(text) or _open(text) or _one(text, approximate)
    if age is None:
        return problem("is not an age that can be read", WRITE_AGE)
    if not YOUNGEST <= age.low <= age.high <= OLDEST:
        return problem("is an age that cannot be right", WRITE_AGE)
    return Understood(State.VALUE if age.low == age.high else State.SPAN, age, age.words)


def _one(text: str, approximate: bool) -> Age | None:
    if not (found := _ONE.fullmatch(text)):
        return None
    stated = float(found["age"])
    years = int(stated)
    about = found["about"] and not found["about"].lower().startswith("age")
    if not (approximate or about or found["ish"]) or not YOUNGEST <= years <= OLDEST:
        return Age(years, years, stated)
    give = 5 if years % 5 == 0 else 3
    return Age(max(years - give, YOUNGEST), min(years + give, OLDEST), stated)


def _two(text: str) -> Age | None:
    if not (found := _TWO.fullmatch(text)):
        return None
    low, high = sorted((int(found["low"]), int(found["high"])))
    return Age(low, high, (low + high) / 2)


def _ten(text: str) -> Age | None:
    if not (found := _TEN.fullmatch(text)):
        return None
    ten = int(found["ten"] or _WORD_AGES[found["word"].lower()])
    first, last = _PARTS_OF_TEN[found["part"].lower()] if found["part"] else (0, 9)
    low = max(ten + first, 13) if ten == 10 else ten + first
    return Age(low, max(ten + last, low), (low + ten + last) / 2)


def _open(text: str) -> Age | None:
    if not (found := _OPEN.fullmatch(text)):
        return None
    if found["least"]:
        return Age(int(found["least"]), OLDEST)
    years = int(found["age"])
    return Age(YOUNGEST, years - 1) if found["side"].lower() in ("under", "below", "<") else Age(years + 1, OLDEST)

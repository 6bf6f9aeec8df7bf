"""Ethnic groups and areas: kept in the list's own words, with a key to compare them by."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .names import cased
from .understood import State, Understood, no_value, tidy

# The police's observer codes, and the letters that agencies use. IC6 (Arab) belongs to the other group of the census.
_CODES = {"ic1": "W", "ic2": "W", "ic3": "B", "ic4": "A", "ic5": "A", "ic6": "O"} | {
    letter.lower(): letter for letter in "WBAMO"
}
_UNKNOWN_CODES = {"ic0", "ic7", "ic9"}
# In order: "Mixed White and Asian" is mixed, whatever else it names.
_BROAD = (
    ("M", r"mixed|dual|multiple|\bmr\b"),
    ("W", r"white|gypsy|roma|traveller|irish|european|british$|english|scottish|welsh|polish|romanian|portuguese"),
    ("B", r"black|african|caribbean|somali"),
    ("A", r"asian|indian|pakistani|bangladeshi|chinese|thai|vietnamese"),
    ("O", r"arab|other|latin"),
)
BROAD_WORDS = {"W": "white", "B": "Black", "A": "Asian", "M": "mixed", "O": "other"}
_SHORT = {"rd": "road", "st": "street", "sq": "square", "ln": "lane", "pk": "park", "stn": "station", "ave": "avenue"}


@dataclass(frozen=True, slots=True)
class Ethnicity:
    """`text` as written; `broad` one of W, B, A, M, O, or "" when the words belong to none of them."""

    text: str
    broad: str


@dataclass(frozen=True, slots=True)
class Area:
    """`text` as written (not shouted); `key` the same for all ways to write one place."""

    text: str
    key: str


@lru_cache(maxsize=5_000)
def read_ethnicity(text: str) -> Understood[Ethnicity]:
    """An ethnic group in words, as a letter, or as a police code."""
    text = tidy(text)
    empty = no_value(text)
    if empty:
        return empty
    key = text.casefold()
    if key in _UNKNOWN_CODES:
        return Understood(State.NOT_KNOWN, words="not known")
    broad = _CODES.get(key) or next((code for code, words in _BROAD if re.search(words, key)), "")
    words = f"{text} ({BROAD_WORDS[broad]})" if broad else text
    return Understood(State.VALUE, Ethnicity(text, broad), words)


@lru_cache(maxsize=5_000)
def read_area(text: str) -> Understood[Area]:
    """A place: an area, a street, a corner, a borough."""
    text = tidy(text)
    empty = no_value(text)
    if empty:
        return empty
    plain = re.sub(r"[^\w\s]", "", text.casefold()).split()
    key = " ".join(_SHORT.get(word, word) if at else word for at, word in enumerate(plain)).removeprefix("the ")
    area = Area(cased(text), key)
    return Understood(State.VALUE, area, area.text)

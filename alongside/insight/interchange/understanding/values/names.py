"""Names as agencies write them: street names, two names in one cell, surnames first, capitals."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Never

from .understood import State, Understood, no_value, problem, tidy

WRITE_NAME = "Write the name as she is called, or leave it empty."
# Words that stand before a name on the street: "Young Delia" is one name, not a forename and a surname.
_EPITHET_WORDS = (
    "young old little lil big tall short skinny fat thin mad crazy black white red blonde blond ginger brown dark "
    "scottish scotch scouse irish welsh english brummie geordie northern southern manc polish portuguese romanian "
    "bulgarian albanian jamaican african french spanish italian german thai chinese brazilian russian lithuanian "
    "lady miss queen princess mama mummy auntie aunty sister baby sweet pretty quiet loud posh the new one"
)
_EPITHETS = frozenset(_EPITHET_WORDS.split())
_TITLES = re.compile(r"^(?:miss|mrs|ms|mx|dr)\.?\s+(?=\S)", re.IGNORECASE)
_PARTICLE_WORDS = "de da do dos das del della di la le van von der den bin bint al el st o mc mac ter"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_BETWEEN = re.compile(
    r"\s*(?:\b(?:a\.?k\.?a\.?|also known as|known as|alias|goes by|calls herself|n[ée]e|formerly|or)(?=\W|$)[.:]?"
    r"|[/;|()\[\]\"“”])\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*[,&+]\s*|\s+and\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^()]*)\)|[\"“]([^\"“”]*)[\"”]")  # Lashani (Jessie) Baker
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Name:
    """What a cell gives of a name: any part may be missing."""

    known_as: str = ""
    others: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        called = self.known_as or "no first name"
        others = f", also {', '.join(self.others)}" if self.others else ""
        return f"{called}{others}" + (f", last name {', '.join(self.last_names)}" if self.last_names else "")


class _Style(Enum):
    ANY = "any"
    SURNAME_FIRST = "surname first"
    FIRST_NAME = "first name"


def read_name(text: str) -> Understood[Name]:
    """A cell that may hold all of a name: "Tee aka Lizzie Omar", "LANGWICK, Tanisha", "Young Delia"."""
    return _read(text, _Style.ANY)


def read_full_name(text: str) -> Understood[Name]:
    """As `read_name`, in a column where a comma stands between the last name and the first."""
    return _read(text, _Style.SURNAME_FIRST)


def read_first_name(text: str) -> Understood[Name]:
    """A column of first names, beside one of last names: "Mary Jane" is one name, "Lizzie/Liz" two."""
    return _read(text, _Style.FIRST_NAME)


@lru_cache(maxsize=20_000)
def _read(text: str, style: _Style) -> Understood[Name]:
    text = tidy(text)
    unusable = _unusable(text, _LONGEST)
    if unusable:
        return unusable
    firsts: list[str] = []
    lasts: list[str] = []
    for part in _parts(text, style):
        first, last = (cased(part), "") if style is _Style.FIRST_NAME else _first_and_last(part)
        firsts += [first] if _told(first) else []
        lasts += [last] if _told(last) else []
    firsts, lasts = _unlike(firsts), _unlike(lasts)
    if not firsts and not lasts:
        return Understood(State.NOT_KNOWN, words="not known")
    name = Name(firsts[0] if firsts else "", tuple(firsts[1:]), tuple(lasts))
    return Understood(State.VALUE, name, name.words)


@lru_cache(maxsize=20_000)
def read_names(text: str) -> Understood[tuple[str, ...]]:
    """A column of other names or of last names: several may stand in one cell, between ; , / & or "aka"."""
    text = tidy(text)
    unusable = _unusable(text, 5 * _LONGEST)
    if unusable:
        return unusable
    pieces = [piece for part in _BETWEEN.split(text) for piece in _LISTED.split(part)]
    names = tuple(_unlike([cased(_TITLES.sub("", piece)) for piece in pieces if _told(piece)]))
    if not names:
        return Understood(State.NOT_KNOWN, words="not known")
    return Understood(State.VALUE, names, ", ".join(names))


def _unusable(text: str, longest: int) -> Understood[Never] | None:
    empty = no_value(text)
    if empty:
        return empty
    if len(text) > longest or not any(map(str.isalpha, text)):
        return problem("is not a name", WRITE_NAME)
    return None


def _parts(text: str, style: _Style) -> list[str]:
    parts: list[str] = []
    aside = [inner for pair in _ASIDE.findall(text) for inner in pair if inner]
    for part in [*_BETWEEN.split(_ASIDE.sub(" ", text)), *aside]:
        left, comma, right = (piece.strip() for piece in part.partition(","))
        if comma and left and right:
            # In capitals it is a last name, as in LANGWICK, Tanisha; otherwise two names side by side.
            turned = style is _Style.SURNAME_FIRST or (left.isupper() and len(left) > 1)
            parts += [f"{right}\t{left}"] if turned and style is not _Style.FIRST_NAME else part.split(",")
        else:
            parts.append(part)
    return [part.strip(" ,.-") for part in parts if part.strip(" ,.-")] or [text]


def _first_and_last(part: str) -> tuple[str, str]:
    if "\t" in part:
        first, last = part.split("\t")
        return cased(_TITLES.sub("", first)), cased(last)
    words = _TITLES.sub("", part).split() or part.split()
    start = 1
    while start < len(words) and words[start - 1].lower() in _EPITHETS:
        start += 1
    if len(words) <= start or any(word.lower() in ("from", "at", "with", "on", "the") for word in words):
        return cased(" ".join(words)), ""
    cut = len(words) - 1
    while cut > start and words[cut - 1].lower().strip("'’.") in _PARTICLES:
        cut -= 1
    return cased(" ".join(words[:cut])), cased(" ".join(words[cut:]))


def _told(name: str) -> bool:
    name = name.strip(" ,.-?")
    return bool(name) and no_value(name) is None and any(map(str.isalpha, name))


def _unlike(names: list[str]) -> list[str]:
    """Without repeats, however they are cased."""
    return list({name.casefold(): name for name in reversed(names)}.values())[::-1]


def cased(name: str) -> str:
    """A name in capitals or small letters as it is usually written; any other stays as it is."""
    name = name.strip(" ,;")
    if not (name.isupper() or name.islower()) or (len(name) <= 3 and name.isupper() and not _has_vowel(name)):
        return name
    name = re.sub(r"[^\W\d_]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), name)
    name = re.sub(r"(?<=\w)'S\b", "'s", name)
    return re.sub(r"\bMc([a-z])", lambda found: "Mc" + found[1].upper(), name)


def _has_vowel(name: str) -> bool:
    return any(letter in "AEIOUY" for letter in name)

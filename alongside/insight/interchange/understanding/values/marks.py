"""Marks on the body: a kind and, where it was told, a place."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .names import cased
from .understood import State, Understood, no_value, tidy

_SIDES = (
    r"(?:left |right |l |r |both |upper |lower |inner |outer |back of (?:her )?|side of (?:her )?|top of (?:her )?)*"
)
_PLACES = (
    "face|cheek|forehead|chin|eyebrow|eye|nose|lip|ear|neck|throat|shoulder|arm|forearm|elbow|wrist|hand|thumb|finger|"
    "knuckle|chest|breast|back|stomach|belly|tummy|hip|waist|side|buttock|bottom|leg|thigh|knee|shin|calf|ankle|foot|"
    "toe|head|scalp"
)
PLACE = re.compile(rf"(?P<place>{_SIDES}(?:{_PLACES})(?:e?s)?)", re.IGNORECASE)
_ON = re.compile(
    rf"(?P<kind>\S.{{0,60}}?)\s+(?:on|across|down|in|to|over)\s+(?:(?:her|the|one)\s+)?{PLACE.pattern}", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:and |has |a |an |the |with |tattoo of |tattoos? (?:of )?|tat of )+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;,\n]\s*")
_AND = re.compile(r"\s+and\s+(?=\S.{0,80} (?:on|across) )", re.IGNORECASE)


class Mark(NamedTuple):
    """`kind` in small letters (a tattooed name keeps its capital); `place` is empty when it was not told."""

    kind: str
    place: str

    def __str__(self) -> str:
        return f"{self.kind}@{self.place}"


@lru_cache(maxsize=20_000)
def read_marks(text: str) -> Understood[tuple[Mark, ...]]:
    """A column of marks: "angel wings@chest; scar@", "ANGEL WINGS/LEFT ARM;SCAR/", "rose on neck", "a limp"."""
    text = tidy(text)
    empty = no_value(text)
    if empty:
        return empty
    marks = [mark for piece in _pieces(text) if (mark := _mark(piece) or _unplaced(piece))]
    unlike = tuple(dict.fromkeys(marks))
    return Understood(State.VALUE, unlike, "; ".join(_words(mark) for mark in unlike))


def find_marks(text: str) -> tuple[list[Mark], str]:
    """Marks that a free note tells surely (a kind and a place of the body), and the rest of the note."""
    marks: list[Mark] = []
    rest: list[str] = []
    for piece in _pieces(text):
        mark = _mark(piece)
        if mark:
            marks.append(mark)
        else:
            rest.append(piece)
    return list(dict.fromkeys(marks)), "; ".join(rest)


def _pieces(text: str) -> Iterator[str]:
    return (piece for part in _BETWEEN.split(text) for piece in _AND.split(part) if piece.strip())


def _mark(piece: str) -> Mark | None:
    """A kind and a place; `None` when the piece is no such thing."""
    kind, at, place = piece.partition("@")
    if not at:
        kind, at, place = piece.rpartition("/")
        at = at if PLACE.fullmatch(place.strip()) or not place.strip() else ""
    if at and kind.strip() and len(kind) <= 60 and (not place.strip() or PLACE.fullmatch(place.strip())):
        return _made(kind, place)
    if found := _ON.fullmatch(piece.strip(" .")):
        return _made(found["kind"], found["place"])
    return None


def _unplaced(piece: str) -> Mark | None:
    return _made(piece, "") if piece.strip(" .,;/@") else None


def _made(kind: str, place: str) -> Mark | None:
    kind = _LEADING.sub("", tidy(kind).strip(" .,;/@"))
    if not kind:
        return None
    named = re.fullmatch(r"names? (.+)", kind, re.IGNORECASE)
    kind = f"name {cased(named[1])}" if named else kind.lower()
    place = re.sub(r"\bl\b", "left", re.sub(r"\br\b", "right", tidy(place).lower().removeprefix("her ")))
    return Mark(kind, place)


def _words(mark: Mark) -> str:
    return f"{mark.kind} on {mark.place}" if mark.place else mark.kind

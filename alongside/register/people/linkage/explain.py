"""Why two records may or may not be one woman, in plain words that tell no name, date, number or place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .comparisons import NAMES
from .model import Model

SLIGHT = 0.15
_AGES = {
    6: "more than 12 years",
    7: "about 10 years",
    8: "about 7 years",
    9: "about 5 years",
    10: "about 3 years",
    12: "more than 14 years",
    13: "about 12 years",
    14: "about 7 years",
    15: "about 4 years",
    16: "about 2 years",
}
_GROUPS = (
    "different broad ethnic groups",
    "different ethnic groups, one of them Mixed or Other",
    "the same broad ethnic group, but different details",
)
_UNKNOWN = {
    "name": "First or street name",
    "last": "Last name",
    "age": "Age or date of birth",
    "ethnicity": "Ethnic group",
    "area": "Borough",
    "hood": "Neighbourhood",
    "marks": "Tattoos, scars and other marks",
    "phone": "Phone number",
}


@dataclass(frozen=True)
class Evidence:
    """Sentences for and against, strongest first, and what one of the two records does not tell."""

    for_: list[str]
    against: list[str]
    unknown: list[str]


def _rare(level: int, first: int, rare: int) -> str:
    return ", and a rare one" if level >= first + rare else ""


def _name(level: int) -> str:
    if level >= 22:
        return "The same first or street name" + _rare(level, 22, 4)
    if level >= 15:
        return "One name is an everyday form of the other" + _rare(level, 15, 3)
    if level >= 8:
        return "Names that differ by a letter or so" + _rare(level, 8, 4)
    if level >= 3:
        return "Names that begin alike" + _rare(level, 3, 3)
    return ("Different first names", "Different names, one of them perhaps a street name", "Different street names")[
        level
    ]


def _last(level: int) -> str:
    if level >= 5:
        return "The same last name" + _rare(level, 5, 4)
    return "Last names that differ by a letter or so" if level else "Different last names"


def _age(level: int) -> str:
    if level in _AGES:
        return f"Ages differ by {_AGES[level]}"
    return {
        0: "Dates of birth more than five years apart",
        1: "Dates of birth up to five years apart",
        2: "Different dates of birth, less than two years apart",
        3: "Dates of birth alike but for the day, month or year",
        4: "The same date of birth, on a day often put where it is not known",
        5: "The same date of birth",
        11: "The estimated age fits the date of birth",
        17: "The same estimated age, or nearly",
    }[level]


def _ethnicity(level: int) -> str:
    if level <= 2:
        return _GROUPS[level].capitalize()
    if level <= 7:
        return "The same broad ethnic group"
    return "The same ethnic group" + (", and a rare one" if level == 13 else "")


def _marks(level: int) -> str:
    if level >= 5:
        return "The same tattoo, scar or other mark in the same place"
    return (
        "Different marks",
        "A common kind of mark, in different places",
        "An unusual kind of mark, in different places",
        "The same kind of mark; one record does not say where",
        "The same unusual kind of mark; one record does not say where",
    )[level]


def sentence(comparison: str, level: int) -> str:
    """What a level means, in plain words."""
    if comparison.startswith("ethnicity"):
        return _ethnicity(level)
    if comparison in ("name", "last", "age", "marks"):
        return {"name": _name, "last": _last, "age": _age, "marks": _marks}[comparison](level)
    same = {"area": "The same borough", "hood": "The same neighbourhood", "phone": "The same phone number"}
    other = {"area": "Different boroughs", "hood": "Another neighbourhood", "phone": "Different phone numbers"}
    return (same if level else other)[comparison]


def explain(pair_row: Mapping[str, Any], model: Model | None = None) -> Evidence:
    """Evidence of one row of `Linkage.pairs`; weights from the row, or from `model` where the row has levels alone.

    A weight within SLIGHT bits of nought is left out: it speaks neither for nor against.
    """
    told: list[tuple[float, str]] = []
    for name in NAMES:
        level = int(pair_row[name])
        if level >= 0:
            told.append((_weight(pair_row, name, level, model), sentence(name, level)))
    known = {name.split("_")[0] for name in NAMES if pair_row[name] >= 0}
    return Evidence(
        [words for weight, words in sorted(told, reverse=True) if weight >= SLIGHT],
        [words for weight, words in sorted(told) if weight <= -SLIGHT],
        [words for kind, words in _UNKNOWN.items() if kind not in known],
    )


def _weight(row: Mapping[str, Any], name: str, level: int, model: Model | None) -> float:
    if f"{name}_weight" in row:
        return float(row[f"{name}_weight"])
    if model is None:
        raise ValueError("a row without weights needs the model that scored it")
    tables, _ = model.weights([""])
    return float(tables[NAMES.index(name)][0, level])

"""Reads one cell as its column says. Used alike for the preview of a list and for taking it in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .columns import ColumnKind
from .mapping import Column
from .values import (
    Mark,
    Span,
    State,
    Understood,
    find_marks,
    find_phones,
    read_age,
    read_area,
    read_date,
    read_ethnicity,
    read_first_name,
    read_full_name,
    read_marks,
    read_name,
    read_names,
    read_phones,
    tidy,
)
from .values.ages import YOUNGEST
from .values.understood import no_value, problem

_FORMULA = re.compile(r"[\s\ufeff]*(?:[=|%]|[+@-]\s*[A-Za-z_$.]+\d*\s*[(!|]|[+@-]\$?[A-Z]{1,3}\$?\d+\b|@[A-Za-z]+\()")
_FORMULA_STARTS = tuple("=|%+-@")
_SPACES = " \t\r\n\ufeff"
_BORN_IN_NOTE = re.compile(r"\b(?:d\.?o\.?b\.?|born)\b:? *([\w/.\-]+(?: [A-Za-z]+ \d+)?)", re.IGNORECASE)
_AKA_IN_NOTE = re.compile(r"\b(?:aka|a\.k\.a\.|also known as|calls herself)\s+([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")
_LOOKED_THROUGH = 4_000  # characters of a note


@dataclass(frozen=True, slots=True)
class Note:
    """What was found in a note, and the text that is left."""

    phones: tuple[str, ...]
    marks: tuple[Mark, ...]
    names: tuple[str, ...]
    born: Span | None
    text: str


def read_cell(
    column: Column, text: str, *, today: date, seen: Span | None = None, year: int | None = None
) -> Understood[Any]:
    """What a cell says. The value's type follows the column's kind; a cell for an age may hold a date of birth."""
    if text.lstrip(_SPACES)[:1] in _FORMULA_STARTS and _FORMULA.match(text) and column.kind is not ColumnKind.IGNORE:
        return problem("looks like a formula; it was not run", "Write what the cell should say, or leave it empty.")
    match column.kind:
        case ColumnKind.SEEN:
            return read_date(text, today, year)
        case ColumnKind.BORN | ColumnKind.AGE:
            return _born_or_age(column, text, min(today, seen.last) if seen else today)
        case ColumnKind.NOTES:
            return _note(text, today)
        case ColumnKind.REFERENCE | ColumnKind.IGNORE:
            plain = tidy(text)
            return no_value(plain) or Understood(State.VALUE, plain[:100], plain[:100])
    return _READERS[column.kind](text)


_READERS: dict[ColumnKind, Callable[[str], Understood[Any]]] = {
    ColumnKind.NAME: read_name,
    ColumnKind.FULL_NAME: read_full_name,
    ColumnKind.FIRST_NAME: read_first_name,
    ColumnKind.LAST_NAME: read_names,
    ColumnKind.ALIAS: read_names,
    ColumnKind.ETHNICITY: read_ethnicity,
    ColumnKind.AREA: read_area,
    ColumnKind.MARKS: read_marks,
    ColumnKind.PHONE: read_phones,
}


def _born_or_age(column: Column, text: str, on: date) -> Understood[Any]:
    """Agencies write "DOB 30.07.1982" under an age and "about 30" under a date of birth: both are taken as meant."""
    latest = date(on.year - YOUNGEST, 12, 31)
    first: Understood[Any]
    age = column.kind is ColumnKind.AGE
    first = read_age(text, approximate=column.approximate) if age else read_date(text, latest)
    if first.state is not State.PROBLEM:
        return first
    other: Understood[Any] = read_date(text, latest) if age else read_age(text, approximate=True)
    return first if other.state is State.PROBLEM else other


def _note(text: str, today: date) -> Understood[Note]:
    plain = tidy(text)
    empty = no_value(plain)
    if empty:
        return empty
    head, tail = plain[:_LOOKED_THROUGH], plain[_LOOKED_THROUGH:]
    phones, rest = find_phones(head)
    marks, rest = find_marks(rest)
    born = next((span for told in _BORN_IN_NOTE.findall(rest) if (span := read_date(told, today).value)), None)
    names = tuple(dict.fromkeys(_AKA_IN_NOTE.findall(rest)))
    note = Note(tuple(phones), tuple(marks), names, born, rest + tail)
    return Understood(
        State.VALUE, note, "; ".join([*phones, *map(str, marks), *([rest + tail] if rest + tail else [])])
    )

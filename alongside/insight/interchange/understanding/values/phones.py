"""Telephone numbers, alone or in a note, as +44 and digits."""

import re

from .understood import State, Understood, no_value, problem, tidy

WRITE_PHONE = "Write the number with its area code, for example 07700 900000, or leave it empty."
_NUMBER = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d(?:[\s\-.()]{0,2}\d){8,14}(?![\w])")
_LABEL = r"(?:\b(?:mob(?:ile)?|tel(?:ephone)?|ph(?:one)?|ring|text|call|m|t)\b\s*(?:no|number)?\s*[.:]?\s*)?"
_LABELLED = re.compile(_LABEL + _NUMBER.pattern, re.IGNORECASE)
_DATE_LIKE = re.compile(r"(?:19|20)\d\d[-. ]\d\d[-. ]\d\d|\d\d[-. ]\d\d[-. ](?:19|20)\d\d")


def normalised(text: str) -> str:
    """`+` and digits for a possible number, "" for anything else. A lost leading 0 is put back."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.lstrip("( ").startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    elif digits.startswith("0"):
        number = "44" + digits[1:]
    elif len(digits) == 10 and digits.startswith("7"):
        number = "44" + digits
    else:
        number = digits if digits.startswith("44") else ""
    if number.startswith("44"):
        number = "44" + number[2:].removeprefix("0")
        return f"+{number}" if len(number) in (11, 12) else ""
    return f"+{number}" if 8 <= len(number) <= 15 else ""


def read_phones(text: str) -> Understood[tuple[str, ...]]:
    """A column of numbers; several may stand in one cell."""
    text = tidy(text)
    empty = no_value(text)
    if empty:
        return empty
    found, rest = find_phones(text)
    if not found or re.search(r"\d{5}", rest):
        return problem("is not a telephone number", WRITE_PHONE)
    return Understood(State.VALUE, tuple(found), ", ".join(found))


def find_phones(text: str) -> tuple[list[str], str]:
    """Numbers in a note, and the note without them."""
    numbers: list[str] = []

    def taken(found: re.Match[str]) -> str:
        number = normalised(_NUMBER.search(found[0])[0])  # type: ignore[index]  # the pattern holds it
        if not number or _DATE_LIKE.search(found[0]):
            return found[0]
        numbers.append(number)
        return ""

    rest = _LABELLED.sub(taken, text)
    return list(dict.fromkeys(numbers)), rest.strip(" ;,./") if numbers else rest

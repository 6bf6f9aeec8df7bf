"""What was made of one cell."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Generic, Never, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


class State(StrEnum):
    """How a cell answers. An empty cell says nothing: it is not "not known"."""

    VALUE = "value"
    SPAN = "span"
    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    EMPTY = "empty"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Understood(Generic[Value_co]):
    """A value with how sure it is; or why there is none. `words` is for a person, `what_to_do` only for a problem."""

    state: State
    value: Value_co | None = None
    words: str = ""
    what_to_do: str = ""


_ANSWERS: dict[State, tuple[str, str]] = {
    State.NOT_KNOWN: (
        "not known",
        r"n/?k|not known|unknown|u/?k|unk|d/?k|don'?t know|do(es)? not know|not sure|unsure|nil known|[-–—?.x*_ ]+",
    ),
    State.NOT_ASKED: ("not asked", r"not asked|n/?a|not applicable|tbc|tba|to be confirmed|not recorded|not stated"),
    State.NOT_SAID: (
        "asked, chose not to say",
        r"refused|declined|withheld|prefers? not to say|pnts|(asked, )?(chose|did) not (to )?say|won'?t say",
    ),
}
_PATTERNS = [(state, words, re.compile(pattern, re.IGNORECASE)) for state, (words, pattern) in _ANSWERS.items()]


def no_value(text: str) -> Understood[Never] | None:
    """What a cell says when it gives no value (empty, "n/k", "not asked", "refused"); None when it gives one."""
    if not text:
        return Understood(State.EMPTY, words="nothing written")
    return None if len(text) > 30 else _answer(text)


@lru_cache(maxsize=10_000)
def _answer(text: str) -> Understood[Never] | None:
    for state, words, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return Understood(state, words=words)
    return None


def problem(words: str, what_to_do: str) -> Understood[Never]:
    """A cell that cannot be used as it is."""
    return Understood(State.PROBLEM, words=words, what_to_do=what_to_do)


def tidy(text: str) -> str:
    """One line, single spaces, no space at the ends."""
    return " ".join(text.split())

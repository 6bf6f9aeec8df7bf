"""What a return is looked through for on the way: data, each with its threshold, the sentence why, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MISSING, IMPLAUSIBLE, LATE, SILENT = "missing", "implausible", "late", "silent"
WORDS = {MISSING: "Missing", IMPLAUSIBLE: "Hard to believe", LATE: "Late", SILENT: "Silence"}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a return.

    `figure`: the definition that counts what is looked for; its denominator is the check's. `beside`: of a figure that
    is a whole, the definition that it is set beside. Told when the count is more than `percent` of the denominator; of
    `silent`, when nothing was counted although there were `at_least` of `beside`.
    `todo`: what to do, and `where`: the route of the page where that is done; "" is the women behind the figure.
    """

    key: str
    kind: str
    figure: str
    why: str
    todo: str
    owner: str
    version: int
    since: date
    beside: str = ""
    percent: int = 0
    at_least: int = 0
    where: str = ""

    def figures(self) -> tuple[str, ...]:
        return (self.figure, self.beside) if self.beside else (self.figure,)

    def tells(self, count: int, of: int | None) -> bool:
        """Whether there is something to do."""
        if self.kind == SILENT:
            return count == 0 and (of or 0) >= max(self.at_least, 1)
        return 100 * count > self.percent * (of or 0)

    def threshold(self) -> str:
        """When it is told, in words."""
        if self.kind == SILENT:
            return f"none, beside {self.at_least} or more"
        return f"more than {self.percent}%" if self.percent else "any"


def fault(each: Check, known: Mapping[str, Any]) -> str:
    """Why a check can't be made, in words; "" where it can. `known`: the definitions, by key."""
    if each.kind not in WORDS:
        return f"kind is “{each.kind}”. It can be: {', '.join(WORDS)}."
    for key in each.figures():
        if key not in known:
            return f"looks at “{key}”, which no definition has."
    if each.kind == SILENT and not (each.beside and each.at_least > 0):
        return "is about silence: it needs beside, and at_least from 1."
    if not (each.beside or known[each.figure].out_of):
        return "has no denominator: its figure is a whole, so it needs beside."
    if not 0 <= each.percent < 100:
        return "percent has to lie between 0 and 99."
    return ""

"""Lists as their pages show them."""

from typing import Any

from django.utils import timezone

from alongside.foundation.kit.rows import SummaryRow
from alongside.foundation.kit.show import moment, number, plural
from alongside.insight.interchange.codes import ListState
from alongside.insight.interchange.queries import ListView
from alongside.insight.interchange.understanding import LINE_WORDS, LineKind

COLOURS = {
    ListState.OPEN: "yellow",
    ListState.WAITING: "teal",
    ListState.TAKING: "teal",
    ListState.STOPPED: "purple",
    ListState.TAKEN: "green",
    ListState.UNDOING: "teal",
    ListState.UNDONE: "neutral",
    ListState.DISCARDED: "neutral",
}


def named(view: ListView) -> str:
    """A list has no name but its moment: file names can hold a woman's."""
    return f"List of {moment(timezone.localtime(view.handed_in_at))}"


def understood(counts: dict[str, Any]) -> list[SummaryRow]:
    """What the file holds, in counts."""
    kept = ", ".join(
        f"{LINE_WORDS[LineKind(kind)]}: {number(count)}" for kind, count in counts["kept"].items() if kind != "blank"
    )
    rows = [
        ("Rows about a woman", number(counts["rows"])),
        ("Ready to go in", number(counts["ready"])),
        ("With a cell that we cannot read", number(counts["problems"]) if counts["problems"] else ""),
        ("That we cannot read at all", number(counts["unreadable"]) if counts["unreadable"] else ""),
        ("Exact repeats, which go in once", number(counts["repeats"]) if counts["repeats"] else ""),
        ("Lines that are no rows", kept),
    ]
    return [SummaryRow(key, text) for key, text in rows if text]


def difference(told: dict[str, Any]) -> list[SummaryRow]:
    """Against the sender's last list with these headings."""
    words = (
        ("new", "New"),
        ("changed", "Say something else now"),
        ("same", "The same as before"),
        ("gone", "In the last list and not in this one; they stay"),
    )
    return [SummaryRow(words, number(told[name])) for name, words in words]


def went_in(counts: dict[str, Any]) -> list[SummaryRow]:
    words = (("new", "New records"), ("changed", "Records that say something else now"), ("same", "The same as before"))
    return [SummaryRow(words, number(counts["taken"][name])) for name, words in words]


def progress_words(view: ListView) -> str:
    if view.state == ListState.UNDOING:
        return "The list is being undone"
    if view.state == ListState.TAKING:
        return f"{number(view.position)} of {plural(view.counts['ready'], 'row has', 'rows have')} gone in"
    return "The list waits for its turn to go in"


def take_in_words(ready: int, later: int) -> str:
    """The words of the button: `Take in 143 rows; leave 3 for later`."""
    words = f"Take in {plural(ready, 'row', 'rows')}"
    return f"{words}; leave {number(later)} for later" if later else words

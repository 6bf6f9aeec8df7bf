"""Handing a list in at the machine itself, by its operator: the same steps, told in words. No name is ever said."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange import queries
from alongside.insight.interchange.actions import hand_in, let_go_in_here
from alongside.insight.interchange.codes import ListState
from alongside.insight.interchange.reading import Limits, ListRefused
from alongside.insight.interchange.storing import intake_job
from alongside.insight.interchange.taking import take_all_in
from alongside.insight.interchange.understanding import KIND_WORDS, LINE_WORDS, LineKind

SHOWN_PROBLEMS = 20
Say = Callable[[int, int], None]
__all__ = ["ListRefused", "Report", "hand_in_file", "intake_job", "report", "take_in_file"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was understood of a list. `lines` are sentences to print; they tell rows by number and name no one."""

    id: UUID
    state: ListState
    ready: int
    with_gaps: int
    taken: dict[str, int]
    lines: tuple[str, ...]


def hand_in_file(actor: Actor, path: Path) -> Report:
    """Hand in a file for the agency of `actor` (see `intake_job`); nothing goes in yet. Raises ListRefused."""
    if path.is_symlink() or not path.is_file():
        raise ListRefused("missing" if not path.exists() else "not_a_file")
    if path.stat().st_size > Limits().file_bytes:
        raise ListRefused("file_too_big", limit=f"{Limits().file_bytes // (1024 * 1024)} MB")
    with acting_as(actor):
        received = hand_in(actor, content=path.read_bytes(), file_name=path.name)
    return report(actor, received.id)


def take_in_file(actor: Actor, list_id: UUID, *, with_gaps: bool = False, say: Say = lambda done, of: None) -> Report:
    """Take a list in here and now, telling `say` how many rows of how many are in."""
    with acting_as(actor):
        let_go_in_here(actor, list_id, with_gaps=with_gaps)
    take_all_in(actor, list_id, say)
    return report(actor, list_id)


def report(actor: Actor, list_id: UUID) -> Report:
    """Where a list is: what was understood while it waits, afterwards what went in."""
    with acting_as(actor):
        view = queries.the_list(actor, list_id)
        lines = _proposal(actor, view) if view.state == ListState.OPEN else _state(view)
    counts = view.counts
    return Report(list_id, view.state, counts["ready"], counts["problems"], counts.get("taken", {}), tuple(lines))


def _proposal(actor: Actor, view: queries.ListView) -> list[str]:
    understood = queries.columns(actor, view.id)
    waiting = queries.waiting(actor, view.id, 1, SHOWN_PROBLEMS)
    where = f'on the sheet "{understood.sheet}", ' if understood.sheet else ""
    lines = [f"The list: {where}headings in row {understood.header_row}."]
    lines += [f"  {column.heading or column.index + 1}: {KIND_WORDS[column.kind]}" for column in understood.columns]
    lines += list(understood.notes)
    lines += _counted(view.counts)
    lines += [f"Warning: {words}" for words in waiting.warnings]
    for row in waiting.rows:
        lines += [
            f"  Row {row.number}, {problem.column or 'the whole row'}: it {problem.words}. {problem.what_to_do}"
            for problem in row.problems
        ]
    unread = view.counts["problems"] + view.counts["unreadable"]
    return lines + ([f"  … and {unread - SHOWN_PROBLEMS} more rows."] if unread > SHOWN_PROBLEMS else [])


def _counted(counts: dict[str, Any]) -> list[str]:
    aside = ", ".join(f"{LINE_WORDS[LineKind(kind)]}: {count}" for kind, count in counts["kept"].items())
    lines = [
        f"{counts['rows']} rows about a woman; {counts['ready']} ready to go in, {counts['repeats']} exact repeats,"
        f" {counts['problems']} with a cell that cannot be read, {counts['unreadable']} that cannot be read.",
        f"Lines that are no rows: {aside or 'none'}.",
    ]
    if told := counts.get("difference"):
        lines.append(
            f"Against the last list: {told['new']} new, {told['changed']} changed, {told['same']} the same,"
            f" {told['gone']} gone (they stay)."
        )
    return lines


def _state(view: queries.ListView) -> list[str]:
    taken = view.counts.get("taken")
    lines = [f"This list: {view.state.words.lower()}."]
    if taken:
        lines.append(f"{taken['new']} new records, {taken['changed']} changed, {taken['same']} the same as before.")
    return lines

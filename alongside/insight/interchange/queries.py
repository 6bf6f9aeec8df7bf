"""What is shown of lists: rows ready for pages. Reading what came from a file leaves a trail row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import load
from alongside.foundation.gate.permissions import Denied, NotFound, decide
from alongside.foundation.trail.writing import leave
from alongside.insight.interchange.codes import AT_WORK, ENDED, ListState, RowState
from alongside.insight.interchange.looking import reread
from alongside.insight.interchange.models import HandedIn, StagedRow
from alongside.insight.interchange.storing import Opened, open_list
from alongside.insight.interchange.understanding import Column, ListRow, Problem
from alongside.register.agencies.queries import names_of
from alongside.register.people.codes import FieldGroup

WAITS = (RowState.UNREADABLE, RowState.PROBLEM)


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A numbered file with rows to mend."""

    number: str
    rows: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A list without anything that came from it. `counts` are those of `looking.Look.counts`, `difference`, `taken`."""

    id: UUID
    state: ListState
    handed_in_at: datetime
    handed_in_by: str
    counts: dict[str, Any]
    position: int
    taken_in_at: datetime | None
    undone_at: datetime | None
    is_stuck: bool
    copies: tuple[CopyRow, ...]

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK and not self.is_stuck

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def percent(self) -> int:
        return 100 * self.position // max(1, int(self.counts["ready"])) if self.state == ListState.TAKING else 0


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """What each column is taken for, with samples as written and as understood."""

    columns: tuple[Column, ...]
    samples: list[list[list[str]]]
    problems: dict[str, int]
    unanswered: dict[str, int]
    sheet: str
    header_row: int
    lines: list[list[Any]]
    notes: list[str]
    remembered: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row that needs a person: its cells as they stand, and what is wrong with them."""

    id: UUID
    sheet: int
    number: int
    state: RowState
    cells: tuple[str, ...]
    headings: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that need a person: one page of them, and how many are in each state."""

    rows: list[RowView]
    states: dict[RowState, int]
    warnings: list[str]


def lists_of(actor: Actor, page: int, size: int) -> tuple[list[ListView], int]:
    """One page of the agency's lists, newest first, and how many there are."""
    rows = HandedIn.objects.visible_to(actor).defer("reading", "prints")
    found = list(rows.order_by("-handed_in_at", "id")[(page - 1) * size : page * size])
    by = names_of({each for row in found for each in _people(row)})
    return [_view(row, by) for row in found], rows.count()


def the_list(actor: Actor, list_id: UUID) -> ListView:
    """Raises NotFound."""
    row = load(actor, HandedIn, list_id)
    return _view(row, names_of(_people(row)))


def rows_left(actor: Actor, list_id: UUID) -> int:
    """Rows of a list that have not gone in and were not left out."""
    rows = StagedRow.objects.visible_to(actor).filter(handed_in=list_id, taken_in_at=None)
    return int(rows.exclude(state=RowState.LEFT_OUT).count())


def columns(actor: Actor, list_id: UUID) -> ColumnsView:
    """What was understood of a list that has not gone in yet. Raises NotFound once it has."""
    held = _open(actor, list_id, ListState.OPEN)
    kept = held.kept
    _leave(actor, held.row, int(held.row.counts["rows"]))
    return ColumnsView(
        kept.columns.columns,
        kept.samples,
        kept.problems,
        kept.unanswered,
        kept.sheet,
        kept.header_row,
        kept.lines,
        kept.notes,
        kept.remembered,
    )


def waiting(actor: Actor, list_id: UUID, page: int, size: int) -> Waiting:
    """The rows that a person has to look at, those that cannot be read first in the order of the file."""
    held = _open(actor, list_id, ListState.OPEN, ListState.TAKEN, ListState.STOPPED)
    rows = StagedRow.objects.visible_to(actor).filter(handed_in=held.row, taken_in_at=None)
    states: dict[RowState, int] = {}
    for state in rows.values_list("state", flat=True).order_by():
        states[RowState(state)] = states.get(RowState(state), 0) + 1
    shown = rows.filter(state__in=WAITS).order_by("sheet", "number")[(page - 1) * size : page * size]
    views = [_row(held, row) for row in shown]
    _leave(actor, held.row, len(views))
    return Waiting(views, states, held.kept.warnings if held.row.state == ListState.OPEN else [])


def all_waiting(actor: Actor, list_id: UUID) -> list[RowView]:
    """Every row that needs a person, for the sender to mend in a file."""
    held = _open(actor, list_id, ListState.OPEN, ListState.TAKEN, ListState.STOPPED)
    rows = StagedRow.objects.visible_to(actor).filter(handed_in=held.row, taken_in_at=None, state__in=WAITS)
    views = [_row(held, row) for row in rows.order_by("sheet", "number").iterator(2_000)]
    _leave(actor, held.row, len(views))
    return views


def waiting_row(actor: Actor, list_id: UUID, row_id: UUID) -> RowView:
    """One row that has not gone in. Raises NotFound."""
    held = _open(actor, list_id, ListState.OPEN, ListState.TAKEN, ListState.STOPPED)
    row = StagedRow.objects.visible_to(actor).filter(handed_in=held.row, pk=row_id, taken_in_at=None).first()
    if row is None:
        raise NotFound("StagedRow")
    _leave(actor, held.row, 1)
    return _row(held, row)


def _view(row: HandedIn, by: dict[UUID, str]) -> ListView:
    name = by.get(row.handed_in_by, "") if row.handed_in_by else "the operator"
    return ListView(
        row.pk,
        ListState(row.state),
        row.handed_in_at,
        name,
        row.counts,
        row.position,
        row.taken_in_at,
        row.undone_at,
        row.is_stuck(timezone.now()),
        tuple(_copy(each, by) for each in row.copies),
    )


def _copy(kept: dict[str, Any], by: dict[UUID, str]) -> CopyRow:
    who = by.get(UUID(kept["by"]), "") if kept["by"] else ""
    return CopyRow(kept["number"], kept["rows"], timezone.localtime(datetime.fromisoformat(kept["at"])), who)


def _people(row: HandedIn) -> set[UUID]:
    copies = {UUID(each["by"]) for each in row.copies if each["by"]}
    return copies | ({row.handed_in_by} if row.handed_in_by else set())


def _open(actor: Actor, list_id: UUID, *states: ListState) -> Opened:
    row = load(actor, HandedIn, list_id)
    if row.state not in states:
        raise NotFound("HandedIn")
    verdict = decide(actor, "lists.read_rows", row.as_subject())
    if not verdict.allowed:
        raise Denied("lists.read_rows", row.as_subject())
    return open_list(row)


def _leave(actor: Actor, row: HandedIn, count: int) -> None:
    rule = decide(actor, "lists.read_rows", row.as_subject()).rule
    leave(
        actor,
        "lists.read_rows",
        rule=rule,
        kind="HandedIn",
        subjects=[row.pk],
        count=count,
        field_groups=[FieldGroup.IDENTITY],
    )


def _row(held: Opened, row: StagedRow) -> RowView:
    cells = held.sealed.open_json("stagedrow", row.pk, "cells", row.cells)
    mapping = held.kept.columns
    line = reread(cells, mapping, held.kept.day, held.kept.year, (row.sheet, row.number))
    named = [column.heading or f"Column {column.index + 1}" for column in mapping.columns]
    headings = named + [f"Beyond the headings, {n}" for n in range(1, len(cells) - len(named) + 1)]
    cells = [*cells, *[""] * (len(headings) - len(cells))]
    problems = line.problems if not isinstance(line, ListRow) or line.problems else ()
    return RowView(row.pk, row.sheet, row.number, RowState(row.state), tuple(cells), tuple(headings), problems)

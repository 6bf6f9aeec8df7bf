"""Handing a list in, saying what its columns are, correcting its rows, letting it go in, undoing it."""

from collections.abc import Mapping as Chosen
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.insight.interchange.codes import ENDED, ListState, NotNow, RowState
from alongside.insight.interchange.jobs import ask_for_intake, ask_for_undoing
from alongside.insight.interchange.looking import reread
from alongside.insight.interchange.models import HandedIn, StagedRow
from alongside.insight.interchange.reading import read_list
from alongside.insight.interchange.sealed import new_key
from alongside.insight.interchange.storing import columns_of, forget, index, keep_file, open_list, remember, understand
from alongside.insight.interchange.understanding import ColumnKind, Problem, Unreadable, find_table
from alongside.register.people.codes import copy_number

MAY_BE_UNDONE = (ListState.OPEN, ListState.TAKEN, ListState.STOPPED)


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is False when this very file came in before, at `since`."""

    id: UUID
    is_new: bool
    since: datetime


@action("lists.hand_in")
def hand_in(actor: Actor, *, content: bytes, file_name: str = "") -> Received:
    """Read, understand and keep a list; nothing goes in yet. The same file again changes nothing.

    Raises ListRefused, whose words say what to do.
    """
    file_index = index(actor.agency, "file", sha256(content).hexdigest())
    known = HandedIn.objects.visible_to(actor).filter(file_index=file_index, undone_at=None).first()
    if known:
        return Received(known.pk, False, known.handed_in_at)
    sheets = read_list(content)
    now, table = timezone.now(), find_table(sheets)
    mapping, remembered = columns_of(actor, table, timezone.localdate(now))
    sealed, wrapped = new_key(actor.agency)  # type: ignore[arg-type]
    row = HandedIn(
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        file_index=file_index,
        data_key=wrapped,  # type: ignore[misc]
        headings_index=index(actor.agency, "headings", table.signature),
        form=sheets.kind,
        size=len(content),
        handed_in_at=now,
        handed_in_by=actor.user,
    )
    row.file_name = sealed.seal("handedin", row.pk, "file_name", file_name[:200].encode())
    row.save(force_insert=True)
    keep_file(row, sealed, content)
    understand(row, sealed, sheets, mapping, remembered)
    return Received(row.pk, True, now)


@action("lists.change", HandedIn)
def choose_columns(actor: Actor, *, handedin: HandedIn, chosen: Chosen[int, ColumnKind]) -> None:
    """What a person says the columns are, by their index; remembered for the agency's next list of these headings."""
    if handedin.state != ListState.OPEN:
        raise NotNow(ListState(handedin.state))
    held = open_list(handedin)
    mapping = held.kept.columns
    for at, kind in chosen.items():
        if mapping.columns[at].kind is not kind:
            mapping = mapping.with_kind(at, kind)
    remember(actor, handedin, mapping)
    if mapping != held.kept.columns:
        understand(handedin, held.sealed, held.sheets(actor), mapping, held.kept.remembered)


@action("lists.change", HandedIn)
def correct_row(actor: Actor, *, handedin: HandedIn, row: UUID, cells: Sequence[str]) -> tuple[Problem, ...]:
    """The row as she typed it, kept whether it can be read now or not. Returns what is still wrong with it."""
    staged = _staged(actor, handedin, row)
    held = open_list(handedin)
    line = reread(cells, held.kept.columns, held.kept.day, held.kept.year, (staged.sheet, staged.number))
    is_bad = isinstance(line, Unreadable)
    staged.state = RowState.UNREADABLE if is_bad else RowState.PROBLEM if line.problems else RowState.CORRECTED
    staged.cells = held.sealed.seal_json("stagedrow", staged.pk, "cells", list(cells))
    staged.corrected_at, staged.corrected_by = timezone.now(), actor.user
    staged.save(update_fields=["state", "cells", "corrected_at", "corrected_by"])
    return line.problems


@action("lists.change", HandedIn)
def leave_out(actor: Actor, *, handedin: HandedIn, row: UUID) -> None:
    """This row is not to go in, with this list or later."""
    staged = _staged(actor, handedin, row)
    staged.state, staged.corrected_at, staged.corrected_by = RowState.LEFT_OUT, timezone.now(), actor.user
    staged.save(update_fields=["state", "corrected_at", "corrected_by"])


@action("lists.change", HandedIn)
def number_copy(actor: Actor, *, handedin: HandedIn, rows: int) -> str:
    """The number of a file with this many rows to mend, kept with the list so that the file can be called back."""
    number = copy_number()
    made = {"number": number, "rows": rows, "at": timezone.now().isoformat(), "by": str(actor.user or "")}
    handedin.copies = [*handedin.copies, made]
    handedin.save(update_fields=["copies"])
    return number


@action("lists.change", HandedIn)
def let_go_in(actor: Actor, *, handedin: HandedIn, with_gaps: bool = False) -> None:
    """Ask for the list to be taken in; `with_gaps`: rows with a cell that cannot be read go in without that cell."""
    is_stuck = handedin.state == ListState.TAKING
    _wait(actor, handedin, with_gaps)
    ask_for_intake(handedin.partnership_id, handedin.agency_id, handedin.pk, in_turn=not is_stuck)


@action("lists.take_in", HandedIn)
def let_go_in_here(actor: Actor, *, handedin: HandedIn, with_gaps: bool = False) -> None:
    """As `let_go_in`, for who takes it in herself at once (see `taking.take_all_in`)."""
    _wait(actor, handedin, with_gaps)


def _wait(actor: Actor, row: HandedIn, with_gaps: bool) -> None:
    _must_be(row, ListState.OPEN, ListState.STOPPED, ListState.TAKEN)
    row.state, row.with_gaps = ListState.WAITING, with_gaps
    row.asked_at, row.asked_by = timezone.now(), actor.user
    row.save(update_fields=["state", "with_gaps", "asked_at", "asked_by"])


@action("lists.change", HandedIn)
def undo(actor: Actor, *, handedin: HandedIn) -> None:
    """Throw away a list that did not go in yet; ask for one that did to be taken back as a whole."""
    _must_be(handedin, *MAY_BE_UNDONE)
    handedin.undone_at, handedin.undone_by = timezone.now(), actor.user
    if handedin.state == ListState.OPEN:
        handedin.state = ListState.DISCARDED
        forget(handedin)
    else:
        is_stuck = handedin.state in (ListState.TAKING, ListState.UNDOING)
        handedin.state = ListState.UNDOING
        ask_for_undoing(handedin.partnership_id, handedin.agency_id, handedin.pk, in_turn=not is_stuck)
    handedin.save()


def _must_be(row: HandedIn, *states: ListState) -> None:
    if row.state not in states and not row.is_stuck(timezone.now()):
        raise NotNow(ListState(row.state))


def _staged(actor: Actor, handed_in: HandedIn, row: UUID) -> StagedRow:
    if handed_in.state in ENDED:
        raise NotFound("StagedRow")
    rows = StagedRow.objects.visible_to(actor).filter(handed_in=handed_in, taken_in_at=None)
    staged: StagedRow | None = rows.filter(pk=row).first()
    if staged is None:
        raise NotFound("StagedRow")
    return staged

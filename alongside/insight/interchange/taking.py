"""The intake job: takes a list in, batch by batch, and takes it back.

A batch commits together with how far the list is: a job that died goes on where it stopped, and no row goes in twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.turns import LISTS, under_way
from alongside.insight.interchange.ahead import in_batches, one_ahead, without_seeking_cycles
from alongside.insight.interchange.codes import ListState, NotNow, RowState
from alongside.insight.interchange.incoming import fields_by_heading, incoming, told
from alongside.insight.interchange.looking import reread
from alongside.insight.interchange.models import FilePart, HandedIn, StagedRow
from alongside.insight.interchange.storing import AT_ONCE, Opened, forget, open_list
from alongside.insight.interchange.understanding import ListRow
from alongside.register.people.actions import take_back, take_in
from alongside.register.people.intake import TakenIn
from alongside.register.people.preparing import Prepared, prepare

Say = Callable[[int, int], None]  # rows done, of how many


def take_all_in(job: Actor, list_id: UUID, say: Say = lambda done, of: None) -> None:
    """Take a waiting or stopped list in, as far as it is not in yet. On an error it is left as stopped."""
    with _stopped_on_error(job, list_id), without_seeking_cycles():
        with acting_as(job):
            held = begin(job, list_id)
        done, of = held.row.position, held.row.counts["ready"]

        def ready(part: tuple[int, bytes]) -> Prepared:
            return prepare(held.row.agency_id, held.rows_of_part(part))

        for rows in one_ahead(ready, _parts(job, held)):
            done += len(rows.rows)
            with acting_as(job):
                take_batch(job, list_id, rows=rows, position=done)
            say(done, of)
        with acting_as(job):
            take_corrected(job, list_id)


def take_all_back(job: Actor, list_id: UUID) -> None:
    """Undo a list as a whole: its records go, its changes give way to what stood before."""
    with _stopped_on_error(job, list_id), acting_as(job):
        take_back_list(job, list_id)


@action("lists.take_in", HandedIn)
def begin(actor: Actor, *, handedin: HandedIn) -> Opened:
    _must_be(handedin, ListState.WAITING, ListState.TAKING)
    handedin.state = ListState.TAKING
    _at_work(handedin, actor)
    handedin.save(update_fields=["state", "worked_at", "worked_by"])
    return open_list(handedin)


@action("lists.take_in", HandedIn)
def take_batch(actor: Actor, *, handedin: HandedIn, rows: Prepared, position: int) -> None:
    _must_be(handedin, ListState.TAKING)
    if handedin.position + len(rows.rows) != position:  # another job has taken this one's place
        raise NotNow(ListState(handedin.state))
    handedin.position = position
    _add(handedin, take_in(actor, rows=rows, source=handedin.pk))
    _at_work(handedin, actor)
    handedin.save(update_fields=["position", "counts", "worked_at", "worked_by"])


@action("lists.take_in", HandedIn)
def take_corrected(actor: Actor, *, handedin: HandedIn) -> None:
    """The rows that a person corrected, and those with a gap if she said so; then the list is in."""
    _must_be(handedin, ListState.TAKING)
    held, now = open_list(handedin), timezone.now()
    states = [RowState.CORRECTED, *([RowState.PROBLEM] if handedin.with_gaps else [])]
    rows = StagedRow.objects.visible_to(actor).filter(handed_in=handedin, state__in=states, taken_in_at=None)
    fields = fields_by_heading(held.kept.columns)
    for batch in in_batches(rows.order_by("sheet", "number").iterator(AT_ONCE), AT_ONCE):
        lines = [(row.pk, _read(held, row)) for row in batch]
        good = [(pk, line) for pk, line in lines if isinstance(line, ListRow)]
        _add(handedin, take_in(actor, rows=[incoming(told(line, fields)) for _, line in good], source=handedin.pk))
        rows.filter(pk__in=[pk for pk, _ in good]).update(taken_in_at=now, taken_in_by=handedin.asked_by)
    handedin.state, handedin.taken_in_at, handedin.taken_in_by = ListState.TAKEN, now, handedin.asked_by
    handedin.save(update_fields=["state", "counts", "taken_in_at", "taken_in_by"])


@action("lists.take_in", HandedIn)
def take_back_list(actor: Actor, *, handedin: HandedIn) -> None:
    _must_be(handedin, ListState.UNDOING)
    taken = take_back(actor, source=handedin.pk)
    handedin.state = ListState.UNDONE
    handedin.counts = handedin.counts | {"taken_back": taken}
    forget(handedin)
    handedin.save()


@action("lists.take_in", HandedIn)
def stop(actor: Actor, *, handedin: HandedIn) -> None:
    handedin.state = ListState.STOPPED
    handedin.save(update_fields=["state"])


@contextmanager
def _stopped_on_error(job: Actor, list_id: UUID) -> Iterator[None]:
    """While it goes on nothing is released, and what counts waits."""
    try:
        with under_way(job.partnership, LISTS):
            yield
    except NotNow:
        return
    except Exception:
        with acting_as(job):
            stop(job, list_id)
        raise


def _parts(job: Actor, held: Opened) -> Iterator[tuple[int, bytes]]:
    """The parts of a list that are not in yet, read one by one: each batch commits on its own."""
    where, each = {"handed_in": held.row, "reading": held.kept.reading}, held.kept.in_a_part
    for number in range(ceil(held.row.position / each), ceil(held.row.counts["ready"] / each)):
        with acting_as(job):
            part = FilePart.objects.visible_to(job).get(number=number, **where)
        yield number, bytes(part.content)


def _must_be(row: HandedIn, *states: ListState) -> None:
    if row.state not in states:
        raise NotNow(ListState(row.state))


def _read(held: Opened, row: StagedRow) -> Any:
    cells = held.sealed.open_json("stagedrow", row.pk, "cells", row.cells)
    return reread(cells, held.kept.columns, held.kept.day, held.kept.year, (row.sheet, row.number))


def _add(row: HandedIn, taken: TakenIn) -> None:
    before = row.counts.get("taken", {})
    now = {"new": taken.new, "changed": taken.changed, "same": taken.same}
    row.counts = row.counts | {"taken": {name: before.get(name, 0) + count for name, count in now.items()}}


def _at_work(row: HandedIn, actor: Actor) -> None:
    row.worked_at, row.worked_by = timezone.now(), actor.job

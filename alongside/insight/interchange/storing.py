"""Writing and opening a list with all that hangs on it. Called by actions and queries of this room only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import insert_rows
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import blind_index
from alongside.insight.interchange.ahead import without_seeking_cycles
from alongside.insight.interchange.codes import ListState, RowState
from alongside.insight.interchange.incoming import Told, fields_by_heading, incoming, told
from alongside.insight.interchange.kept import Kept
from alongside.insight.interchange.looking import Aside, Look, changed_rows, look_through, samples
from alongside.insight.interchange.models import FilePart, HandedIn, RememberedMapping, StagedRow
from alongside.insight.interchange.reading import Sheets, read_list
from alongside.insight.interchange.sealed import Sealed, new_key, opened
from alongside.insight.interchange.understanding import ListRow, Mapping, Table, find_table, propose, sudden_changes
from alongside.insight.interchange.understanding.prints import compare
from alongside.register.people.preparing import Incoming

STAGED = ("id", "sheet", "number", "state", "cells")
AT_ONCE = 2_000  # rows


@dataclass(frozen=True, slots=True)
class Opened:
    """A list with its key and what is kept of it."""

    row: HandedIn
    sealed: Sealed
    kept: Kept

    def content(self, actor: Actor) -> bytes:
        """The file as it was handed in."""
        parts = FilePart.objects.visible_to(actor).filter(handed_in=self.row, reading=0).order_by("number")
        return self.sealed.open_file(self.row.pk, parts.values_list("number", "content").iterator())

    def rows_of_part(self, part: tuple[int, bytes]) -> list[Incoming]:
        """The rows of one part that go in as they are; a part is (number, sealed)."""
        return [incoming(each) for each in self.sealed.open_rows(self.row.pk, self.kept.reading, *part)]

    def sheets(self, actor: Actor) -> Sheets:
        """The file, read again in a child process. Raises ListRefused."""
        return read_list(self.content(actor))


def intake_job(partnership: UUID, agency: UUID) -> Actor:
    """The named job that reads and writes for one agency."""
    return Actor(partnership=partnership, agency=agency, job="intake", reach="agency", purpose="taking lists in")


def open_list(row: HandedIn) -> Opened:
    """Raises ValueError for a list that was thrown away or undone: its key is gone."""
    if row.data_key is None or row.reading is None:
        raise ValueError("Nothing of this list can be read any more.")
    sealed = opened(row.agency_id, row.data_key)
    return Opened(row, sealed, Kept(**sealed.open_json("handedin", row.pk, "reading", row.reading)))


def keep_file(row: HandedIn, sealed: Sealed, content: bytes) -> None:
    held = {"partnership_id": row.partnership_id, "agency_id": row.agency_id, "handed_in": row}
    for number, part in sealed.seal_file(row.pk, content):
        FilePart(number=number, content=part, **held).save(force_insert=True)


def index(agency: UUID | None, field: str, value: str) -> int:
    """A keyed token of a value, good for this agency and this field only."""
    assert agency
    return blind_index(key_service().index_key(agency, f"list {field}"), value)


def columns_of(actor: Actor, table: Table, today: date) -> tuple[Mapping, bool]:
    """What a person of the agency said of these headings before; else a proposal."""
    headings = index(actor.agency, "headings", table.signature)
    known = RememberedMapping.objects.visible_to(actor).filter(headings_index=headings).first()
    if known:
        text = opened(known.agency_id, known.data_key).open("rememberedmapping", known.pk, "mapping", known.mapping)
        return Mapping.from_json(text.decode()), True
    return propose(table.headers, table.samples, today=today), False


def understand(row: HandedIn, sealed: Sealed, sheets: Sheets, mapping: Mapping, remembered: bool) -> None:
    """Look the file through and keep what was understood on `row`; its rows that need a person are written anew."""
    today, table = timezone.localdate(row.handed_in_at), find_table(sheets)
    waiting = _Waiting(row, sealed, mapping)
    with without_seeking_cycles():
        look = look_through(sheets, mapping, today, waiting.keep)
    waiting.write()
    compared, warnings = _difference(row, sheets, mapping, today, look)
    kept = Kept(
        mapping=mapping.to_json(),
        today=today.isoformat(),
        year=table.year,
        sheet=table.sheet_name,
        header_row=table.header_row,
        remembered=remembered,
        lines=[list(line) for line in look.lines],
        samples=[[list(pair) for pair in pairs] for pairs in samples(table, mapping, today)],
        notes=list(sheets.notes),
        reading=waiting.reading,
        in_a_part=AT_ONCE,
        problems=dict(look.problems),
        unanswered=dict(look.unanswered),
        warnings=list(warnings),
    )
    row.counts = look.counts() | {"columns": len(mapping.columns)} | compared
    row.prints = sealed.seal("handedin", row.pk, "prints", look.prints.packed())
    row.reading = sealed.seal_json("handedin", row.pk, "reading", kept.as_json())
    row.save(force_update=True, update_fields=["counts", "prints", "reading"])
    _stage(row, sealed, look.asides)


class _Waiting:
    """Writes the rows that go in as they are, in their order, `AT_ONCE` a part, as this understanding has them."""

    def __init__(self, row: HandedIn, sealed: Sealed, mapping: Mapping) -> None:
        parts = FilePart.objects.unscoped("an action writes its own agency's list").filter(handed_in=row)
        self.reading: int = (parts.aggregate(last=Max("reading"))["last"] or 0) + 1
        self._row, self._sealed, self._fields = row, sealed, fields_by_heading(mapping)
        self._rows: list[Told] = []
        self._number = 0

    def keep(self, line: ListRow) -> None:
        self._rows.append(told(line, self._fields))
        if len(self._rows) == AT_ONCE:
            self.write()

    def write(self) -> None:
        row, reading = self._row, self.reading
        if self._rows:
            content = self._sealed.seal_rows(row.pk, reading, self._number, self._rows)
            held = {"partnership_id": row.partnership_id, "agency_id": row.agency_id, "handed_in": row}
            FilePart(reading=reading, number=self._number, content=content, **held).save(force_insert=True)
        self._number, self._rows = self._number + 1, []


def _stage(row: HandedIn, sealed: Sealed, asides: Sequence[Aside]) -> None:
    """Write the rows that need a person; what she corrected or left out before stays."""
    rows = StagedRow.objects.unscoped("an action writes its own agency's list").filter(handed_in=row)
    rows.filter(state__in=(RowState.PROBLEM, RowState.UNREADABLE)).delete()
    held = set(rows.values_list("sheet", "number"))
    fresh = [aside for aside in asides if (aside.sheet, aside.number) not in held]
    ours = {"partnership": row.partnership_id, "agency": row.agency_id, "handed_in": row.pk}
    for start in range(0, len(fresh), AT_ONCE):
        some = [_staged(sealed, aside) for aside in fresh[start : start + AT_ONCE]]
        insert_rows(StagedRow, STAGED, some, every=ours)


def _staged(sealed: Sealed, aside: Aside) -> tuple[object, ...]:
    made = uuid4()
    cells = sealed.seal_json("stagedrow", made, "cells", list(aside.cells))
    return made, aside.sheet, aside.number, aside.state.value, cells


def _difference(
    row: HandedIn, sheets: Sheets, mapping: Mapping, today: date, look: Look
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Counts of what is new, changed, the same and gone since the sender's last list of these headings, and warnings.

    The job reads the earlier list: who only gives sees counts of it, and no row.
    """
    job = intake_job(row.partnership_id, row.agency_id)
    with acting_as(job):
        lists = HandedIn.objects.visible_to(job).filter(headings_index=row.headings_index, state=ListState.TAKEN)
        last = lists.exclude(pk=row.pk).order_by("-taken_in_at").first()
        if last is None or last.prints is None:
            return {}, ()
        before = open_list(last)
        compared = compare(before.sealed.open("handedin", last.pk, "prints", last.prints), look.prints.packed())
        changes = []
        if compared.changed:
            earlier = (before.sheets(job), before.kept.columns, before.kept.day)
            changes = changed_rows(earlier, (sheets, mapping, today), compared)
    changed = len(compared.changed)
    warnings = sudden_changes(compared.earlier, compared.gone, changed, compared.same, changes)
    told = {
        "new": compared.new,
        "changed": changed,
        "same": compared.same,
        "gone": compared.gone,
        "earlier_at": last.handed_in_at.isoformat(),
    }
    return {"difference": told}, warnings


def remember(actor: Actor, row: HandedIn, mapping: Mapping) -> None:
    """The agency's next list with these headings begins with what was said of this one."""
    sealed, wrapped = new_key(row.agency_id)
    known = RememberedMapping.objects.visible_to(actor).filter(headings_index=row.headings_index).first()
    kept = known or RememberedMapping(
        partnership_id=row.partnership_id, agency_id=row.agency_id, headings_index=row.headings_index
    )
    kept.data_key, kept.chosen_at, kept.chosen_by = wrapped, timezone.now(), actor.user
    kept.mapping = sealed.seal("rememberedmapping", kept.pk, "mapping", mapping.to_json().encode())
    kept.save()


def forget(row: HandedIn) -> None:
    """Destroy the list's key: nothing of the file can be read any more by anyone."""
    row.data_key = row.file_name = row.reading = row.prints = None

"""Writing many records at once: what an agency's list brings, one batch at a time. Called by actions only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Min, OuterRef, Subquery

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf, insert_rows
from alongside.register.agencies.models import Agency
from alongside.register.people.codes import code_of
from alongside.register.people.known import SEALED_FIELDS
from alongside.register.people.models import Grouping, Identity, Person, Record
from alongside.register.people.preparing import Incoming, Prepared, Ready, prepare

__all__ = ["Incoming", "Prepared", "TakenIn", "prepare", "settle_days", "write_batch", "write_one"]

RECORD_COLUMNS = ("id", "code", "first_seen_on", "last_seen_on")
IDENTITY_COLUMNS = ("record", "version", "is_current", *Ready._fields[:-1], *SEALED_FIELDS)
_IS_CURRENT = IDENTITY_COLUMNS.index("is_current")
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many rows made a new record, changed one, or were there already. `records`: one id a row, in order."""

    new: int = 0
    changed: int = 0
    same: int = 0
    records: tuple[UUID, ...] = field(default=())

    def __add__(self, other: "TakenIn") -> "TakenIn":
        return TakenIn(
            self.new + other.new, self.changed + other.changed, self.same + other.same, self.records + other.records
        )


@dataclass(frozen=True, slots=True)
class _Match:
    record: UUID
    content: int | None
    version: int


def write_batch(actor: Actor, batch: Prepared, source: UUID | None) -> TakenIn:
    """Write one batch for `actor`'s agency. A row whose reference or content is known makes no second record."""
    if batch.agency != actor.agency:
        raise ValueError("These rows were made ready for another agency.")
    known = _find(actor, batch.rows)
    writing = _Batch(actor, source)
    for row in batch.rows:
        known[row.known_by] = writing.add(row, known.get(row.known_by))
    writing.write()
    return writing.result()


def write_one(actor: Actor, row: Incoming, of: UUID | None = None) -> UUID:
    """A new record, even beside one of the same content (two women may share a nickname); or a version `of` one."""
    assert actor.agency is not None
    ready, match = prepare(actor.agency, [row]).rows[0], None
    if of is not None:
        current = Identity.objects.visible_to(actor).filter(record_id=of)
        reference, version = current.order_by("-version").values_list("reference_index", "version")[0]
        ready, match = ready._replace(reference_index=reference), _Match(of, None, version)
    batch = _Batch(actor, None)
    made = batch.add(ready, match)
    batch.write()
    return made.record


def _find(actor: Actor, rows: Sequence[Ready]) -> dict[Key, _Match]:
    """The agency's current identities with one of these references, or without one and with this content."""
    current = Identity.objects.visible_to(actor).filter(is_current=True, record__removed_at=None)
    columns = ("record_id", "reference_index", "content_index", "version")
    found: dict[Key, _Match] = {}
    references = [row.reference_index for row in rows if row.reference_index is not None]
    if references:
        held = current.filter(AnyOf(F("reference_index"), references)).values_list(*columns)
        found |= {("reference", each): _Match(record, content, version) for record, each, content, version in held}
    contents = [row.content_index for row in rows if row.reference_index is None]
    if contents:
        held = current.filter(AnyOf(F("content_index"), contents), reference_index=None).values_list(*columns)
        found |= {("content", content): _Match(record, content, version) for record, _, content, version in held}
    return found


class _Batch:
    """Rows to write, gathered and then written table by table."""

    def __init__(self, actor: Actor, source: UUID | None) -> None:
        self.agency: Agency = Agency.objects.get(pk=actor.agency)  # type: ignore[misc]
        self.by, self.source = actor.user, source
        self.records: list[tuple[object, ...]] = []
        self.identities: list[list[Any]] = []
        self.latest: dict[UUID, list[Any]] = {}
        self.replaced: list[UUID] = []
        self.same = 0
        self.order: list[UUID] = []

    def add(self, row: Ready, match: _Match | None) -> _Match:
        if match is not None and match.content == row.content_index:
            self.same += 1
            self.order.append(match.record)
            return match
        if match is None:
            record, version = row.id, 1  # as its first identity: both are random, and one is enough
            self.records.append((record, code_of(self.agency.prefix, record), row.seen_from, row.seen_to))
        else:
            record, version = match.record, match.version + 1
            self._replace(record)
        written = [record, version, True, *row[:-1], *row.sealed]
        self.identities.append(written)
        self.latest[record] = written
        self.order.append(record)
        return _Match(record, row.content_index, version)

    def _replace(self, record: UUID) -> None:
        if record in self.latest:  # twice in one batch
            self.latest[record][_IS_CURRENT] = False
        self.replaced.append(record)

    def write(self) -> None:
        identities = Identity.objects.unscoped("an action writes its own agency's vault")
        home = {"partnership": self.agency.partnership_id}
        ours = home | {"agency": self.agency.id, "source": self.source, "recorded_by": self.by}
        new = [row[0] for row in self.records]
        if self.replaced:
            identities.filter(AnyOf(F("record_id"), self.replaced), is_current=True).update(is_current=False)
        insert_rows(Record, RECORD_COLUMNS, self.records, every=ours)
        # Every record begins as a person of its own; the person takes the record's id, so ungrouping is exact.
        insert_rows(Person, ("id",), zip(new, strict=True), every=home)
        insert_rows(Grouping, ("record", "person"), zip(new, new, strict=True), every=home)
        insert_rows(Identity, IDENTITY_COLUMNS, self.identities, every=ours)
        if self.replaced:
            settle_days(self.replaced)

    def result(self) -> TakenIn:
        return TakenIn(len(self.records), len(self.replaced), self.same, tuple(self.order))


def settle_days(records: Sequence[UUID]) -> None:
    """Let the first and last day seen of `records` be what their standing versions tell."""
    versions = Identity.objects.unscoped("an action changes its own agency's records")
    hers = versions.filter(record=OuterRef("pk"), withdrawn_at=None).order_by().values("record")
    Record.objects.unscoped("an action changes its own agency's records").filter(AnyOf(F("pk"), records)).update(
        first_seen_on=Subquery(hers.annotate(day=Min("seen_from")).values("day")),
        last_seen_on=Subquery(hers.annotate(day=Max("seen_to")).values("day")),
    )

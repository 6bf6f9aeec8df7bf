"""A record's own page: what this agency knows her by, since when, and who else may say that they work with her."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.known import Known
from alongside.register.people.models import Identity, Record
from alongside.register.people.queries.record import RecordRow
from alongside.register.people.queries.vault import names


@dataclass(frozen=True, slots=True)
class Version:
    """One version of what the agency knew her by, without what it said."""

    number: int
    recorded_at: datetime
    from_list: bool
    is_current: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class HerPage:
    record: RecordRow
    known: Known
    versions: tuple[Version, ...]


def record_row(actor: Actor, record_id: UUID) -> RecordRow:
    """The record without a name. Raises NotFound: the same for absent, removed and out of reach."""
    record: Record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    if record.removed_at is not None:
        raise NotFound("Record")
    return RecordRow(record.pk, record.code, record.agency_id, record.first_seen_on, record.last_seen_on)


def her_page(actor: Actor, record_id: UUID) -> HerPage:
    """The record with its names (one trail row). Raises NotFound as `record_row`."""
    row = record_row(actor, record_id)
    columns = ("version", "recorded_at", "source", "is_current", "withdrawn_at")
    held = Identity.objects.visible_to(actor).filter(record_id=record_id).order_by("-version").values_list(*columns)
    versions = tuple(
        Version(number, at, source is not None, current, withdrawn is not None)
        for number, at, source, current, withdrawn in held
    )
    return HerPage(row, names(actor, [record_id]).get(record_id, Known()), versions)

"""A record's own page: what this agency knows her by, since when, and who else may say that they work with her."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.questions import Question
from alongside.register.people.known import Known
from alongside.register.people.models import Identity, Record
from alongside.register.people.queries.record import RecordRow
from alongside.register.people.queries.vault import names_in


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


_versions = Question(
    lambda actor, record: Identity.objects.visible_to(actor).filter(record_id=record).order_by("-version")
)


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
    held = _versions(actor, record=record_id)
    versions = tuple(
        Version(each.version, each.recorded_at, each.source is not None, each.is_current, each.withdrawn_at is not None)
        for each in held
    )
    known = names_in(actor, [each for each in held if each.is_current])
    return HerPage(row, known.get(record_id, Known()), versions)

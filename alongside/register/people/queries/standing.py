"""What changes how a record is handled, for pages and lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import load
from alongside.foundation.gate.questions import Question
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.queries import names_of
from alongside.register.people.codes import StandingKind
from alongside.register.people.models import Standing
from alongside.register.people.remarks import remark


@dataclass(frozen=True, slots=True)
class StandingRow:
    """`on`: the day she died, or turns 18. `words`: how the agency that noted it knows; empty for other agencies."""

    id: UUID
    kind: StandingKind
    on: date | None
    noted_on: date
    by: str
    words: str


_standing = Question(
    lambda actor, record: (
        Standing.objects.visible_to(actor).filter(record_id=record, lifted_at=None).order_by("noted_at", "id")
    )
)
_standings = Question(
    lambda actor, records: (
        Standing.objects.visible_to(actor)
        .filter(AnyOf(F("record_id"), records), lifted_at=None)
        .order_by("id")
        .values_list("record_id", "kind")
    )
)


def standing(actor: Actor, record_id: UUID) -> list[StandingRow]:
    """What stands of one record now; nothing for a record out of reach."""
    found = _standing(actor, record=record_id)
    names = names_of(row.noted_by for row in found) if found else {}
    return [
        StandingRow(
            row.pk,
            StandingKind(row.kind),
            row.on,
            timezone.localdate(row.noted_at),
            names.get(row.noted_by, ""),
            _words(row) if row.agency_id == actor.agency else "",
        )
        for row in found
    ]


def standings(actor: Actor, records: Collection[UUID]) -> dict[UUID, set[StandingKind]]:
    """What stands of these records, for lists. Records of which nothing stands are left out."""
    found: dict[UUID, set[StandingKind]] = {}
    for record, kind in _standings(actor, records=list(records)):
        found.setdefault(record, set()).add(StandingKind(kind))
    return found


def record_standing(actor: Actor, standing_id: UUID) -> UUID:
    """The record that a standing is about. Raises NotFound."""
    record: UUID = load(actor, Standing, standing_id).record_id
    return record


def _words(row: Standing) -> str:
    return remark(row.agency_id, Place("people_standing", row.pk, "words"), row.words)

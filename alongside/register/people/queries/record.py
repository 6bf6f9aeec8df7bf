"""Records as a list shows them, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.questions import Question
from alongside.register.people.models import Record


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as a list shows it, without a name."""

    id: UUID
    code: str
    agency: UUID
    first_seen_on: date | None
    last_seen_on: date | None


def _rows(actor: Actor) -> QuerySet[Record, Any]:
    columns = ("id", "code", "agency_id", "first_seen_on", "last_seen_on")
    rows: QuerySet[Record] = Record.objects.visible_to(actor).filter(removed_at=None)
    return rows.order_by("-last_seen_on", "id").values_list(*columns)


_every = Question(_rows)
_some = Question(lambda actor, ids: _rows(actor).filter(AnyOf(F("id"), ids)))


def records(actor: Actor, ids: Sequence[UUID] | None = None) -> list[RecordRow]:
    """The records the actor may see, most lately seen first."""
    found = _every(actor) if ids is None else _some(actor, ids=list(ids))
    return [RecordRow(*row) for row in found]

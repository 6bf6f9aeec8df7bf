"""Records as a list shows them, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.register.people.models import Record


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as a list shows it, without a name."""

    id: UUID
    code: str
    agency: UUID
    first_seen_on: date | None
    last_seen_on: date | None


def records(actor: Actor, ids: Sequence[UUID] | None = None) -> list[RecordRow]:
    """The records the actor may see, most lately seen first."""
    rows = Record.objects.visible_to(actor).filter(removed_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    columns = ("id", "code", "agency_id", "first_seen_on", "last_seen_on")
    return [RecordRow(*row) for row in rows.order_by("-last_seen_on", "id").values_list(*columns)]

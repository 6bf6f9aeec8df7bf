"""The partnership's areas."""

from dataclasses import dataclass
from uuid import UUID

from alongside.casework.contacts.models import Area
from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class AreaRow:
    id: UUID
    name: str


def areas(actor: Actor) -> list[AreaRow]:
    """The areas that a contact can be in today, by name."""
    rows = Area.objects.visible_to(actor).filter(closed_at=None).order_by("name", "id")
    return [AreaRow(*row) for row in rows.values_list("id", "name")]

"""The rounds of an agency's shifts."""

from dataclasses import dataclass
from uuid import UUID

from alongside.casework.contacts.models import Route
from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class RouteRow:
    id: UUID
    name: str
    areas: tuple[UUID, ...]


def routes(actor: Actor) -> list[RouteRow]:
    """Her agency's open routes, by name."""
    rows = Route.objects.visible_to(actor).filter(closed_at=None).order_by("name", "id")
    return [RouteRow(pk, name, tuple(areas)) for pk, name, areas in rows.values_list("id", "name", "areas")]

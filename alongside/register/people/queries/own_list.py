"""The agency's own list of the women it knows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.people.codes import StandingKind
from alongside.register.people.known import Known
from alongside.register.people.models import Record
from alongside.register.people.queries.standing import standings
from alongside.register.people.queries.vault import names


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the agency's own list."""

    id: UUID
    code: str
    name: str
    first_seen_on: date | None
    last_seen_on: date | None


def listed(actor: Actor, page: int, size: int = 50) -> tuple[list[Listed], int]:
    """One page of the agency's records, most lately seen first, with names (one trail row); and how many there are."""
    check(actor, "people.list")
    rows = Record.objects.visible_to(actor).filter(removed_at=None)
    total = rows.count()
    ordered = rows.order_by(F("last_seen_on").desc(nulls_last=True), "id")
    columns = ("id", "code", "first_seen_on", "last_seen_on")
    shown = list(ordered.values_list(*columns)[(page - 1) * size : page * size])
    opened = names(actor, [row[0] for row in shown])
    stands = standings(actor, [row[0] for row in shown])
    return [
        Listed(pk, code, _listed_as(opened.get(pk), stands.get(pk, set())), first, last)
        for pk, code, first, last in shown
    ], total


def _listed_as(known: Known | None, stands: set[StandingKind]) -> str:
    if known is None and StandingKind.DIED in stands:
        return StandingKind.DIED.words  # her name, to whoever said why she reads it
    return called(known)


def called(known: Known | None) -> str:
    """What to call her on a page of her own agency."""
    return known.names[0] if known and known.names else "No name yet"

"""What went out and came back as dated, coded, nameless rows. Call as the counting job, inside `acting_as` of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.casework.supplies.models import StockMove
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check


@dataclass(frozen=True, slots=True)
class SupplyFact:
    """`amount` above 0; `contact` is None where nobody in particular was given it."""

    agency: UUID
    on: date
    item: str
    why: str
    amount: int
    contact: UUID | None


def moves(actor: Actor, since: date, until: date) -> list[SupplyFact]:
    """Everything given, left, brought back or spoilt between two days (both counted), by day."""
    check(actor, "supplies.count")
    rows = StockMove.objects.visible_to(actor).filter(moved_on__range=(since, until)).exclude(why__in=["counted"])
    columns = ("agency_id", "moved_on", "item", "why", "change", "contact")
    ordered = rows.order_by("moved_on", "id").values_list(*columns)
    return [
        SupplyFact(agency, on, item, why, abs(change), contact) for agency, on, item, why, change, contact in ordered
    ]

"""Complaints as dated, nameless rows: the one door for counting. Call as the counting job, inside `acting_as` of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.rights.codes import Kind
from alongside.register.rights.models import HerRequest


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """A complaint came: to which agency, on which day. Not about what, and not whose."""

    agency: UUID
    on: date


def complaints(actor: Actor) -> list[ComplaintFact]:
    """Every complaint of the partnership, by day."""
    check(actor, "rights.count")
    rows = HerRequest.objects.visible_to(actor).filter(kind=Kind.COMPLAINT).order_by("received_on", "agency_id")
    return [ComplaintFact(*row) for row in rows.values_list("agency_id", "received_on")]

"""What a return will need and nobody wrote down: a work list, the latest met first."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.casework.contacts.codes import Outcome
from alongside.casework.contacts.models import Contact
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check


@dataclass(frozen=True, slots=True)
class Gap:
    """A woman's latest contact in which nobody wrote down what a return will need."""

    contact: UUID
    record: UUID
    occurred_at: datetime
    staying: bool  # where she stays is missing
    topics: bool  # what was spoken about is missing


def gaps(actor: Actor, since: date, most: int) -> tuple[list[Gap], int]:
    """Women met since a day of whom no contact says where she stays, or what was spoken about; the latest met first.

    Returns at most so many, and how many there are.
    """
    check(actor, "contacts.see")
    rows = Contact.objects.visible_to(actor).filter(
        agency_id=actor.agency, withdrawn_at=None, outcome=Outcome.MET, occurred_at__date__gte=since
    )
    latest: dict[UUID, tuple[UUID, datetime]] = {}
    told: dict[UUID, list[bool]] = {}
    columns = ("record_id", "id", "occurred_at", "staying", "topics")
    for record, pk, at, staying, topics in rows.order_by("-occurred_at", "id").values_list(*columns):
        latest.setdefault(record, (pk, at))
        said = told.setdefault(record, [False, False])
        said[0], said[1] = said[0] or bool(staying), said[1] or bool(topics)
    found = [
        Gap(pk, record, at, staying=not told[record][0], topics=not told[record][1])
        for record, (pk, at) in latest.items()
        if not all(told[record])
    ]
    return found[:most], len(found)

"""Contacts as they are given to programs: days and codes by record id, nothing sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.models import Contact
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check


@dataclass(frozen=True, slots=True)
class ReadOut:
    """One contact as docs/api/contacts.md describes it; `staying` empty: she was not asked."""

    id: UUID
    record: UUID
    occurred_at: datetime
    recorded_at: datetime
    outcome: str
    place: str
    area: str | None
    hexagon: str
    staying: str
    next_on: date | None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "record": self.record,
            "occurred_at": timezone.localtime(self.occurred_at),
            "recorded_at": timezone.localtime(self.recorded_at),
            "outcome": self.outcome,
            "place": self.place,
            "area": self.area or None,
            "hexagon": self.hexagon or None,
            "staying": self.staying or None,
            "next_on": self.next_on,
        }


MOST = 200
COLUMNS = "id record_id occurred_at recorded_at outcome place area__name hexagon staying next_on".split()


def own_contacts(actor: Actor, since: date, until: date, most: int = MOST, after: UUID | None = None) -> list[ReadOut]:
    """The agency's own contacts between two London days (both counted), in the order of their ids; for a worker."""
    check(actor, "contacts.see")
    return _found(actor, since, until, most, after)


def contacts_read_out(
    actor: Actor, since: date, until: date, most: int = MOST, after: UUID | None = None
) -> list[ReadOut]:
    """As `own_contacts`, for a program of the agency."""
    check(actor, "contacts.read_out")
    return _found(actor, since, until, most, after)


def _found(actor: Actor, since: date, until: date, most: int, after: UUID | None) -> list[ReadOut]:
    rows = Contact.objects.visible_to(actor).filter(
        agency_id=actor.agency, occurred_at__date__range=(since, until), withdrawn_at=None
    )
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return [ReadOut(*row) for row in rows.order_by("id").values_list(*COLUMNS)[:most]]

"""What a return will need and nobody wrote down: a work list, the latest met first."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.casework.contacts.codes import Outcome
from alongside.casework.contacts.models import Contact
from alongside.casework.contacts.rules.matters import of_text
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remarks

Sealed = tuple[UUID, bytes]  # a contact, and what was sealed of it


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
    stays: set[UUID] = set()
    sealed: dict[UUID, list[Sealed]] = {}
    columns = ("record_id", "id", "occurred_at", "staying", "matters")
    for record, pk, at, staying, matters in rows.order_by("-occurred_at", "id").values_list(*columns):
        latest.setdefault(record, (pk, at))
        if staying:
            stays.add(record)
        if matters:
            sealed.setdefault(record, []).append((pk, matters))
    spoken = _spoken(actor, sealed)
    found = [
        Gap(pk, record, at, staying=record not in stays, topics=record not in spoken)
        for record, (pk, at) in latest.items()
        if record not in stays or record not in spoken
    ]
    return found[:most], len(found)


def _spoken(actor: Actor, sealed: dict[UUID, list[Sealed]]) -> set[UUID]:
    """Women of whom a contact says what was spoken about: the latest is opened, the others where it says none."""
    found: set[UUID] = set()
    for some in (slice(1), slice(1, None)):
        asked = [(record, each) for record, held in sealed.items() if record not in found for each in held[some]]
        places = [(Place("contacts_contact", pk, "matters"), matters) for _, (pk, matters) in asked]
        texts = remarks(actor.agency, places) if actor.agency else []
        found |= {record for (record, _), text in zip(asked, texts, strict=True) if of_text(text).topics}
    return found

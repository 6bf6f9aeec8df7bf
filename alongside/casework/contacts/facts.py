"""Contacts, shifts and sessions as dated, coded, nameless rows. Call as the counting job, inside `acting_as` of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.models import Contact, DropInSession, Shift, UnnamedContact
from alongside.casework.contacts.rules.matters import Matters, of_text
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remarks


@dataclass(frozen=True, slots=True)
class ContactFact:
    """One contact. `record` None: a woman of whom no record was made. Days and hours are London's; "" is not asked."""

    id: UUID
    agency: UUID
    record: UUID | None
    on: date
    hour: int
    outcome: str
    place: str
    area: UUID | None
    hexagon: str
    shift: UUID | None
    session: UUID | None
    staying: str
    topics: tuple[str, ...]
    services: tuple[str, ...]
    brought_by: str
    worry: str


@dataclass(frozen=True, slots=True)
class ShiftFact:
    """One shift that went out, with its hours as they were."""

    id: UUID
    agency: UUID
    begun: datetime
    ended: datetime
    kind: str
    areas: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class SessionFact:
    id: UUID
    agency: UUID
    on: date
    kind: str
    services: tuple[str, ...]


CODED = "outcome place area_id hexagon shift_id session_id staying services brought_by matters"
COLUMNS = f"id agency_id occurred_at {CODED}"


def contacts(actor: Actor, since: date, until: date) -> list[ContactFact]:
    """Every contact that was not taken back between two London days (both counted), in time."""
    check(actor, "contacts.count")
    found = []
    for model, record in ((Contact, "record_id"), (UnnamedContact, None)):
        rows = model.objects.visible_to(actor).filter(occurred_at__date__range=(since, until), withdrawn_at=None)
        columns = [*COLUMNS.split(), *([record] if record else [])]
        told = list(rows.order_by("occurred_at", "id").values_list(*columns))
        matters = _matters(model._meta.db_table, [(row[0], row[1], row[12]) for row in told])
        found += [_contact(row, matters.get(row[0], Matters())) for row in told]
    return sorted(found, key=lambda each: (each.on, each.hour, each.id))


def _matters(table: str, sealed: list[tuple[UUID, UUID, bytes | None]]) -> dict[UUID, Matters]:
    """What was talked of, by contact, where anything was. (contact, agency, sealed); one question to the key process
    for each agency.
    """
    by_agency: dict[UUID, list[tuple[UUID, bytes]]] = defaultdict(list)
    for contact, agency, held in sealed:
        if held:
            by_agency[agency].append((contact, held))
    return {
        contact: of_text(text)
        for agency, rows in by_agency.items()
        for (contact, _), text in zip(
            rows, remarks(agency, [(Place(table, contact, "matters"), held) for contact, held in rows]), strict=True
        )
    }


def _contact(row: tuple[object, ...], matters: Matters) -> ContactFact:
    pk, agency, at, outcome, place, area, hexagon, shift, session, staying, services, brought_by, _, *record = row
    local = timezone.localtime(at)  # type: ignore[arg-type]
    return ContactFact(
        pk,  # type: ignore[arg-type]
        agency,  # type: ignore[arg-type]
        record[0] if record else None,  # type: ignore[arg-type]
        local.date(),
        local.hour,
        str(outcome),
        str(place),
        area,  # type: ignore[arg-type]
        str(hexagon),
        shift,  # type: ignore[arg-type]
        session,  # type: ignore[arg-type]
        str(staying),
        matters.topics,
        tuple(services),  # type: ignore[arg-type]
        str(brought_by),
        matters.worry,
    )


def shifts(actor: Actor, since: date, until: date) -> list[ShiftFact]:
    """Every shift that began between two London days; one still out ends when it was planned to."""
    check(actor, "contacts.count")
    rows = Shift.objects.visible_to(actor).filter(begun_at__date__range=(since, until)).order_by("begun_at", "id")
    columns = ("id", "agency_id", "begun_at", "ended_at", "ends", "kind", "areas")
    return [
        ShiftFact(pk, agency, begun, ended or ends, kind, tuple(areas))
        for pk, agency, begun, ended, ends, kind, areas in rows.values_list(*columns)
    ]


def sessions(actor: Actor, since: date, until: date) -> list[SessionFact]:
    check(actor, "contacts.count")
    rows = DropInSession.objects.visible_to(actor).filter(held_on__range=(since, until)).order_by("held_on", "id")
    columns = ("id", "agency_id", "held_on", "kind", "services")
    return [SessionFact(pk, agency, on, kind, tuple(who)) for pk, agency, on, kind, who in rows.values_list(*columns)]

"""Opening and closing a drop-in or a clinic."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.contacts.actions.home import home
from alongside.casework.contacts.codes import BroughtBy, Outcome, PlaceKind, ServiceHere, SessionKind
from alongside.casework.contacts.models import Contact, DropInSession
from alongside.casework.contacts.rules.told import UnknownCode
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.queries import records


@action("contacts.plan")
def open_session(actor: Actor, *, kind: SessionKind, on: date, services: Sequence[ServiceHere] = ()) -> UUID:
    """The session of this kind and day, opened if it is not there. `services`: who is here."""
    row: DropInSession
    row, made = DropInSession.objects.visible_to(actor).get_or_create(
        agency_id=actor.agency,
        kind=kind,
        held_on=on,
        defaults={
            "partnership_id": actor.partnership,
            "services": [each.value for each in services],
            "opened_by": actor.user,
        },
    )
    if not made and services:
        row.services = [each.value for each in services]
        row.save(update_fields=["services"])
    return row.pk


@action("contacts.lead", DropInSession)
def close_session(actor: Actor, *, dropinsession: DropInSession) -> None:
    if dropinsession.closed_at is None:
        dropinsession.closed_at, dropinsession.closed_by = timezone.now(), actor.user
        dropinsession.save(update_fields=["closed_at", "closed_by"])


@dataclass(frozen=True, slots=True)
class Came:
    """A woman who is here, and what she used."""

    record: UUID
    services: tuple[str, ...] = ()
    brought_by: str = ""


@action("contacts.lead", DropInSession)
def tick_in(
    actor: Actor, *, dropinsession: DropInSession, came: Sequence[Came], not_here: Sequence[UUID] = ()
) -> tuple[int, int]:
    """Who is here, as ticked on the grid; `not_here`: women on the grid who are not ticked. Returns (new, changed).

    The same grid sent twice changes nothing. Raises NotFound for a record out of reach, UnknownCode.
    """
    if {row.id for row in records(actor, [each.record for each in came])} != {each.record for each in came}:
        raise NotFound("Record")
    if not all(set(each.services) <= set(ServiceHere) for each in came):
        raise UnknownCode("services")
    if not all(each.brought_by in ("", *BroughtBy) for each in came):
        raise UnknownCode("brought_by")
    held = Contact.objects.visible_to(actor).filter(session=dropinsession, agency_id=actor.agency)
    there = {row.record_id: row for row in held.order_by("occurred_at", "id")}
    changed = sum(_change(actor, there[each.record], each) for each in came if each.record in there)
    new = [each for each in came if each.record not in there]
    for each in new:
        _sign_in(actor, dropinsession, each)
    gone = held.filter(record_id__in=set(not_here) - {each.record for each in came}, withdrawn_at=None)
    changed += gone.update(withdrawn_at=timezone.now(), withdrawn_by=actor.user)
    return len(new), changed


def _change(actor: Actor, row: Contact, came: Came) -> bool:
    told = (sorted(came.services), came.brought_by or row.brought_by, None)
    if (sorted(row.services), row.brought_by, row.withdrawn_at) == told:
        return False
    row.services, row.brought_by = list(came.services), told[1]
    row.withdrawn_at = row.withdrawn_by = None
    row.save(update_fields=["services", "brought_by", "withdrawn_at", "withdrawn_by"])
    return True


def _sign_in(actor: Actor, session: DropInSession, came: Came) -> None:
    """The id follows from session and record: two desks that tick her at once make one row."""
    row = Contact(
        id=uuid5(session.pk, str(came.record)),
        **home(actor),
        record_id=came.record,
        session=session,
        occurred_at=_at(session.held_on),
        occurred_by=actor.user,
        recorded_by=actor.user,
        outcome=Outcome.MET,
        place=PlaceKind.CLINIC if session.kind == SessionKind.CLINIC else PlaceKind.DROPIN,
        services=list(came.services),
        brought_by=came.brought_by,
    )
    with suppress(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def _at(on: date) -> datetime:
    """Now, for today's session; noon for one that is typed in from paper later."""
    return timezone.now() if on == timezone.localdate() else timezone.make_aware(datetime.combine(on, time(12)))

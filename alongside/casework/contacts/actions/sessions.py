"""Opening and closing a drop-in or a clinic."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.codes import ServiceHere, SessionKind
from alongside.casework.contacts.models import DropInSession
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action


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

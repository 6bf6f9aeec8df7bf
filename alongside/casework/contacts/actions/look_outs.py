"""Asking the van to look out for a woman."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.contacts.actions.home import home
from alongside.casework.contacts.codes import LookOutReason
from alongside.casework.contacts.models import LookOut
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.people.queries import records
from alongside.register.people.remarks import sealed_remark


class AlreadyAsked(Exception):
    """A look-out for her stands."""

    words = "The van is looking out for her already."


@action("contacts.record")
def look_out(actor: Actor, *, record: UUID, reason: LookOutReason, until: date, words: str = "") -> UUID:
    """Put her on the list of whoever goes out, until a day. Raises NotFound, AlreadyAsked."""
    if not records(actor, [record]):
        raise NotFound("Record")
    row = LookOut(**home(actor), record_id=record, reason=reason, until=until)
    assert actor.agency is not None
    row.words = sealed_remark(actor.agency, Place("contacts_lookout", row.pk, "words"), words)
    row.asked_by = actor.user
    over = LookOut.objects.visible_to(actor).filter(record_id=record, ended_at=None, until__lt=timezone.localdate())
    over.update(ended_at=timezone.now(), ended_by=actor.user)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAsked from None
    return row.pk


@action("contacts.change", LookOut)
def end_look_out(actor: Actor, *, lookout: LookOut) -> None:
    """She was found, or it is not needed any more. A second time changes nothing."""
    if lookout.ended_at is None:
        lookout.ended_at, lookout.ended_by = timezone.now(), actor.user
        lookout.save(update_fields=["ended_at", "ended_by"])

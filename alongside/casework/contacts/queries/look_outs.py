"""For whom the van looks out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.codes import LookOutReason
from alongside.casework.contacts.models import LookOut
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.questions import Question
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remark


@dataclass(frozen=True, slots=True)
class LookOutRow:
    id: UUID
    reason: LookOutReason
    words: str
    until: date
    asked_on: date


_standing = Question(
    lambda actor, record: (
        LookOut.objects.visible_to(actor)
        .filter(record_id=record, ended_at=None, until__gte=timezone.localdate())
        .order_by("id")[:1]
    )
)


def look_outs(actor: Actor, record: UUID) -> list[LookOutRow]:
    """All that the actor's agency ever asked for her, newest first."""
    check(actor, "contacts.see")
    rows = LookOut.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    return [_row(row) for row in rows.order_by("-asked_at", "id")]


def look_out_for(actor: Actor, record: UUID) -> LookOutRow | None:
    """The look-out that stands for her today."""
    check(actor, "contacts.see")
    found = _standing(actor, record=record)
    return _row(found[0]) if found else None


def _row(row: LookOut) -> LookOutRow:
    words = remark(row.agency_id, Place("contacts_lookout", row.pk, "words"), row.words)
    return LookOutRow(row.pk, LookOutReason(row.reason), words, row.until, timezone.localdate(row.asked_at))

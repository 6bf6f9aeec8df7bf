"""Areas and what contributors told of places."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.codes import NoticeKind
from alongside.casework.contacts.models import Area, Notice
from alongside.foundation.gate.actor import Actor
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remark


@dataclass(frozen=True, slots=True)
class AreaRow:
    id: UUID
    name: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class NoticeRow:
    kind: NoticeKind
    words: str
    since: date
    until: date


def areas(actor: Actor, with_closed: bool = False) -> list[AreaRow]:
    """The partnership's areas by name."""
    rows = Area.objects.visible_to(actor).order_by("name", "id")
    if not with_closed:
        rows = rows.filter(closed_at=None)
    return [AreaRow(pk, name, closed is None) for pk, name, closed in rows.values_list("id", "name", "closed_at")]


def notices(actor: Actor, on: date | None = None) -> list[NoticeRow]:
    """What is in force on a day (today), operations first. Who told it stays out of it."""
    today = on or timezone.localdate()
    rows = Notice.objects.visible_to(actor).filter(since__lte=today, until__gte=today).order_by("-kind", "since", "id")
    return [
        NoticeRow(
            NoticeKind(row.kind),
            remark(row.partnership_id, Place("contacts_notice", row.pk, "words"), row.words),
            row.since,
            row.until,
        )
        for row in rows
    ]

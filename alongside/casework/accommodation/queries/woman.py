"""One woman and beds: where she stays, where she waits, and the stays before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.casework.accommodation.codes import UseKind
from alongside.casework.accommodation.models import BedUse, Waiting
from alongside.casework.accommodation.queries.board import bed_name
from alongside.casework.accommodation.queries.lists import words_of
from alongside.casework.accommodation.queries.stay import ended_words
from alongside.casework.accommodation.rules import LONDON
from alongside.foundation.gate.actor import Actor
from alongside.register.people.queries import her_page


@dataclass(frozen=True, slots=True)
class PastRow:
    stay: UUID
    where: str
    begins: datetime
    ends: datetime | None
    ended: str


@dataclass(frozen=True, slots=True)
class WaitsRow:
    waiting: UUID
    unit_name: str
    joined: datetime
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WomanPage:
    record: UUID
    code: str
    who: str
    stays: tuple[PastRow, ...]
    waits: tuple[WaitsRow, ...]


def woman_page(actor: Actor, record: UUID) -> WomanPage:
    """Her stays and lists with the actor's agency, newest first. Raises NotFound."""
    her = her_page(actor, record)
    rows = BedUse.objects.visible_to(actor).filter(record_id=record, kind=UseKind.STAY)
    stays = tuple(
        PastRow(
            row.pk,
            f"{row.unit.name}, {bed_name(row.bed).lower()}",
            row.begins.astimezone(LONDON),
            row.ends.astimezone(LONDON) if row.ends else None,
            ended_words(row.end_reason, row.where_to) if row.ends else "",
        )
        for row in rows.select_related("unit", "bed").order_by("-begins", "id")
    )
    places = Waiting.objects.visible_to(actor).filter(record_id=record, ended_at=None).select_related("unit")
    waits = tuple(
        WaitsRow(row.pk, row.unit.name, row.joined_at.astimezone(LONDON), words_of(row.needs))
        for row in places.order_by("joined_at", "id")
    )
    name = her.known.names[0] if her.known.names else her.record.code
    return WomanPage(record, her.record.code, name, stays, waits)

"""A waiting list from before: what a house kept in its own book, taken in at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import timezone

from alongside.casework.accommodation.codes import Need, Source, WaitingEnd, WaitingStep
from alongside.casework.accommodation.models import Unit, Waiting, WaitingEvent
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import action
from alongside.register.people.models import Record


@dataclass(frozen=True, slots=True)
class PastWait:
    record: UUID
    joined: datetime
    source: Source
    needs: tuple[Need, ...] = ()
    ended: datetime | None = None
    ended_as: WaitingEnd | None = None


@action("accommodation.change_unit", Unit)
def take_in_waits(actor: Actor, *, unit: Unit, rows: Sequence[PastWait]) -> list[int]:
    """Write what is new of `rows`; the same rows a second time change nothing. Returns the places left out: not a
    record of this agency, ended before it began or without saying how, or on the list already."""
    wanted = {row.record for row in rows}
    held = Record.objects.visible_to(actor).filter(AnyOf(F("pk"), wanted), agency_id=unit.agency_id, removed_at=None)
    records, now = set(held.values_list("pk", flat=True)), timezone.now()
    ids = [uuid5(unit.pk, f"{row.record}|{row.joined.isoformat()}") for row in rows]
    there = _present(actor, ids)
    ready = {
        pk: _made(actor, pk, unit, row)
        for pk, row in zip(ids, rows, strict=True)
        if row.record in records and pk not in there and _is_right(row, now)
    }
    Waiting.objects.bulk_create(ready.values(), ignore_conflicts=True)
    after = _present(actor, ids)
    WaitingEvent.objects.bulk_create(
        [
            WaitingEvent(
                partnership_id=unit.partnership_id,
                agency_id=unit.agency_id,
                waiting_id=pk,
                record_id=waiting.record_id,
                what=what,
                needs=waiting.needs,
                recorded_by=actor.user,
            )
            for pk, waiting in ready.items()
            if pk in after
            for what in ((WaitingStep.JOINED, WaitingStep.ENDED) if waiting.ended_at else (WaitingStep.JOINED,))
        ]
    )
    return [place for place, pk in enumerate(ids) if pk not in after]


def _present(actor: Actor, ids: Sequence[UUID]) -> set[UUID]:
    return set(Waiting.objects.visible_to(actor).filter(AnyOf(F("pk"), ids)).values_list("pk", flat=True))


def _is_right(row: PastWait, now: datetime) -> bool:
    if row.ended is None:
        return row.joined <= now and row.ended_as is None
    return row.joined <= row.ended <= now and row.ended_as is not None


def _made(actor: Actor, pk: UUID, unit: Unit, row: PastWait) -> Waiting:
    return Waiting(
        id=pk,
        partnership_id=unit.partnership_id,
        agency_id=unit.agency_id,
        unit=unit,
        record_id=row.record,
        source=row.source,
        needs=sorted(row.needs),
        joined_at=row.joined,
        joined_by=actor.user,
        ended_at=row.ended,
        ended_by=actor.user if row.ended else None,
        ended_as=row.ended_as or "",
    )

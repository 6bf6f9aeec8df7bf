"""Beds, stays and lists as rows for programs and files: ids, codes and moments; names only in a numbered copy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.casework.accommodation.codes import UseKind
from alongside.casework.accommodation.counting import midnight
from alongside.casework.accommodation.models import BedUse, Unit, Waiting
from alongside.casework.accommodation.queries.houses import order_of
from alongside.casework.accommodation.queries.lists import standing
from alongside.casework.accommodation.rules import LONDON, days_waiting, why_here
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.people.queries import records

EXPORT = "accommodation.export"


@dataclass(frozen=True, slots=True)
class StayRow:
    """`reason` and `where_to`: codes of how it ended; empty while it goes on."""

    id: UUID
    record: UUID
    code: str
    unit: UUID
    unit_name: str
    bed: UUID
    bed_number: int
    begins: datetime
    ends: datetime | None
    leaves_on: date | None
    reason: str
    where_to: str


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One place of a list, in its order, with why it is there."""

    id: UUID
    record: UUID
    code: str
    unit: UUID
    unit_name: str
    place: int
    joined: datetime
    days: int
    needs: tuple[str, ...]
    is_emergency: bool
    why: str


def stays_between(
    actor: Actor, since: date, until: date, *, most: int | None = None, after: UUID | None = None
) -> list[StayRow]:
    """Stays with the actor's agency that hold a moment of [since, until], by id; `after`: only ids that follow it."""
    check(actor, EXPORT)
    first, last = midnight(since), midnight(until + timedelta(days=1))
    lasts = Q(begins__lt=last) & (Q(ends=None) | Q(ends__gt=first))
    rows = BedUse.objects.visible_to(actor).filter(lasts, agency_id=actor.agency, kind=UseKind.STAY)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.select_related("unit", "bed").order_by("pk")[:most])
    codes = codes_of(actor, (row.record_id for row in found))
    return [
        StayRow(
            row.pk,
            row.record_id,
            codes.get(row.record_id, ""),
            row.unit_id,
            row.unit.name,
            row.bed_id,
            row.bed.number,
            row.begins.astimezone(LONDON),
            row.ends.astimezone(LONDON) if row.ends else None,
            row.leaves_on,
            row.end_reason,
            row.where_to,
        )
        for row in found
    ]


def lists_now(actor: Actor) -> list[WaitRow]:
    """Everyone on a list of the actor's agency, house by house, in each list's stated order."""
    check(actor, EXPORT)
    today = timezone.localdate()
    units = list(Unit.objects.visible_to(actor).filter(agency_id=actor.agency).order_by("recorded_at", "id"))
    orders = order_of(actor, [unit.pk for unit in units])
    held = Waiting.objects.visible_to(actor).filter(unit__in=units, ended_at=None)
    codes = codes_of(actor, held.order_by("id").values_list("record_id", flat=True))
    found = []
    for unit in units:
        ordered, hers = standing(actor, unit.pk, orders[unit.pk])
        for place, her in enumerate(ordered):
            record = hers[her.id]
            needs = tuple(sorted(her.needs))
            why = why_here(place, ordered, orders[unit.pk], today)
            about = (codes.get(record, ""), unit.pk, unit.name, place + 1, her.joined.astimezone(LONDON))
            found.append(WaitRow(her.id, record, *about, days_waiting(her, today), needs, her.is_emergency, why))
    return found


def codes_of(actor: Actor, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return {row.id: row.code for row in records(actor, sorted({each for each in ids if each}))}

"""Beds, stays and waits as nameless rows (`happened`): the one door for counting.

The counting job and the co-ordinator read the partnership's, a caseworker her own agency's. Of stays that ended
before `since`, and of what hung on them, nothing is read.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.casework.accommodation import counting
from alongside.casework.accommodation.codes import Step, UseKind, VoidReason
from alongside.casework.accommodation.happened import (
    AwayFact,
    BedFact,
    BlockedFact,
    Happened,
    StayFact,
    UnitFact,
    VoidFact,
    WaitFact,
)
from alongside.casework.accommodation.models import Away, Bed, BedUse, Blocked, Unit, Waiting
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check

__all__ = ["AfterFact", "BlockedFact", "Happened", "StayFact", "WaitFact", "after_entry", "happened"]


def happened(actor: Actor, since: datetime | None = None) -> Happened:
    """Everything that goes on or ended at or after `since`, each kind in the order in which it began."""
    check(actor, "accommodation.count")
    standing = Q(ends=None) | Q(ends__gte=since) if since else Q()
    waiting = Q(ended_at=None) | Q(ended_at__gte=since) if since else Q()
    uses = _spans(actor, BedUse, standing)
    closed = dict(uses.filter(void_reason=VoidReason.CLOSED).order_by("begins", "id").values_list("bed_id", "begins"))
    units = _own(actor, Unit).order_by("recorded_at", "id").values_list("pk", "agency_id", "name", "step")
    beds = _own(actor, Bed).order_by("unit_id", "number").values_list("pk", "unit_id", "opened_on")
    stays = uses.filter(kind=UseKind.STAY).values_list(
        "pk", "record_id", "unit_id", "bed_id", "begins", "ends", "end_reason", "where_to", "waited"
    )
    voids = uses.filter(kind=UseKind.VOID).values_list("unit_id", "begins", "ends", "void_reason")
    aways = _spans(actor, Away, standing).values_list("stay_id", "record_id", "kind", "begins", "ends")
    blocked = _spans(actor, Blocked, standing).values_list(
        "stay_id", "record_id", "unit_id", "to_step", "reason", "begins", "ends"
    )
    waits = Waiting.objects.visible_to(actor).filter(waiting).order_by("joined_at", "id")
    return Happened(
        tuple(UnitFact(*row) for row in units),
        tuple(BedFact(pk, unit, opened_on, closed.get(pk)) for pk, unit, opened_on in beds),
        tuple(StayFact(*row) for row in stays),
        tuple(VoidFact(*row) for row in voids),
        tuple(AwayFact(*row) for row in aways),
        tuple(BlockedFact(*row) for row in blocked),
        tuple(
            WaitFact(*row)
            for row in waits.values_list(
                "pk", "record_id", "unit_id", "source", "joined_at", "ended_at", "ended_as", "bed_due"
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class AfterFact:
    """Where a woman stood so long after she first entered a house. `where`: see `counting.where_she_was`."""

    woman: UUID
    unit: UUID
    on: date
    where: str
    hospital: bool


def after_entry(told: Happened, until: date, days: int = 91) -> list[AfterFact]:
    """Every woman of whom so many days have passed, by the end of `until`, since she first entered a first-stage house.

    Derived from what was recorded when it is read; nobody writes it down.
    """
    found = []
    for unit in told.units:
        for woman, begins in counting.first_entries(told, unit.id).items() if unit.step == Step.FIRST_STAGE else ():
            then = begins + timedelta(days=days)
            if timezone.localdate(then) <= until:
                where = counting.where_she_was(told, unit.id, woman, then)
                hospital = counting.was_in_hospital(told, woman, begins, then)
                found.append(AfterFact(woman, unit.id, timezone.localdate(then), where, hospital))
    return found


def _own(actor: Actor, model: Any) -> Any:
    """Houses are no secret, but a caseworker counts her own agency's only."""
    rows = model.objects.visible_to(actor)
    return rows if actor.reach == "coordinator" else rows.filter(agency_id=actor.agency)


def _spans(actor: Actor, model: Any, standing: Q) -> Any:
    return _own(actor, model).filter(standing).order_by("begins", "id")

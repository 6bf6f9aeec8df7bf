"""An agency's houses: what they are, their beds, and in which order their lists go."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from alongside.casework.accommodation.codes import BedKind, Need, Staffed, Step, Takes
from alongside.casework.accommodation.models import Bed, ListOrder, Unit
from alongside.casework.accommodation.rules import Refusal, check_order
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.queries import services


class NameTaken(Refusal):
    words = "Your agency has a house of this name already."


@action("accommodation.set_up")
def set_up_unit(
    actor: Actor,
    *,
    name: str,
    step: Step,
    staffed: Staffed = Staffed.ALWAYS,
    takes: Collection[Takes] = (Takes.WOMEN_ONLY,),
    leads_to: Collection[Step] = (),
    emergency_minutes: int | None = None,
    service: UUID | None = None,
) -> UUID:
    """A new house of the actor's agency, under one of its services. Raises NameTaken, NotFound."""
    assert actor.partnership is not None
    assert actor.agency is not None
    _check_service(actor, service)
    unit = Unit(
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        service_id=service,
        name=name,
        step=step,
        staffed=staffed,
        takes=sorted(takes),
        leads_to=sorted(leads_to),
        emergency_minutes=emergency_minutes,
        recorded_by=actor.user,
    )
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise NameTaken from None
    return unit.pk


@action("accommodation.change_unit", Unit)
def change_unit(
    actor: Actor,
    *,
    unit: Unit,
    name: str,
    step: Step,
    staffed: Staffed,
    takes: Collection[Takes],
    leads_to: Collection[Step],
    emergency_minutes: int | None,
    service: UUID | None,
) -> None:
    """What the house is from now on; stays and lists of before keep their house. Raises NameTaken, NotFound."""
    _check_service(actor, service)
    unit.name, unit.step, unit.staffed, unit.service_id = name, step, staffed, service
    unit.takes, unit.leads_to, unit.emergency_minutes = sorted(takes), sorted(leads_to), emergency_minutes
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise NameTaken from None


def _check_service(actor: Actor, service: UUID | None) -> None:
    assert actor.partnership is not None
    if service is not None and service not in {each.id for each in services(actor.partnership, actor.agency)}:
        raise NotFound("Service")


@action("accommodation.change_unit", Unit)
def add_beds(
    actor: Actor, *, unit: Unit, number: int, kind: BedKind, opened_on: date, is_emergency: bool = False
) -> list[UUID]:
    """`number` more places, numbered on from those that are there."""
    held = Bed.objects.visible_to(actor).filter(unit=unit)
    last = held.aggregate(last=Max("number"))["last"] or 0
    beds = [
        Bed(
            partnership_id=unit.partnership_id,
            agency_id=unit.agency_id,
            unit=unit,
            number=last + each,
            kind=kind,
            opened_on=opened_on,
            is_emergency=is_emergency,
            recorded_by=actor.user,
        )
        for each in range(1, number + 1)
    ]
    Bed.objects.bulk_create(beds)
    return [bed.pk for bed in beds]


@action("accommodation.change_unit", Unit)
def set_order(actor: Actor, *, unit: Unit, needs: Sequence[str]) -> None:
    """By which needs, in turn, the list goes from now on. The orders before it are kept. Raises ValueError."""
    ListOrder.objects.create(
        partnership_id=unit.partnership_id,
        agency_id=unit.agency_id,
        unit=unit,
        needs=[Need(each) for each in check_order(needs)],
        recorded_by=actor.user,
    )

"""Which houses there are: the steps of the pathway, and what leads to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.casework.accommodation.codes import Need, Staffed, Step, Takes
from alongside.casework.accommodation.models import Bed, ListOrder, Unit
from alongside.casework.accommodation.queries.board import Places
from alongside.casework.accommodation.rules import DEFAULT_ORDER
from alongside.casework.referrals import queries as sent
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import NotFound


@dataclass(frozen=True, slots=True)
class HouseRow:
    """`order`: the needs by which its list goes, in turn; empty for another agency's house."""

    id: UUID
    name: str
    agency: str
    is_own: bool
    step: str
    step_words: str
    staffed: str
    takes: tuple[str, ...]
    leads_to: tuple[str, ...]
    emergency_minutes: int | None
    places: int
    free: int
    order: tuple[Need, ...] = ()
    service: UUID | None = None
    takes_codes: tuple[str, ...] = ()
    leads_to_codes: tuple[str, ...] = ()
    staffed_code: str = ""


def houses(actor: Actor) -> list[HouseRow]:
    """Every house of the partnership, by agency."""
    units = Unit.objects.visible_to(actor).annotate(places=Places(F("pk"))).select_related("agency")
    return [_row(actor, unit) for unit in units.order_by("agency__name", "recorded_at", "id")]


def own_houses(actor: Actor) -> list[tuple[UUID, str, bool]]:
    """(id, name, whether it keeps an emergency place) of the actor's agency's houses."""
    units = Unit.objects.visible_to(actor).filter(agency_id=actor.agency).order_by("recorded_at", "id")
    return [(pk, name, bool(minutes)) for pk, name, minutes in units.values_list("pk", "name", "emergency_minutes")]


def house(actor: Actor, unit: UUID) -> HouseRow:
    """One house of the actor's own agency, or for the co-ordinator any. Raises NotFound: absent or out of reach."""
    row = own_unit(actor, unit)
    annotated = Unit.objects.visible_to(actor).annotate(places=Places(F("pk"))).select_related("agency").get(pk=row.pk)
    return _row(actor, annotated, order_of(actor, [unit])[unit])


def own_unit(actor: Actor, unit: UUID) -> Unit:
    rows = Unit.objects.visible_to(actor).filter(pk=unit)
    row: Unit | None = (rows if actor.reach == "coordinator" else rows.filter(agency_id=actor.agency)).first()
    if row is None:
        raise NotFound("Unit")
    return row


def house_of_referral(actor: Actor, referral: UUID) -> UUID | None:
    """The one house of the actor's agency under whose service she was referred; None where there is none, or several.
    Raises NotFound for a referral that her agency does not answer."""
    row = sent.arrivals(actor, [referral]).get(referral)
    if row is None:
        raise NotFound("Referral")
    found = Unit.objects.visible_to(actor).filter(agency_id=actor.agency, service_id=row.service).order_by("id")
    units = list(found.values_list("pk", flat=True)[:2])
    return units[0] if len(units) == 1 else None


def order_of(actor: Actor, units: Iterable[UUID]) -> dict[UUID, tuple[Need, ...]]:
    """The order in force of each list; the usual one where none was stated."""
    wanted = list(units)
    stated = ListOrder.objects.visible_to(actor).filter(unit__in=wanted)
    latest = stated.order_by("unit_id", "-recorded_at", "-id").distinct("unit_id")
    found = {unit: tuple(Need(each) for each in needs) for unit, needs in latest.values_list("unit_id", "needs")}
    return {unit: found.get(unit, DEFAULT_ORDER) for unit in wanted}


def beds_of(actor: Actor, unit: UUID) -> list[tuple[UUID, int, str, str]]:
    """(id, number, kind in words, since when in words) of a house's beds."""
    rows = Bed.objects.visible_to(actor).filter(unit=unit).order_by("number")
    return [(bed.pk, bed.number, bed.get_kind_display(), _since(bed)) for bed in rows]


def _since(bed: Bed) -> str:
    when = f"{bed.opened_on.day} {bed.opened_on:%B %Y}"
    return f"since {when}" if bed.opened_on <= timezone.localdate() else f"from {when}"


def _row(actor: Actor, unit: Unit, order: tuple[Need, ...] = ()) -> HouseRow:
    places, free = unit.places  # type: ignore[attr-defined]
    return HouseRow(
        unit.pk,
        unit.name,
        unit.agency.name,
        unit.agency_id == actor.agency,
        unit.step,
        Step(unit.step).words,
        Staffed(unit.staffed).words,
        tuple(Takes(each).words for each in unit.takes),
        tuple(Step(each).words for each in unit.leads_to),
        unit.emergency_minutes,
        places,
        free,
        order,
        unit.service_id,
        tuple(unit.takes),
        tuple(unit.leads_to),
        unit.staffed,
    )

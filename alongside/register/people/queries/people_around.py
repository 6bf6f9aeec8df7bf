"""Whom a woman may fear, and to whom she may let something go: workers, teams and agencies of the partnership."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.gate.actor import Actor
from alongside.register.agencies.codes import CASEWORKERS, Purpose, Role
from alongside.register.agencies.forums import forums
from alongside.register.agencies.models import Agency
from alongside.register.agencies.queries import memberships_in_force
from alongside.register.people.matrix import RECEIVERS
from alongside.register.people.models import Exclusion


@dataclass(frozen=True, slots=True)
class Whom:
    """One choice of whom to keep out."""

    value: str
    words: str
    worker: UUID | None = None
    agency: UUID | None = None
    role: Role | None = None


def receivers(actor: Actor, record_id: UUID) -> list[tuple[UUID, str]]:
    """Agencies that may be told something about her, by name; none that she wants kept out."""
    rows = Agency.objects.filter(partnership_id=actor.partnership, kind__in=RECEIVERS, left_at=None)  # type: ignore[misc]
    others = rows.exclude(pk=actor.agency)  # type: ignore[misc]
    return list(others.exclude(pk__in=_feared(actor, record_id)).order_by("name").values_list("id", "name"))


def panels_for(actor: Actor, record_id: UUID) -> list[tuple[UUID, str, Purpose]]:
    """Forums that may be told something about her, as she is asked: who meets there, for what.

    Agencies that she wants kept out are not named: they see nothing of it.
    """
    feared = set(_feared(actor, record_id).values_list("feared_agency_id", flat=True))
    told = []
    for row in forums(actor.partnership):
        seats = tuple(seat for seat in row.seats if seat.agency not in feared)
        told.append((row.id, f"{row.name}: {replace(row, seats=seats).meets}", row.purpose))
    return told


def _feared(actor: Actor, record_id: UUID) -> QuerySet[Exclusion, Any]:
    """Whole agencies that she wants kept out."""
    out = Exclusion.objects.visible_to(actor).filter(record_id=record_id, lifted_at=None, feared_role="")
    found: QuerySet[Exclusion, Any] = out.exclude(feared_agency=None).order_by("id").values("feared_agency_id")
    return found


def whom(actor: Actor) -> dict[str, list[Whom]]:
    """All who can be kept out: workers by name, teams, and other agencies; but for the actor herself."""
    assert actor.partnership is not None
    held = memberships_in_force(actor.partnership)
    workers = {
        each.worker: each for each in sorted(held, key=lambda each: each.worker_name) if each.worker != actor.user
    }
    agencies = Agency.objects.filter(partnership_id=actor.partnership).order_by("name")
    slugs = {agency.pk: agency.slug for agency in agencies}
    teams = sorted({(each.agency_name, each.role, each.agency) for each in held if each.role in CASEWORKERS})
    return {
        "Workers": [
            Whom(str(pk), f"{each.worker_name}, {each.agency_name}", worker=pk) for pk, each in workers.items()
        ],
        "Teams": [
            Whom(f"{slugs[agency]}/{role.value}", f"{role.words}s of {name}", agency=agency, role=role)
            for name, role, agency in teams
        ],
        "Agencies": [
            Whom(agency.slug, f"Everyone at {agency.name}", agency=agency.pk)
            for agency in agencies
            if agency.pk != actor.agency
        ],
    }

"""Whom a woman may fear, and to whom she may let something go: workers, teams and agencies of the partnership."""

from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.register.agencies.codes import CASEWORKERS, Role
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
    out = Exclusion.objects.visible_to(actor).filter(record_id=record_id, lifted_at=None, feared_role="")
    feared = out.exclude(feared_agency=None).values("feared_agency_id")
    rows = Agency.objects.filter(partnership_id=actor.partnership, kind__in=RECEIVERS, left_at=None)  # type: ignore[misc]
    return list(rows.exclude(pk=actor.agency).exclude(pk__in=feared).order_by("name").values_list("id", "name"))  # type: ignore[misc]


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

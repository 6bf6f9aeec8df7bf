"""The invented "Riverside Partnership": its agencies, and one worker for each role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.population import queries as pictures
from alongside.register.agencies import actions, queries
from alongside.register.agencies.codes import AgencyKind, Role, ServiceKind, Setting, Takes
from alongside.register.people.facts import counting_job

PARTNERSHIP = "riverside"
SINCE = date(2007, 1, 8)


@dataclass(frozen=True, slots=True)
class InventedAgency:
    slug: str
    name: str
    kind: AgencyKind
    setting: Setting
    prefix: str


AGENCIES = (
    InventedAgency("nightlight", "Nightlight Outreach", AgencyKind.SPECIALIST, Setting.STREET, "NL"),
    InventedAgency("bridge", "The Bridge", AgencyKind.SPECIALIST, Setting.CASEWORK, "BR"),
    InventedAgency("harbour", "Harbour Drop-in", AgencyKind.GENERIC, Setting.DROPIN, "HB"),
    InventedAgency("lantern", "Lantern House", AgencyKind.SPECIALIST, Setting.ACCOMMODATION, "LH"),
    InventedAgency("justice", "Riverside Custody and Court List", AgencyKind.CONTRIBUTOR, Setting.JUSTICE, "JU"),
    InventedAgency("council", "Riverside Council", AgencyKind.COMMISSIONER, Setting.NONE, "RC"),
    InventedAgency("partnership-office", "Riverside Partnership Office", AgencyKind.GENERIC, Setting.NONE, "PO"),
    InventedAgency("quayside", "Quayside Housing Association", AgencyKind.OUTSIDE, Setting.ACCOMMODATION, "QH"),
)
_USING = (Takes.WOMEN_ONLY, Takes.STILL_USING, Takes.DUAL_DIAGNOSIS)
# Agency, slug, name, kind, whom it takes.
SERVICES: tuple[tuple[str, str, str, ServiceKind, tuple[Takes, ...]], ...] = (
    ("nightlight", "van", "Night van", ServiceKind.OUTREACH, _USING),
    ("bridge", "casework", "Casework team", ServiceKind.CASEWORK, (*_USING, Takes.CHILDREN)),
    ("bridge", "court", "Court scheme", ServiceKind.COURT, _USING),
    ("harbour", "dropin", "Women's drop-in", ServiceKind.DROPIN, (*_USING, Takes.PETS)),
    ("harbour", "prescribing", "Same-day prescribing", ServiceKind.TREATMENT, (Takes.STILL_USING,)),
    ("lantern", "hostel", "Lantern House hostel", ServiceKind.HOSTEL, _USING),
    ("lantern", "second-stage", "Second stage house", ServiceKind.HOUSE, (Takes.WOMEN_ONLY, Takes.DRUG_FREE)),
    ("lantern", "flats", "Move-on flats", ServiceKind.FLATS, (Takes.WOMEN_ONLY, Takes.DRUG_FREE, Takes.CHILDREN)),
    ("quayside", "tenancies", "Quayside tenancies", ServiceKind.FLATS, (Takes.CHILDREN, Takes.COUPLES, Takes.PETS)),
)
# Worker, e-mail (a domain that can't exist), and her roles. Jo works for two agencies.
PERSONAS: tuple[tuple[str, str, tuple[tuple[str, Role], ...]], ...] = (
    ("Amara Obi", "amara@riverside.example", (("nightlight", Role.OUTREACH_WORKER),)),
    ("Bethan Price", "bethan@riverside.example", (("bridge", Role.KEY_WORKER),)),
    ("Carmel Doyle", "carmel@riverside.example", (("lantern", Role.HOSTEL_WORKER),)),
    ("Dipa Shah", "dipa@riverside.example", (("bridge", Role.MANAGER),)),
    ("Elspeth Grant", "elspeth@riverside.example", (("partnership-office", Role.COORDINATOR),)),
    ("Farah Aziz", "farah@riverside.example", (("council", Role.COMMISSIONER),)),
    ("Grace Lowe", "grace@riverside.example", (("justice", Role.CONTRIBUTOR),)),
    ("Hanna Nowak", "hanna@riverside.example", (("bridge", Role.DP_LEAD),)),
    ("Ines Moreau", "ines@riverside.example", (("partnership-office", Role.SYSTEM_ADMIN),)),
    ("Jo Tandy", "jo@riverside.example", (("harbour", Role.KEY_WORKER), ("nightlight", Role.OUTREACH_WORKER))),
    ("Lila Brandt", "lila@riverside.example", (("harbour", Role.NURSE),)),
    ("Maeve Quinn", "maeve@riverside.example", (("bridge", Role.COURT_WORKER),)),
    ("Nadia Osei", "nadia@riverside.example", (("harbour", Role.TREATMENT_WORKER),)),
    ("Kemi Adeyemi", "kemi@riverside.example", (("lantern", Role.MANAGER),)),
)


def set_up_partnership() -> UUID:
    """Make what is missing of the invented partnership. Returns its id."""
    operator = queries.operator()
    with acting_as(operator):
        partnership: UUID = actions.set_up_partnership(
            operator, slug=PARTNERSHIP, name="Riverside Partnership", area="Riverside", is_invented=True
        )
        agencies = {
            each.slug: actions.set_up_agency(
                operator,
                partnership=partnership,
                slug=each.slug,
                name=each.name,
                kind=each.kind,
                setting=each.setting,
                prefix=each.prefix,
            )
            for each in AGENCIES
        }
        for slug, service, name, kind, takes in SERVICES:
            actions.set_up_service(operator, agency=agencies[slug], slug=service, name=name, kind=kind, takes=takes)
        for name, email, roles in PERSONAS:
            worker = actions.set_up_worker(operator, email=email, name=name)
            for slug, role in roles:
                actions.give_role(operator, worker=worker, agency=agencies[slug], role=role, since=SINCE)
    return partnership


def set_up() -> UUID | None:
    """The invented partnership, when it stands with all its personas."""
    row = next((each for each in queries.partnerships() if each.slug == PARTNERSHIP), None)
    wanted = sum(len(roles) for _, _, roles in PERSONAS)
    return row.id if row is not None and len(queries.memberships_in_force(row.id)) >= wanted else None


def agency_of(slug: str) -> queries.AgencyRow:
    """An agency of the invented partnership."""
    found = queries.agency_called(slug, PARTNERSHIP)
    assert found is not None, f"The invented partnership has no agency {slug}."
    return found


def persona(partnership: UUID, slug: str, role: str) -> Actor:
    """The worker who holds this role there."""
    agency = agency_of(slug)
    held = next(
        each for each in queries.memberships_in_force(partnership) if each.agency == agency.id and each.role == role
    )
    actor = queries.actor_of_membership(held.id)
    assert actor is not None
    return actor


def has_picture(partnership: UUID) -> bool:
    """Whether the story came to its end: a picture was counted."""
    job = counting_job(partnership)
    with acting_as(job):
        return pictures.latest_id(job) is not None


def has_real_partnership() -> bool:
    return any(not each.is_invented for each in queries.partnerships())


def entrances(address: str) -> Iterator[str]:
    """Lines that tell how to enter as each persona."""
    row = next((each for each in queries.partnerships() if each.slug == PARTNERSHIP), None)
    if row is None:
        return
    yield f"Enter the invented {row.name} at {address}/demo/ as"
    for each in queries.memberships_in_force(row.id):
        yield f"  {each.role.words:<25} {each.worker_name:<15} {each.agency_name}"

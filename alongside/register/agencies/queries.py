"""What may be read of agencies, workers and their roles. There is no woman in this room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import REACH, AgencyKind, Role, ServiceKind, Source, Takes
from alongside.register.agencies.models import Agency, Membership, Partnership, ReferralRight, Service, Worker
from alongside.register.agencies.suspending import suspended_now


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    id: UUID
    slug: str
    name: str
    is_invented: bool


@dataclass(frozen=True, slots=True)
class AgencyRow:
    id: UUID
    slug: str
    name: str
    prefix: str
    partnership: UUID


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service and whose it is. `is_outside`: its agency has no account here and answers on paper."""

    id: UUID
    agency: UUID
    agency_name: str
    slug: str
    name: str
    kind: ServiceKind
    takes: tuple[Takes, ...]
    answers_within_days: int
    lapses_after_days: int
    is_outside: bool


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One role of one worker in one agency."""

    id: UUID
    worker: UUID
    worker_name: str
    email: str
    is_active: bool
    agency: UUID
    agency_name: str
    role: Role
    since: date
    until: date | None


def partnerships() -> list[PartnershipRow]:
    """All partnerships of this installation by name. For the operator at the machine and for the demo."""
    rows = Partnership.objects.order_by("name").values_list("id", "slug", "name", "is_invented")
    return [PartnershipRow(*row) for row in rows]


def agency_called(slug: str, partnership: str = "") -> AgencyRow | None:
    """The agency of this slug, of the partnership of that slug if given. None when there is none or several."""
    rows = Agency.objects.filter(slug=slug)
    if partnership:
        rows = rows.filter(partnership__slug=partnership)
    found = list(rows[:2])
    return _agency(found[0]) if len(found) == 1 else None


def agency(id: UUID) -> AgencyRow | None:
    row = Agency.objects.filter(pk=id).first()
    return _agency(row) if row else None


def services(partnership: UUID, agency: UUID | None = None) -> list[ServiceRow]:
    """Services in force today by agency and name: of a partnership, or of one of its agencies."""
    rows = Service.objects.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()), agency__partnership_id=partnership
    )
    if agency is not None:
        rows = rows.filter(agency_id=agency)
    return [_service(row) for row in rows.select_related("agency").order_by("agency__name", "name", "id")]


def service(id: UUID, partnership: UUID) -> ServiceRow | None:
    """A service of this partnership, ended ones too; None when there is none."""
    row = Service.objects.filter(pk=id, agency__partnership_id=partnership).select_related("agency").first()
    return _service(row) if row else None


@dataclass(frozen=True, slots=True)
class Rights:
    """How women may come to a service, and the only agencies that may send them; none: all."""

    sources: frozenset[Source]
    agencies: frozenset[UUID]


def rights(services: Iterable[UUID]) -> dict[UUID, Rights]:
    """Who may refer to each of these services."""
    wanted = list(services)
    rows = ReferralRight.objects.filter(service_id__in=wanted).order_by("service_id", "source", "agency_id")
    found = list(rows.values_list("service_id", "source", "agency_id"))
    return {
        id: Rights(
            frozenset(Source(source) for service, source, _ in found if service == id),
            frozenset(agency for service, _, agency in found if service == id and agency is not None),
        )
        for id in wanted
    }


def may_refer(agency: UUID, source: Source) -> set[UUID]:
    """The services in force to which this agency may refer a woman who comes so."""
    rights = ReferralRight.objects.filter(Q(agency=None) | Q(agency_id=agency), source=source).order_by("service_id")
    rights = rights.filter(Q(service__until=None) | Q(service__until__gte=timezone.localdate()))
    return set(rights.values_list("service_id", flat=True))


def memberships_in_force(partnership: UUID) -> list[MembershipRow]:
    """Everyone with a role in a partnership today, by agency and name."""
    today = date.today()
    in_force = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    rows = Membership.objects.filter(in_force, agency__partnership_id=partnership)
    ordered = rows.select_related("worker", "agency").order_by("agency__name", "worker__name", "role", "id")
    return [_membership(each) for each in ordered]


def workers(actor: Actor) -> list[MembershipRow]:
    """Every role in force of the administrator's partnership."""
    check(actor, "agencies.manage")
    return memberships_in_force(actor.partnership) if actor.partnership else []


def colleagues(actor: Actor) -> dict[UUID, str]:
    """Names of everyone who ever worked for the actor's agency, by worker."""
    if actor.agency is None:
        return {}
    rows = Worker.objects.filter(memberships__agency_id=actor.agency).distinct().order_by("name")
    return dict(rows.values_list("id", "name"))


def agency_names() -> dict[UUID, str]:
    """Names of all agencies of this installation. For the operator at the machine."""
    return dict(Agency.objects.order_by("name").values_list("id", "name"))


def names_of_here() -> set[str]:
    """Names of all partnerships, areas and agencies of this installation: never shown, only held against passwords."""
    named = Partnership.objects.order_by("pk").values_list("name", "area", "slug")
    return {each for row in named for each in row} | set(agency_names().values())


def names_of(workers: Iterable[UUID]) -> dict[UUID, str]:
    """Workers' names. They are public inside a partnership, as on a rota."""
    return dict(Worker.objects.filter(pk__in=set(workers)).order_by("pk").values_list("id", "name"))


def actor_of_membership(membership: UUID, route: str = "") -> Actor | None:
    """An actor for one membership, for the operator's commands in the demo, where entering counts as a passkey."""
    row = Membership.objects.select_related("agency").filter(pk=membership).first()
    return actor_for(row, route, by_passkey=True) if row else None


def is_in_force(membership: UUID) -> bool:
    """Whether this role is held today and gives reach, by a worker whose account is open."""
    return _in_force().filter(pk=membership).exists()


def acting_in(membership: UUID) -> Actor | None:
    """Who acts in this role by a secret of her own, as her phone's, while it is in force."""
    row = _in_force().select_related("agency").filter(pk=membership).first()
    return actor_for(row, by_passkey=True) if row else None


def _in_force() -> QuerySet[Membership]:
    today = date.today()
    in_force = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    return Membership.objects.filter(in_force, worker__is_active=True).exclude(suspended_now())


def has_a_role(worker: UUID, on: date) -> bool:
    """Whether she holds any role on this day, in any agency."""
    in_force = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
    return Membership.objects.filter(in_force, worker_id=worker).exists()


def own_membership(actor: Actor) -> UUID | None:
    """The membership for which the actor acts."""
    if actor.user is None or actor.agency is None:
        return None
    rows = Membership.objects.filter(worker_id=actor.user, agency_id=actor.agency, role__in=actor.roles, until=None)
    return rows.order_by("id").values_list("id", flat=True).first()


def operator() -> Actor:
    """The person at the machine, in her own shell."""
    return Actor(job="operator", reach=REACH[Role.SYSTEM_ADMIN], purpose="running the installation")


def _agency(row: Agency) -> AgencyRow:
    return AgencyRow(row.id, row.slug, row.name, row.prefix, row.partnership_id)


def _service(row: Service) -> ServiceRow:
    return ServiceRow(
        row.id,
        row.agency_id,
        row.agency.name,
        row.slug,
        row.name,
        ServiceKind(row.kind),
        tuple(Takes(each) for each in row.takes),
        row.answers_within_days,
        row.lapses_after_days,
        row.agency.kind == AgencyKind.OUTSIDE,
    )


def _membership(row: Membership) -> MembershipRow:
    return MembershipRow(
        row.id,
        row.worker_id,
        row.worker.name,
        row.worker.email,
        row.worker.is_active,
        row.agency_id,
        row.agency.name,
        Role(row.role),
        row.since,
        row.until,
    )

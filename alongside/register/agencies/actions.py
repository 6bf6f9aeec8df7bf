"""Setting up partnerships, agencies, workers and their roles."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import CASEWORKERS, AgencyKind, Role, ServiceKind, Setting, Source, Takes
from alongside.register.agencies.forums import end_seats_of
from alongside.register.agencies.models import Agency, Membership, Partnership, ReferralRight, Service, Worker

MANAGE = "agencies.manage"
# Which roles an agency of a kind can give. A contributor gives and sees nothing; a commissioner sees no woman.
ROLES_OF: dict[AgencyKind, frozenset[Role]] = {
    AgencyKind.CONTRIBUTOR: frozenset({Role.CONTRIBUTOR, Role.DP_LEAD}),
    AgencyKind.COMMISSIONER: frozenset({Role.COMMISSIONER, Role.DP_LEAD}),
    AgencyKind.OUTSIDE: frozenset(),
}
NEVER_ELSEWHERE = frozenset({Role.CONTRIBUTOR, Role.COMMISSIONER})


@action(MANAGE)
def set_up_partnership(actor: Actor, *, slug: str, name: str, area: str, is_invented: bool = False) -> UUID:
    """The partnership of this slug, made if it is not there. Whether it is invented never changes afterwards."""
    row, _ = Partnership.objects.get_or_create(
        slug=slug, defaults={"name": name, "area": area, "is_invented": is_invented}
    )
    return row.id


@action(MANAGE)
def set_up_agency(
    actor: Actor, *, partnership: UUID, slug: str, name: str, kind: AgencyKind, setting: Setting, prefix: str
) -> UUID:
    """The agency of this slug in the partnership, made if it is not there."""
    row, _ = Agency.objects.get_or_create(
        partnership_id=partnership,
        slug=slug,
        defaults={"name": name, "kind": kind, "setting": setting, "prefix": prefix},
    )
    return row.id


@action(MANAGE)
def set_up_service(
    actor: Actor,
    *,
    agency: UUID,
    slug: str,
    name: str,
    kind: ServiceKind,
    takes: Sequence[Takes] = (),
    answers_within_days: int = 3,
    lapses_after_days: int = 28,
    refer_from: Sequence[Source] = tuple(Source),
    refer_agencies: Sequence[UUID] = (),
) -> UUID:
    """The service of this slug, made if it is not there, and who may refer to it.

    `refer_from`: how women may come; `refer_agencies`: the only agencies that may send them; none named, all may.
    """
    home = _agency(actor, agency)
    facts = {"name": name, "kind": kind, "takes": [each.value for each in takes]}
    days = {"answers_within_days": answers_within_days, "lapses_after_days": lapses_after_days}
    row, made = Service.objects.get_or_create(agency=home, slug=slug, defaults={**facts, **days})
    if made:
        senders: list[UUID | None] = [_agency(actor, each).pk for each in refer_agencies] or [None]
        rights = [(source, sender) for source in refer_from for sender in senders]
        ReferralRight.objects.bulk_create(
            ReferralRight(service=row, source=source, agency_id=sender) for source, sender in rights
        )
    return row.id


@action(MANAGE)
def set_up_worker(actor: Actor, *, email: str, name: str, password: str | None = None) -> UUID:
    """The worker with this e-mail address, made if it is not there; without a password she signs in by passkey only."""
    known = Worker.objects.filter(email__iexact=email).first()
    if known is not None:
        return known.id
    worker = Worker(email=email.lower(), name=name)
    worker.set_password(password)
    worker.full_clean()
    worker.save()
    return worker.id


@action(MANAGE)
def give_role(actor: Actor, *, worker: UUID, agency: UUID, role: Role, since: date | None = None) -> UUID:
    """A role in an agency from `since` (today). Raises ValidationError when such an agency can't give such a role."""
    home = _agency(actor, agency)
    if not _may_give(AgencyKind(home.kind), role):
        raise ValidationError(f"{AgencyKind(home.kind).words}: no one there can be a {role.words.lower()}.")
    row, _ = Membership.objects.get_or_create(
        worker_id=worker, agency=home, role=role, until=None, defaults={"since": since or date.today()}
    )
    return row.id


@action(MANAGE)
def end_role(actor: Actor, *, membership: UUID) -> None:
    """The last day of a role was yesterday: it ends with the worker's next click. The row stays."""
    row = Membership.objects.select_related("agency").filter(pk=membership, until=None).first()
    if row is None:
        raise NotFound("Membership")
    _agency(actor, row.agency_id)
    row.until = date.today() - timedelta(days=1)
    row.save(update_fields=["until"])
    held = Membership.objects.filter(worker_id=row.worker_id, agency_id=row.agency_id, role__in=CASEWORKERS)
    if not held.exclude(until__lt=date.today()).exists():
        end_seats_of(row.agency_id, actor.user or row.agency_id, worker=row.worker_id)


@action(MANAGE)
def set_active(actor: Actor, *, worker: UUID, active: bool) -> None:
    """Close or open an account. A closed one is signed out with its next click."""
    row = Worker.objects.filter(pk=worker).first()
    if row is None:
        raise NotFound("Worker")
    if actor.partnership:
        shares = row.memberships.filter(agency__partnership_id=actor.partnership).exists()
        if not shares:
            raise NotFound("Worker")
    row.is_active = active
    row.save(update_fields=["is_active"])


def _may_give(kind: AgencyKind, role: Role) -> bool:
    if kind in ROLES_OF:
        return role in ROLES_OF[kind]
    return role not in NEVER_ELSEWHERE


def _agency(actor: Actor, agency: UUID) -> Agency:
    """An agency of the actor's partnership; the operator at the machine, who has none, reaches all."""
    rows = Agency.objects.filter(pk=agency, left_at=None)
    if actor.partnership:
        rows = rows.filter(partnership_id=actor.partnership)
    row = rows.first()
    if row is None:
        raise NotFound("Agency")
    return row

"""A worker's reach in one agency ends on a day, unless what would end it is settled before."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.written import Written
from alongside.register.agencies.models import Membership, Suspension


def suspend_from(worker: UUID, agency: UUID, *, begins: datetime, cause: UUID) -> None:
    """From `begins` her roles in this agency give her nothing, until `lift_suspension(cause)`. Called by actions."""
    Suspension.objects.create(worker_id=worker, agency_id=agency, begins_at=begins, cause=cause)


def lift_suspension(cause: UUID, *, by: UUID | None) -> None:
    """What would end her reach, or has ended it, is settled."""
    Suspension.objects.filter(cause=cause, lifted_at=None).update(lifted_at=timezone.now(), lifted_by=by)


def suspended_now() -> Q:
    """For a query on memberships: whether one gives no reach at this moment. No job is needed for it to end."""
    return Q(pk__in=_suspended(now=timezone.now()))


def _memberships_suspended(now: datetime) -> QuerySet[Membership, Any]:
    here = Suspension.objects.filter(worker=OuterRef("worker"), agency=OuterRef("agency"), lifted_at=None)
    return Membership.objects.filter(Exists(here.filter(begins_at__lte=now))).values("pk")


_suspended = Written(_memberships_suspended, now=datetime(2000, 1, 1, tzinfo=UTC))


def is_suspended(worker: UUID | None) -> bool:
    """Whether any of her roles gives no reach now, for telling her so."""
    rows = Suspension.objects.filter(begins_at__lte=timezone.now(), lifted_at=None)
    return worker is not None and rows.filter(worker_id=worker).exists()

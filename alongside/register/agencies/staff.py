"""Who still works here: asked of each agency once a quarter, so that nobody who left keeps an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, Membership, StaffCheck

EVERY = timedelta(days=91)


class OthersMeanwhile(Exception):
    """Somebody came, or left, since the page was opened: every line is looked at."""

    words = "Somebody came or left since you opened this page. Look at the list again."


class NotYourself(Exception):
    """She can't end her own role: nobody would be left who could say that it was a mistake."""

    words = "You can’t say of yourself that you have left. Ask a system administrator."


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency of which the actor says who works there. `last`: when somebody last did."""

    id: UUID
    name: str
    last: datetime | None

    @property
    def is_due(self) -> bool:
        return self.last is None or timezone.now() - self.last >= EVERY

    @property
    def due_on(self) -> date:
        return timezone.localdate(self.last + EVERY) if self.last else timezone.localdate()


def asked_of(actor: Actor) -> list[Asked]:
    """A manager's own agency; for a system administrator those of the partnership in which nobody is a manager."""
    if Role.MANAGER.value in actor.roles:
        rows = Agency.objects.filter(pk=actor.agency)  # type: ignore[misc]
    elif Role.SYSTEM_ADMIN.value in actor.roles:
        managed = Membership.objects.filter(_in_force(), role=Role.MANAGER).values("agency_id")
        rows = _working(actor.partnership).exclude(pk__in=managed)
    else:
        return []
    last = Subquery(StaffCheck.objects.filter(agency=OuterRef("pk")).order_by("-checked_at").values("checked_at")[:1])
    return [Asked(*row) for row in rows.order_by("name").values_list("pk", "name", last)]


def not_checked(partnership: UUID) -> list[str]:
    """Names of agencies with workers of which nobody has said for a quarter who works there, by name."""
    fresh = StaffCheck.objects.filter(checked_at__gt=timezone.now() - EVERY).values("agency_id")
    return list(_working(partnership).exclude(pk__in=fresh).order_by("name").values_list("name", flat=True))


def _working(partnership: UUID | None) -> QuerySet[Agency]:
    working = Membership.objects.filter(_in_force()).values("agency_id")
    return Agency.objects.filter(partnership_id=partnership, left_at=None, pk__in=working)  # type: ignore[misc]


@action("agencies.check_staff")
def say_who_works_here(
    actor: Actor, *, agency: UUID, looked_at: Collection[UUID], left: Collection[UUID], at: datetime | None = None
) -> set[UUID]:
    """Every role in an agency was looked at; those in `left` ended yesterday. The workers whose roles ended.

    `looked_at`: memberships that stood on the page. Raises NotFound, OthersMeanwhile, NotYourself.
    """
    if agency not in {each.id for each in asked_of(actor)}:
        raise NotFound("Agency")
    assert actor.user is not None
    rows = {row.pk: row for row in Membership.objects.filter(_in_force(), agency_id=agency).order_by("pk")}
    if set(looked_at) != set(rows) or not set(left) <= set(rows):
        raise OthersMeanwhile
    gone = [rows[each] for each in sorted(set(left))]
    if any(row.worker_id == actor.user for row in gone):
        raise NotYourself
    yesterday = date.today() - timedelta(days=1)
    Membership.objects.filter(pk__in=[row.pk for row in gone]).update(until=yesterday)
    StaffCheck.objects.create(
        agency_id=agency,
        checked_at=at or timezone.now(),
        checked_by=actor.user,
        stayed=len(rows) - len(gone),
        left=len(gone),
    )
    return {row.worker_id for row in gone}


def _in_force() -> Q:
    today = date.today()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))

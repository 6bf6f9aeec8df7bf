"""Who still works here: asked of each agency once a quarter, so that nobody who left keeps an account."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.agencies.models import Agency, Membership, StaffCheck

EVERY = timedelta(days=91)


class OthersMeanwhile(Exception):
    """Somebody came, or left, since the page was opened: every line is looked at."""

    words = "Somebody came or left since you opened this page. Look at the list again."


class NotYourself(Exception):
    """She can't end her own role: nobody would be left who could say that it was a mistake."""

    words = "You can’t say of yourself that you have left. Ask your system administrator."


def checked_last(agency: UUID | None) -> datetime | None:
    """When somebody last said who works in this agency."""
    if agency is None:
        return None
    found = StaffCheck.objects.filter(agency_id=agency).aggregate(last=Max("checked_at"))["last"]
    return timezone.localtime(found) if found else None


def is_due(last: datetime | None) -> bool:
    return last is None or timezone.now() - last >= EVERY


def not_checked(partnership: UUID) -> list[str]:
    """Names of agencies with workers of which nobody has said for a quarter who works there, by name."""
    working = Membership.objects.filter(_in_force()).values("agency_id")
    fresh = StaffCheck.objects.filter(checked_at__gt=timezone.now() - EVERY).values("agency_id")
    rows = Agency.objects.filter(partnership_id=partnership, left_at=None, pk__in=working).exclude(pk__in=fresh)
    return list(rows.order_by("name").values_list("name", flat=True))


@action("agencies.check_staff")
def say_who_works_here(
    actor: Actor, *, looked_at: Collection[UUID], left: Collection[UUID], at: datetime | None = None
) -> set[UUID]:
    """Every role in the actor's agency was looked at; those in `left` ended yesterday. The workers whose roles ended.

    `looked_at`: memberships that stood on the page. Raises OthersMeanwhile, NotYourself.
    """
    assert actor.agency is not None
    assert actor.user is not None
    rows = {row.pk: row for row in Membership.objects.filter(_in_force(), agency_id=actor.agency).order_by("pk")}
    if set(looked_at) != set(rows) or not set(left) <= set(rows):
        raise OthersMeanwhile
    gone = [rows[each] for each in sorted(set(left))]
    if any(row.worker_id == actor.user for row in gone):
        raise NotYourself
    yesterday = date.today() - timedelta(days=1)
    Membership.objects.filter(pk__in=[row.pk for row in gone]).update(until=yesterday)
    StaffCheck.objects.create(
        agency_id=actor.agency,
        checked_at=at or timezone.now(),
        checked_by=actor.user,
        stayed=len(rows) - len(gone),
        left=len(gone),
    )
    return {row.worker_id for row in gone}


def _in_force() -> Q:
    today = date.today()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))

"""The sharing rule for the gate: sub-selects of whom she is kept from, what was given, and where a reason is asked.

`second_line.py` says the same to PostgreSQL, in words of its own.
"""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.written import SubSelect, Written
from alongside.register.agencies.models import Membership
from alongside.register.people.codes import FieldGroup, StandingKind
from alongside.register.people.matrix import sees_shared
from alongside.register.people.models import Exclusion, Grant, ReadReason, Standing


def to_us(actor: Actor) -> Q:
    """Grants to the actor's agency, or to her alone."""
    return Q(to_agency_id=actor.agency) & (Q(to_worker=None) | Q(to_worker_id=actor.user, to_worker__isnull=False))


def in_force(at: datetime | None = None) -> Q:
    """Grants that hold now, or did `at` a moment."""
    return Q(withdrawn_at=None, until_at__gt=at or timezone.now())


def in_force_of(kind: StandingKind) -> QuerySet[Standing]:
    rows: QuerySet[Standing] = Standing.objects.unscoped("the rules that a standing changes")
    return rows.filter(kind=kind, lifted_at=None)


def _exclusions(agency: UUID, user: UUID, today: date) -> QuerySet[Exclusion, Any]:
    """Those in force that keep this worker of that agency out: by name, or as one of an agency or team she fears."""
    rows: QuerySet[Exclusion] = Exclusion.objects.unscoped("the rule that keeps rows from whom she fears")
    mine = Membership.objects.filter(Q(until=None) | Q(until__gte=today), worker_id=user)
    there = mine.filter(agency_id=OuterRef("feared_agency_id"))
    keeps_out = Q(feared_agency_id=agency, feared_role="") | Q(worker_id=user)
    keeps_out |= Q(Exists(there), feared_role="") | Q(Exists(there.filter(role=OuterRef("feared_role"))))
    return rows.filter(keeps_out, lifted_at=None).values("record_id")


def _grants_of(agency: UUID, user: UUID, group: str, now: datetime, *, to_agency: bool) -> QuerySet[Grant, Any]:
    """Those in force that give this worker `group`: to her alone and, if so, those to her agency."""
    rows: QuerySet[Grant] = Grant.objects.unscoped("the sharing rule itself")
    mine = Q(to_worker_id=user)
    if to_agency:
        mine |= Q(to_worker=None)
    return rows.filter(mine, in_force(now), to_agency_id=agency, groups__contains=[group]).values("record_id")


def _died(agency: UUID, user: UUID, now: datetime) -> QuerySet[Standing, Any]:
    """Of women who have died, but for those of whom this worker said not long ago why she reads on."""
    said: QuerySet[ReadReason] = ReadReason.objects.unscoped("the rule that asks for a reason")
    mine = said.filter(given_by=user, agency_id=agency, until__gt=now)
    return in_force_of(StandingKind.DIED).exclude(record_id__in=mine.values("record_id")).values("record_id")


def _shared(agency: UUID, user: UUID, now: datetime) -> QuerySet[Grant, Any]:
    """Those in force to this worker or to her agency, of whatever kind of facts."""
    rows: QuerySet[Grant] = Grant.objects.unscoped("the sharing rule itself")
    mine = Q(to_worker=None) | Q(to_worker_id=user)
    return rows.filter(mine, in_force(now), to_agency_id=agency).values("record_id")


_SOMEONE = {"agency": UUID(int=1), "user": UUID(int=2)}
_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
_barred = Written(_exclusions, **_SOMEONE, today=_ONCE.date())
_given_to_her = Written(partial(_grants_of, to_agency=False), **_SOMEONE, group="a group", now=_ONCE)
_given_to_them = Written(partial(_grants_of, to_agency=True), **_SOMEONE, group="a group", now=_ONCE)
_given_anything = Written(_shared, **_SOMEONE, now=_ONCE)
_needs_reason = Written(_died, **_SOMEONE, now=_ONCE)


def barred_from(actor: Actor) -> SubSelect:
    return _barred(agency=actor.agency, user=actor.user, today=timezone.localdate())


def is_barred(actor: Actor, record_id: UUID) -> bool:
    """Whether an exclusion in force keeps this actor from her."""
    rows: QuerySet[Exclusion] = Exclusion.objects.unscoped("the rule that keeps rows from whom she fears")
    return rows.filter(record_id=record_id, record_id__in=barred_from(actor)).exists()


def given_anything(actor: Actor) -> SubSelect:
    """Records of which grants in force give the actor any kind of facts, whatever her role sees."""
    return _given_anything(agency=actor.agency, user=actor.user, now=timezone.now())


def given(actor: Actor, group: FieldGroup) -> SubSelect:
    """Records of which grants in force give the actor `group`: to her agency, where her role may see it at all; or to
    her alone."""
    grants = _given_to_them if sees_shared(actor.roles, group) else _given_to_her
    return grants(agency=actor.agency, user=actor.user, group=group.value, now=timezone.now())


def is_given(actor: Actor, record_id: UUID, group: FieldGroup) -> bool:
    """Whether a grant in force gives the actor `group` of her."""
    rows: QuerySet[Grant] = Grant.objects.unscoped("the sharing rule itself")
    return rows.filter(record_id=record_id, record_id__in=given(actor, group)).exists()


def needs_reason(actor: Actor) -> SubSelect:
    """Records of women who have died, unless the actor said not long ago why she reads on: confidentiality does not
    end."""
    return _needs_reason(agency=actor.agency, user=actor.user, now=timezone.now())


def reason_needed(actor: Actor, record_id: UUID) -> bool:
    """Whether the woman has died and the actor has not said, in the last four hours, why she reads on."""
    died = in_force_of(StandingKind.DIED).filter(record_id=record_id)
    return died.filter(record_id__in=needs_reason(actor)).exists()

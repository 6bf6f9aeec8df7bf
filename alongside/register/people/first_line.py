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
from alongside.register.agencies.codes import ATTENDEE
from alongside.register.agencies.models import Attendee, Membership
from alongside.register.people.codes import FieldGroup, StandingKind
from alongside.register.people.matrix import sees_shared
from alongside.register.people.models import Exclusion, Grant, Handout, Item, ReadReason, Standing


def to_us(actor: Actor) -> Q:
    """Grants to the actor's agency, to her alone, or to a forum on whose list the woman is now."""
    ours = Q(to_agency_id=actor.agency) & (Q(to_worker=None) | Q(to_worker_id=actor.user, to_worker__isnull=False))
    return ours | Q(pk__in=_by_forum(**_asked(actor))) if ATTENDEE in actor.roles else ours


def to_call_back(actor: Actor) -> Q:
    """Grants to a forum that have ended, where the actor's agency sat on it and holds a copy that it made of her."""
    kept: QuerySet[Handout] = Handout.objects.unscoped("which copies a receiver has to destroy")
    made = kept.filter(agency_id=actor.agency, destroyed_at=None, record_id=OuterRef("record_id"))  # type: ignore[misc]
    sat = Attendee.objects.filter(agency_id=actor.agency, forum_id=OuterRef("to_forum_id"))  # type: ignore[misc]
    return Q(to_forum__isnull=False) & ~in_force() & Q(Exists(sat)) & Q(Exists(made))


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


def _forums_grants(agency: UUID, user: UUID, now: datetime, today: date) -> QuerySet[Grant, Any]:
    """Those in force to a forum on which this worker sits for that agency, of women who are on its list."""
    rows: QuerySet[Grant] = Grant.objects.unscoped("the sharing rule itself")
    sits = Attendee.objects.filter(
        until_at=None, worker_id=user, agency_id=agency, forum__ended_at=None, forum_id=OuterRef("to_forum_id")
    )
    items: QuerySet[Item] = Item.objects.unscoped("the sharing rule itself")
    listed = items.filter(
        ended_at=None, until__gte=today, forum_id=OuterRef("to_forum_id"), record_id=OuterRef("record_id")
    )
    return rows.filter(in_force(now), Exists(sits), Exists(listed))


def _ids(agency: UUID, user: UUID, now: datetime, today: date) -> QuerySet[Grant, Any]:
    return _forums_grants(agency, user, now, today).values("pk")


def _women(agency: UUID, user: UUID, now: datetime, today: date) -> QuerySet[Grant, Any]:
    return _forums_grants(agency, user, now, today).values("record_id")


def _women_of(agency: UUID, user: UUID, now: datetime, today: date, group: str) -> QuerySet[Grant, Any]:
    return _forums_grants(agency, user, now, today).filter(groups__contains=[group]).values("record_id")


def _items(agency: UUID, user: UUID, now: datetime, today: date) -> QuerySet[Item, Any]:
    """What is on the lists of forums on which this worker sits for that agency, as far as a grant opens it."""
    items: QuerySet[Item] = Item.objects.unscoped("the sharing rule itself")
    agreed: QuerySet[Grant] = Grant.objects.unscoped("the sharing rule itself")
    opened = agreed.filter(in_force(now), to_forum_id=OuterRef("forum_id"), record_id=OuterRef("record_id"))
    sits = Attendee.objects.filter(
        until_at=None, worker_id=user, agency_id=agency, forum__ended_at=None, forum_id=OuterRef("forum_id")
    )
    return items.filter(Exists(opened), Exists(sits), ended_at=None, until__gte=today).values("pk")


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
_WHEN: dict[str, Any] = {**_SOMEONE, "now": _ONCE, "today": _ONCE.date()}
_by_forum = Written(_ids, **_WHEN)
_listed_women = Written(_women, **_WHEN)
_given_on_lists = Written(_women_of, **_WHEN, group="a group")
_on_her_lists = Written(_items, **_WHEN)


def _asked(actor: Actor) -> dict[str, Any]:
    return {"agency": actor.agency, "user": actor.user, "now": timezone.now(), "today": timezone.localdate()}


def listed(actor: Actor) -> SubSelect:
    """Items of forums on which the actor sits, that she may see."""
    return _on_her_lists(**_asked(actor))


def barred_from(actor: Actor) -> SubSelect:
    return _barred(agency=actor.agency, user=actor.user, today=timezone.localdate())


def is_barred(actor: Actor, record_id: UUID) -> bool:
    """Whether an exclusion in force keeps this actor from her."""
    rows: QuerySet[Exclusion] = Exclusion.objects.unscoped("the rule that keeps rows from whom she fears")
    return rows.filter(record_id=record_id, record_id__in=barred_from(actor)).exists()


def given_anything(actor: Actor) -> SubSelect:
    """Records of which grants in force give the actor any kind of facts, whatever her role sees."""
    given = _given_anything(agency=actor.agency, user=actor.user, now=timezone.now())
    return given.or_in(_listed_women(**_asked(actor))) if ATTENDEE in actor.roles else given


def given(actor: Actor, group: FieldGroup) -> SubSelect:
    """Records of which grants in force give the actor `group`: to her agency, where her role may see it at all; to
    her alone; or to a forum on which she sits, while the woman is on its list."""
    grants = _given_to_them if sees_shared(actor.roles, group) else _given_to_her
    given = grants(agency=actor.agency, user=actor.user, group=group.value, now=timezone.now())
    # Asked of those alone who sat on a forum when the request began; whether she still does is asked each time.
    if ATTENDEE not in actor.roles:
        return given
    return given.or_in(_given_on_lists(**_asked(actor), group=group.value))


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

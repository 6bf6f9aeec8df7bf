"""From a request to an `Actor`: the one membership for which the worker says she acts."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.questions import Question
from alongside.register.agencies.arriving import came_by, opens
from alongside.register.agencies.codes import ATTENDEE, CASEWORKERS, REACH, Role
from alongside.register.agencies.models import Attendee, Membership, Worker
from alongside.register.agencies.passkeys import proved_passkey
from alongside.register.agencies.suspending import suspended_now

SESSION_KEY = "acting_for"


def memberships_of(worker: Worker, on: date) -> QuerySet[Membership]:
    """Her memberships in force on a day that give her reach, in a steady order."""
    return _held(worker.id, on)


def _held(worker: UUID, on: date) -> QuerySet[Membership]:
    in_force = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
    return (
        Membership.objects.filter(in_force, worker_id=worker)
        .exclude(suspended_now())
        .select_related("agency", "agency__partnership")
        .annotate(sits=Exists(_seats(OuterRef("worker_id"), OuterRef("agency_id"))))
        .order_by("agency__name", "role", "id")
    )


def _seats(worker: Any, agency: Any) -> QuerySet[Attendee]:
    """Seats on forums that a worker holds now for an agency."""
    return Attendee.objects.filter(worker_id=worker, agency_id=agency, until_at=None, forum__ended_at=None)


_hers = Question(lambda _, worker, on: _held(worker, on))


def actor_for(membership: Membership, route: str = "", *, by_passkey: bool) -> Actor:
    """`by_passkey`: whether the session for which this actor stands proved one."""
    role, roles = Role(membership.role), {str(membership.role)}
    if role in CASEWORKERS:
        sits = getattr(membership, "sits", None)  # asked with her memberships already
        if _seats(membership.worker_id, membership.agency_id).exists() if sits is None else sits:
            roles.add(ATTENDEE)
    return Actor(
        partnership=membership.agency.partnership_id,
        agency=membership.agency_id,
        user=membership.worker_id,
        roles=frozenset(roles),
        reach=REACH[role],
        route=route,
        by_passkey=by_passkey,
    )


def _route(request: HttpRequest) -> str:
    """Method and pattern of the address (never the address itself), for the trail."""
    try:
        return f"{request.method} {resolve(request.path_info).route}"
    except Resolver404:
        return str(request.method)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request; signed in without a choice among several memberships, she acts for nobody yet."""
    worker = request.user
    if not isinstance(worker, Worker) or not worker.is_active:
        request.acting_as = None  # type: ignore[attr-defined]
        return NOBODY
    came = came_by(request)
    held = _hers(NOBODY, worker=worker.id, on=date.today())
    mine = [each for each in held if opens(each, came)]
    chosen = request.session.get(SESSION_KEY)
    acting = next((each for each in mine if str(each.id) == chosen), None)
    if acting is None and len(mine) == 1:
        acting = mine[0]
    request.acting_as = acting  # type: ignore[attr-defined]
    request.memberships = mine  # type: ignore[attr-defined]
    request.shut = sorted({each.agency.name for each in held} - {each.agency.name for each in mine})  # type: ignore[attr-defined]
    route = _route(request)
    by_passkey = proved_passkey(request)
    if acting is None:
        return Actor(user=worker.id, route=route, by_passkey=by_passkey)
    return actor_for(acting, route, by_passkey=by_passkey)

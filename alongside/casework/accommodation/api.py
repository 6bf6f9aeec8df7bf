"""Beds for integrators, version 1: JSON, through the same gate as the pages (docs/api/accommodation.md).

Names never leave by this way: a woman is told by her agency's own record id.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import EndReason, Need, Source, WhereTo
from alongside.casework.accommodation.queries.board import UnitBoard
from alongside.casework.accommodation.queries.taken_away import lists_now, stays_between
from alongside.casework.accommodation.rules import Refusal
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page

MOST = 200
YEAR = timedelta(days=366)


class NotReadable(Exception):
    """A body, or one of its fields, is not of the kind that the documentation says."""

    words = "This is not what the documentation describes."


@page("accommodation.work")
def tonight(request: HttpRequest) -> HttpResponse:
    """The board of now: own beds with who has them, by record; other agencies' houses as a number."""
    board = queries.board(request.actor, named=False)  # type: ignore[attr-defined]
    elsewhere = [
        {"name": each.name, "agency": each.agency, "step": each.step_code, "places": each.places, "free": each.free}
        for each in board.elsewhere
    ]
    houses = [_house(unit) for unit in board.units]
    return JsonResponse({"at": board.at, "houses": houses, "elsewhere": elsewhere})


def _house(unit: UnitBoard) -> dict[str, Any]:
    beds = [
        {
            "id": bed.id,
            "name": bed.name,
            "state": bed.state.lower().replace(" ", "_"),
            "record": bed.record,
            "stay": bed.use if bed.is_stay else None,
            "since": bed.since,
            "until": bed.until,
            "is_emergency": bed.is_emergency,
        }
        for bed in unit.beds
    ]
    return {"id": unit.id, "name": unit.name, "step": unit.step_code, "waiting": unit.waiting, "beds": beds}


@page("accommodation.export")
def stays(request: HttpRequest) -> HttpResponse:
    """Own stays that touch a span of days, by id, at most 200 an answer."""
    today = timezone.localdate()
    try:
        since = _read(date.fromisoformat, request.GET.get("since", str(today - timedelta(days=28))), "since")
        until = _read(date.fromisoformat, request.GET.get("until", str(today)), "until")
        after = request.GET.get("after", "")
        last = _read(UUID, after, "after") if after else None
        if not since <= until <= since + YEAR:
            raise NotReadable("until")
    except NotReadable as fault:
        return _problem(422, "NotReadable", fault.words, str(fault))
    rows = stays_between(request.actor, since, until, most=MOST + 1, after=last)  # type: ignore[attr-defined]
    told = [
        {
            "id": row.id,
            "record": row.record,
            "house": row.unit,
            "bed": row.bed,
            "begins": row.begins,
            "ends": row.ends,
            "leaves_on": row.leaves_on,
            "reason": row.reason or None,
            "where_to": row.where_to or None,
        }
        for row in rows[:MOST]
    ]
    return JsonResponse({"stays": told, "next": rows[MOST - 1].id if len(rows) > MOST else None})


@page("accommodation.export", methods=("GET", "POST"))
def waiting(request: HttpRequest) -> HttpResponse:
    """GET: the lists of own houses in their order. POST: puts her on one."""
    if request.method == "POST":
        return _done(request, _join, 201)
    told = [
        {
            "id": row.id,
            "record": row.record,
            "house": row.unit,
            "place": row.place,
            "joined": row.joined,
            "needs": list(row.needs),
            "is_emergency": row.is_emergency,
            "why": row.why,
        }
        for row in lists_now(request.actor)  # type: ignore[attr-defined]
    ]
    return JsonResponse({"waiting": told})


@page("accommodation.work", methods=("POST",))
def give(request: HttpRequest, bed: UUID) -> HttpResponse:
    """Her stay begins in this bed."""

    def run(actor: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        moves_from = _optional(UUID, body, "moves_from")
        record = _read(UUID, body.get("record"), "record")
        stay = actions.give_bed(actor, bed, record=record, begins=_moment(body, "begins"), moves_from=moves_from)
        return {"stay": stay}

    return _done(request, run, 201)


@page("accommodation.work", methods=("POST",))
def end(request: HttpRequest, stay: UUID) -> HttpResponse:
    """Her stay ends, with why and where to."""

    def run(actor: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        reason, where_to = _code(EndReason, body, "reason"), _code(WhereTo, body, "where_to")
        actions.end_stay(actor, stay, reason=reason, where_to=where_to, ends=_moment(body, "ends"))
        return {"stay": stay}

    return _done(request, run, 200)


def _join(actor: Any, body: Mapping[str, Any]) -> dict[str, Any]:
    needs = body.get("needs", [])
    if not isinstance(needs, list):
        raise NotReadable("needs")
    emergency = body.get("is_emergency", False)
    if not isinstance(emergency, bool):
        raise NotReadable("is_emergency")
    place = actions.join_list(
        actor,
        _read(UUID, body.get("house"), "house"),
        record=_read(UUID, body.get("record"), "record"),
        source=_code(Source, body, "source"),
        needs=[_read(Need, each, "needs") for each in needs],
        leaves_on=_optional(date.fromisoformat, body, "leaves_on"),
        is_emergency=emergency,
    )
    return {"id": place}


def _done(request: HttpRequest, run: Callable[[Any, Mapping[str, Any]], dict[str, Any]], status: int) -> HttpResponse:
    try:
        return JsonResponse(run(request.actor, _body(request)), status=status)  # type: ignore[attr-defined]
    except NotReadable as fault:
        return _problem(422, "NotReadable", fault.words, str(fault))
    except NotFound:
        return _problem(404, "NotFound", "There is no such bed, house, stay or record in your agency.")
    except Refusal as fault:
        return _problem(409, type(fault).__name__, fault.words)


def _body(request: HttpRequest) -> Mapping[str, Any]:
    """A JSON object, or a form."""
    try:
        body = json.loads(request.body) if request.content_type == "application/json" else request.POST.dict()
    except (ValueError, RecursionError):
        raise NotReadable from None
    if not isinstance(body, dict):
        raise NotReadable
    return body


def _read(reader: Any, value: Any, name: str) -> Any:
    if not isinstance(value, str):
        raise NotReadable(name)
    try:
        return reader(value)
    except ValueError:
        raise NotReadable(name) from None


def _optional(reader: Any, body: Mapping[str, Any], name: str) -> Any:
    return _read(reader, body[name], name) if body.get(name) is not None else None


def _code(kind: Any, body: Mapping[str, Any], name: str) -> Any:
    return _read(kind, body.get(name), name)


def _moment(body: Mapping[str, Any], name: str) -> datetime | None:
    moment: datetime | None = _optional(datetime.fromisoformat, body, name)
    if moment is not None and moment.tzinfo is None:
        raise NotReadable(name)
    return moment


def _problem(status: int, kind: str, words: str, field: str = "") -> HttpResponse:
    """RFC 9457. Nothing that was sent is sent back."""
    told = {"type": f"about:blank#{kind}", "title": words, "status": status} | ({"field": field} if field else {})
    return JsonResponse(told, status=status, content_type="application/problem+json")

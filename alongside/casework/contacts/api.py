"""Contacts for integrators, version 1: JSON, through the same gate as the pages (docs/api/contacts.md).

Names never leave by this way: a woman is told by her agency's own record id.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.codes import Outcome, PlaceKind
from alongside.casework.contacts.rules.told import NotYet, TooFine, TooLong, TwoWomen, UnknownCode
from alongside.casework.supplies.rules import NotThatMany
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page

MOST = 200
FAULTS = (NotYet, TooFine, TooLong, TwoWomen, UnknownCode, NotThatMany, actions.NoSuchArea, actions.NoSuchShift)
TEXTS = {"outcome", "place", "staying", "brought_by", "next_step", "worry", "note", "description", "hexagon"}
IDS = {"record", "shift", "session", "area", "shelf"}
LISTS = {"topics", "services"}


class NotReadable(Exception):
    """A body, or one of its fields, is not of the kind that the documentation says."""

    words = "This is not what the documentation describes."


@page("contacts.record", ("GET", "POST"))
def contacts(request: HttpRequest) -> HttpResponse:
    """GET lists own contacts between two days; POST records one, once for each id."""
    try:
        return _record(request) if request.method == "POST" else _list(request)
    except NotReadable as fault:
        return _problem(422, "NotReadable", fault.words, str(fault))
    except FAULTS as fault:
        return _problem(422, type(fault).__name__, fault.words, str(fault))
    except NotFound:
        return _problem(404, "NotFound", "There is no such record in your agency.")
    except actions.AlreadyRecorded as fault:
        return _problem(409, "AlreadyRecorded", fault.words)


def _list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    since = _read(date.fromisoformat, request.GET.get("since", str(today - timedelta(days=28))), "since")
    until = _read(date.fromisoformat, request.GET.get("until", str(today)), "until")
    after = request.GET.get("after", "")
    rows = queries.own_contacts(
        request.actor,  # type: ignore[attr-defined]
        since,
        until,
        most=MOST + 1,
        after=_read(UUID, after, "after") if after else None,
    )
    following = rows[MOST - 1].id if len(rows) > MOST else None
    return JsonResponse({"contacts": [row.as_json() for row in rows[:MOST]], "next": following})


def _record(request: HttpRequest) -> HttpResponse:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise NotReadable from None
    if not isinstance(body, dict):
        raise NotReadable
    made = actions.record_contact(request.actor, **_facts(body))  # type: ignore[attr-defined]
    return JsonResponse({"id": made.id, "record": made.record, "again": made.again}, status=200 if made.again else 201)


def _facts(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that `record_contact` takes. Raises NotReadable with the name of the field."""
    if unknown := set(body) - TEXTS - IDS - LISTS - {"id", "occurred_at", "given", "next_on"}:
        raise NotReadable(min(unknown))
    at = _read(datetime.fromisoformat, body.get("occurred_at"), "occurred_at")
    if at.tzinfo is None:
        raise NotReadable("occurred_at")
    facts: dict[str, Any] = {"id": _read(UUID, body.get("id"), "id"), "occurred_at": at}
    facts["place"], facts["outcome"] = body.get("place", PlaceKind.STREET), body.get("outcome", Outcome.MET)
    facts |= {name: _text(body[name], name) for name in TEXTS & set(body)}
    facts |= {name: _read(UUID, body[name], name) for name in IDS & set(body) if body[name] is not None}
    facts |= {name: _texts(body[name], name) for name in LISTS & set(body)}
    facts["given"] = _amounts(body.get("given", {}))
    if body.get("next_on"):
        facts["next_on"] = _read(date.fromisoformat, body["next_on"], "next_on")
    return facts


def _read(reader: Any, value: Any, name: str) -> Any:
    try:
        return reader(_text(value, name))
    except ValueError:
        raise NotReadable(name) from None


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise NotReadable(name)
    return value


def _texts(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise NotReadable(name)
    return tuple(_text(each, name) for each in value)


def _amounts(value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or not all(type(amount) is int for amount in value.values()):
        raise NotReadable("given")
    return value


def _problem(status: int, kind: str, words: str, field: str = "") -> HttpResponse:
    """RFC 9457. Nothing that was sent is sent back."""
    told = {"type": f"about:blank#{kind}", "title": words, "status": status} | ({"field": field} if field else {})
    return JsonResponse(told, status=status, content_type="application/problem+json")

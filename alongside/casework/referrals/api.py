"""Referrals as JSON, through the same gate as the pages: numbers, codes and days; no name.

Faults are problem documents (RFC 9457). Described for integrators in docs/how-to/use-the-referrals-api.md.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from alongside.casework.referrals import actions, queries
from alongside.casework.referrals.codes import PASSED_ON, DeclineReason, HowAgreed, WithdrawReason
from alongside.casework.referrals.queries import ReferralRow
from alongside.casework.referrals.rules import ReferralFault
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page
from alongside.register.agencies.codes import Source, Takes
from alongside.register.people.codes import FieldGroup

LONGEST, OPENS = 2000, (0, 3, 6, 12)


class Unreadable(Exception):
    """A body that does not say what is needed. `words`: what to send."""

    def __init__(self, words: str) -> None:
        super().__init__("unreadable")
        self.words = words


@page("referrals.open", ("GET", "POST"))
def listed(request: HttpRequest) -> HttpResponse:
    """GET: what this agency has to answer and whom it took (`to_us`), and the newest it sent. POST sends one."""
    if request.method == "POST":
        return _send(request)
    actor = request.actor  # type: ignore[attr-defined]
    box = queries.inbox(actor)
    sent, total = queries.sent(actor)
    return JsonResponse(
        {
            "to_us": [as_json(each.row) for each in (*box.to_answer, *box.coming)],
            "sent": [as_json(each.row) for each in sent],
            "sent_in_all": total,
        }
    )


def _send(request: HttpRequest) -> HttpResponse:
    """`{"record": "…", "service": "…", "groups": ["identity"], "how_agreed": "signed"}`. Answers with the referral."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        record, asked = _asked(_object(request))
        made = actions.send(actor, record, asked=asked)
    except Unreadable as fault:
        return problem(422, "What was sent can't be read", fault.words)
    except ReferralFault as fault:
        return problem(409, type(fault).__name__, fault.words)
    except NotFound:
        return problem(404, "NotFound", "There is no such record in your agency, or no such service.")
    return JsonResponse(as_json(queries.referral_page(actor, made).row), status=201)


def _asked(body: dict[str, Any]) -> tuple[UUID, actions.Asked]:
    record, service = _uuid(_needed(body, "record")), _uuid(_needed(body, "service"))
    words, months = body.get("words", ""), body.get("opens_months", 0)
    if record is None or service is None or not isinstance(words, str) or len(words) > LONGEST:
        raise Unreadable(f"`record` and `service` are ids; `words` are words, at most {LONGEST} letters.")
    if months not in OPENS:
        raise Unreadable(f"`opens_months` is one of: {', '.join(map(str, OPENS))}.")
    return record, actions.Asked(
        service=service,
        source=_coded(body.get("source", Source.AGENCY), Source, "source"),
        groups=tuple(_coded(each, FieldGroup, "groups", PASSED_ON) for each in _listed(body, "groups")),
        needs=tuple(_coded(each, Takes, "needs") for each in _listed(body, "needs")),
        words=words,
        how_agreed=_coded(_needed(body, "how_agreed"), HowAgreed, "how_agreed"),
        asked_on=_day(body, "asked_on"),
        opens_months=months,
    )


def _listed(body: dict[str, Any], name: str) -> list[Any]:
    found = body.get(name, [])
    if not isinstance(found, list):
        raise Unreadable(f"`{name}` is a list of codes.")
    return found


def _coded(value: object, kind: Any, name: str, of: Sequence[Any] = ()) -> Any:
    codes = [each.value for each in of or kind]
    if value not in codes:
        raise Unreadable(f"`{name}`: {', '.join(codes)}.")
    return kind(value)


@page("referrals.open")
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    found = queries.referral_page(request.actor, id)  # type: ignore[attr-defined]
    needs = [need.value for need in found.summary.needs]
    return JsonResponse({**as_json(found.row), "needs": needs, "age": found.summary.age})


@page("referrals.open", ("POST",))
def step(request: HttpRequest, id: UUID) -> HttpResponse:
    """`{"step": "decline", "seen": 1, "reason": "no_space", "on": "2026-05-03"}`. Answers with the referral."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        body = _body(request)
        STEPS[body["step"]](actor, id, body)
    except Unreadable as fault:
        return problem(422, "What was sent can't be read", fault.words)
    except ReferralFault as fault:
        return problem(409, type(fault).__name__, fault.words)
    return JsonResponse(as_json(queries.referral_page(actor, id).row))


def as_json(row: ReferralRow) -> dict[str, Any]:
    clocks = row.clocks
    return {
        "id": str(row.id),
        "number": row.number,
        "from": {"agency": str(row.agency), "name": row.agency_name},
        "service": {"id": str(row.service), "name": row.service_name, "agency": row.service_agency},
        "source": row.source.value,
        "state": row.state.value,
        "seen": row.version,
        "reason": row.steps[-1].code,
        "passes_on": list(row.groups),
        "days_waiting": row.waiting,
        "overdue": row.is_overdue,
        "can_come_on": _iso(row.starts_on),
        "asked_on": _iso(clocks.asked),
        "sent_on": _iso(clocks.sent),
        "received_on": _iso(clocks.received),
        "decided_on": _iso(clocks.decided),
        "offered_on": _iso(clocks.offered),
        "started_on": _iso(clocks.started),
        "lapses_on": _iso(row.lapses_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def problem(status: int, title: str, words: str) -> HttpResponse:
    told = {"type": "about:blank", "title": title, "status": status, "detail": words}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def _object(request: HttpRequest) -> dict[str, Any]:
    try:
        read = json.loads(request.body) if request.content_type == "application/json" else request.POST.dict()
    except (ValueError, RecursionError):
        raise Unreadable("Send a JSON object, or a form.") from None
    if not isinstance(read, dict):
        raise Unreadable("Send a JSON object, or a form.")
    return read


def _body(request: HttpRequest) -> dict[str, Any]:
    read = _object(request)
    if read.get("step") not in STEPS:
        raise Unreadable(f"`step` is one of: {', '.join(STEPS)}.")
    if not str(read.get("seen", "")).isdigit():
        raise Unreadable("`seen` is the number of the last step that you saw.")
    return {
        **read,
        "seen": int(str(read["seen"])[:6]),
        **{name: _day(read, name) for name in ("on", "can_come_on")},
        "service": _uuid(read.get("service")),
    }


def _day(read: dict[str, Any], name: str) -> date | None:
    value = read.get(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(f"`{name}` is a day like 2026-05-03.") from None


def _uuid(value: object) -> UUID | None:
    if not value:
        return None
    try:
        return UUID(str(value))
    except ValueError:
        raise Unreadable("`service` is the id of a service.") from None


def _needed(body: dict[str, Any], name: str) -> Any:
    if body.get(name) is None:
        raise Unreadable(f"`{name}` is needed for this step.")
    return body[name]


def _reason(body: dict[str, Any], codes: type[DeclineReason] | type[WithdrawReason]) -> Any:
    if body.get("reason") not in {each.value for each in codes}:
        raise Unreadable(f"`reason` is one of: {', '.join(each.value for each in codes)}.")
    return codes(body["reason"])


def _return(actor: Any, id: UUID, body: dict[str, Any]) -> None:
    actions.return_with_offer(
        actor,
        id,
        seen=body["seen"],
        on=body["on"],
        service=_needed(body, "service"),
        reason=_reason(body, DeclineReason),
        starts_on=body["can_come_on"],
    )


Step = Callable[[Any, UUID, dict[str, Any]], object]
STEPS: dict[str, Step] = {
    "receive": lambda a, id, body: actions.receive(a, id, seen=body["seen"], on=body["on"]),
    "accept": lambda a, id, body: actions.accept(
        a, id, seen=body["seen"], on=body["on"], starts_on=body["can_come_on"]
    ),
    "decline": lambda a, id, body: actions.decline(
        a, id, seen=body["seen"], on=body["on"], reason=_reason(body, DeclineReason)
    ),
    "return": _return,
    "offer": lambda a, id, body: actions.offer(
        a, id, seen=body["seen"], on=body["on"], starts_on=_needed(body, "can_come_on")
    ),
    "start": lambda a, id, body: actions.start(a, id, seen=body["seen"], on=body["on"]),
    "withdraw": lambda a, id, body: actions.withdraw(
        a, id, seen=body["seen"], on=body["on"], reason=_reason(body, WithdrawReason)
    ),
}

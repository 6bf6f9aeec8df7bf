"""The door for phones: one envelope a request, let in by the phone's own secret and by nothing else.

The answer comes after the commit. It is the same whatever became of the envelope: it tells nothing about a woman.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.phone import queries
from alongside.phone.actions import OtherBody, greet, receive
from alongside.phone.rules import LARGEST_SEALED

MOST_SECONDS = 10 * 365 * 86_400


@dataclass(frozen=True, slots=True)
class Sent:
    """What stands in an envelope's request. Without `op` the phone only greets."""

    op: UUID | None
    number: int
    sealed: bytes
    skew: int
    leave: bool


class Unreadable(Exception):
    """The request is not what a phone sends."""


@csrf_exempt  # no cookie lets it in: the secret stands in a header that another site can't send
def sync(request: HttpRequest) -> HttpResponse:
    """Receive one envelope. 200 when it is here for good; 409 when another of this number is; 404 for a stranger."""
    token = Token.read(request.headers.get("Authorization", ""))
    phone = queries.let_in(token, "POST phone/sync/") if token and request.method == "POST" else None
    if phone is None:
        raise Http404
    try:
        sent = read(request.body, timezone.now())
    except Unreadable:
        return HttpResponse(status=400)
    with acting_as(phone.job):
        return _answer(phone, sent)


def _answer(phone: queries.LetIn, sent: Sent) -> HttpResponse:
    came = {"worker": phone.worker, "skew": sent.skew, "leave": sent.leave}
    if sent.op is None:
        told, received_at = greet(phone.job, phone.device, **came), timezone.now()
    else:
        try:
            envelope = {"op": sent.op, "number": sent.number, "sealed": sent.sealed}
            receipt = receive(phone.job, phone.device, **came, **envelope)
        except OtherBody:
            greet(phone.job, phone.device, **came)
            return HttpResponse(status=409)
        told, received_at = receipt.told, receipt.received_at
    what = {"wipe": told.wipe, "forget_list": told.forget_list, "skew_seconds": sent.skew}
    return JsonResponse({"received_at": received_at.isoformat(), **what})


def read(body: bytes, now: datetime) -> Sent:
    """Raises Unreadable."""
    try:
        told = json.loads(body)
        op = told.get("op")
        sealed = base64.b64decode(told.get("sealed", ""), validate=True)
        number = told.get("number", 0)
        if len(sealed) > LARGEST_SEALED or not _is_number(number, least=1 if op else 0):
            raise Unreadable
        return Sent(UUID(op) if op else None, number, sealed, _skew(told.get("clock"), now), told.get("leave") is True)
    except (ValueError, TypeError, AttributeError):
        raise Unreadable from None


def _is_number(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**31


def _skew(clock: Any, now: datetime) -> int:
    """Seconds that the phone's clock is ahead of ours; 0 when it says nothing that can be read."""
    try:
        told = datetime.fromisoformat(clock)
        ahead = ((told if told.tzinfo else told.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 0
    return int(max(-MOST_SECONDS, min(MOST_SECONDS, ahead)))

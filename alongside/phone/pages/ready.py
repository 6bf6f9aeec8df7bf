"""Getting a phone ready: set up once, and tonight's list when she wants to carry one. Both with a connection."""

import base64
import secrets
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.vault.outbox import outbox_public_key
from alongside.phone.actions import set_up_phone, take_list
from alongside.phone.tonight import ground, planned_shift

LONGEST_NAME = 40


@page("phone.set_up")
def ready(request: HttpRequest) -> HttpResponse:
    return screen(request, "phone/ready.html", agency=str(request.actor.agency))  # type: ignore[attr-defined]


@page("phone.set_up", ("POST",))
def set_up(request: HttpRequest) -> HttpResponse:
    """What the phone keeps: its secret, told this once, and the key with which it seals."""
    actor = request.actor  # type: ignore[attr-defined]
    name = " ".join(request.POST.get("name", "").split())[:LONGEST_NAME] or "Phone"
    token = set_up_phone(actor, membership=request.acting_as.id, name=name)  # type: ignore[attr-defined]
    told = {"agency": str(actor.agency), "device": str(token.id), "token": str(token), "areas": ground(actor)}
    return JsonResponse(told | {"key": _key(actor.agency)})


@page("phone.set_up", ("POST",))
def tonight(request: HttpRequest) -> HttpResponse:
    """Tonight's list, with our share of the key under which the phone seals it."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        device = UUID(request.POST.get("device", ""))
    except ValueError:
        raise Http404 from None
    list_ = take_list(actor, device=device).as_json()
    share = base64.b64encode(secrets.token_bytes(32)).decode()
    told = {"areas": ground(actor), "key": _key(actor.agency), "planned": planned_shift(actor)}
    return JsonResponse(told | {"list": {"share": share, **list_}})


def _key(agency: UUID) -> str:
    return base64.b64encode(outbox_public_key(agency)).decode()

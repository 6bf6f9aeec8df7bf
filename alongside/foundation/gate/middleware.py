"""The gate around every request: who acts, in which transaction, and is this route declared at all."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.module_loading import import_string

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NeedsPasskey, NotFound
from alongside.foundation.trail.writing import leave
from alongside.foundation.vault.keys import KeysUnreachable

LOCKED = "vault.locked"  # not a permission anybody holds: what a trail row says of a request that found no keys


class GateMiddleware:
    """Sets `request.actor` and runs the view in one transaction in which PostgreSQL knows the actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.actor_of = import_string(settings.GATE_ACTOR_OF)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self.actor_of(request)  # type: ignore[attr-defined]
        with acting_as(request.actor):  # type: ignore[attr-defined]
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if getattr(response, "keys_unreachable", False):
            self._keep_trace(request)
        return response

    def _keep_trace(self, request: HttpRequest) -> None:
        """What the request did is undone; that it was asked, and got nothing, is kept."""
        actor = request.actor  # type: ignore[attr-defined]
        with acting_as(actor):
            leave(actor, LOCKED, allowed=False, rule="the key process does not answer", count=0)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        signed_in = request.actor.is_signed_in or request.user.is_authenticated  # type: ignore[attr-defined]
        if hasattr(view, "permission"):
            # Signed out, every page of ours is the way to sign in, whatever its address is about.
            looks = request.method in ("GET", "HEAD")
            return None if signed_in or not looks else HttpResponseRedirect(reverse(settings.LOGIN_URL))
        if name in settings.GATE_PUBLIC_ROUTES:
            return None
        if name in settings.GATE_OWN_ACCOUNT_ROUTES:
            if signed_in:
                return None
            raise Http404
        # A route nobody declared: refuse, even in development.
        raise PermissionDenied

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, KeysUnreachable):
            response: HttpResponse = import_string(settings.GATE_NAMES_LOCKED)(request)
            response.keys_unreachable = True  # type: ignore[attr-defined]
            return response
        if isinstance(error, NotFound):
            raise Http404 from None
        if isinstance(error, NeedsPasskey):
            asks: HttpResponse = import_string(settings.GATE_NEEDS_PASSKEY)(request)
            return asks
        if isinstance(error, Denied):
            if not request.user.is_authenticated:
                raise Http404 from None
            raise PermissionDenied from None
        return None

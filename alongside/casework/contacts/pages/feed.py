"""The worker's own rota in her phone's calendar."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.rules.calendar import calendar
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen


def feed(request: HttpRequest, key: str) -> HttpResponse:
    """For a calendar programme, which can't sign in: the secret in the address is what opens it."""
    entries = queries.feed(key) if request.method in ("GET", "HEAD") else None
    if entries is None:
        raise Http404
    return HttpResponse(calendar(entries), content_type="text/calendar; charset=utf-8")


@page("contacts.see", ("POST",))
def make(request: HttpRequest) -> HttpResponse:
    key = actions.make_feed(request.actor)  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("contacts:feed", args=[key]))
    return screen(request, "contacts/feed.html", address=address)


@page("contacts.see", ("POST",))
def end(request: HttpRequest) -> HttpResponse:
    actions.end_feed(request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The address works no more.")
    return HttpResponseRedirect(reverse("contacts:rota"))

"""Expected moves in a worker's own calendar."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation.actions.feed import end_feed, make_feed
from alongside.casework.accommodation.queries.feed import feed as calendar_of
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen


def feed(request: HttpRequest, key: str) -> HttpResponse:
    """For a calendar programme, which can't sign in: the secret in the address is what opens it."""
    told = calendar_of(key) if request.method in ("GET", "HEAD") else None
    if told is None:
        raise Http404
    return HttpResponse(told, content_type="text/calendar; charset=utf-8")


@page("accommodation.work", methods=("POST",))
def make(request: HttpRequest) -> HttpResponse:
    key = make_feed(request.actor)  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("accommodation:feed", args=[key]))
    return screen(request, "accommodation/feed.html", address=address)


@page("accommodation.work", methods=("POST",))
def end(request: HttpRequest) -> HttpResponse:
    end_feed(request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The address works no more.")
    return HttpResponseRedirect(reverse("accommodation:moves"))

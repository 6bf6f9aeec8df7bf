"""When she last proved that it is she: names open within an hour of it, files with names within five minutes.

Writing down is never stopped for it: what she typed would be lost. Looking a woman up is reading, though it is sent.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.office.accounts.session_life import BEGAN, SET_BACK_SECONDS
from alongside.register.agencies.passkeys import entered_demo

NAMES_SECONDS = 60 * 60
FILES_SECONDS = 5 * 60
# Pages that show no woman's name. Every other page of ours asks for a proof within the hour.
NAMELESS = frozenset(
    {
        "agencies.choose",
        "agencies.confirm_leaving",
        "agencies.open_trail",
        "agencies.see_installation",
        "picture.see",
        "picture.download",
        "picture.make",
        "picture.exist",
        "traces.check_seals",
        "traces.see_unusual",
    }
)
# Files in which women's names stand.
FILES = frozenset({"lists:mend-csv", "lists:mend-xlsx"})
# Reading that is sent by POST: a look-up, so that no name stands in an address; the list that a phone takes along.
LOOKING = frozenset({"people:look-up", "phone:list"})
# By POST, since a number is written for each: what is printed or taken away with names on it.
PRINTS = frozenset(
    {
        "people:child-referral",
        "contacts:sheet",
        "referrals:paper",
        "rights:pack-print",
        "rights:pack-file",
        "accommodation:take-away",
        "leaving-part",
        *FILES,
    }
)


def proved_at(request: HttpRequest) -> float:
    """When she last gave password, code or passkey in this session, in seconds since 1970."""
    given = [float(each.get("at", 0)) for each in get_authentication_records(request, request.user)]
    return max(given, default=float(request.session.get(BEGAN, 0)))


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """To the page where she proves it, and back; after a look-up to the empty one, after a print to her first page."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    back = reverse("home") if route in PRINTS else request.path
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


class ProofMiddleware:
    """Asks her to prove that it is she when that was too long ago for what she is about to read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        permission = getattr(view, "permission", "")
        if not permission or permission in NAMELESS or not request.user.is_authenticated or entered_demo(request):
            return None
        route = request.resolver_match.view_name if request.resolver_match else ""
        if request.method not in ("GET", "HEAD") and route not in LOOKING | PRINTS:
            return None
        longest = FILES_SECONDS if route in FILES else NAMES_SECONDS
        since = timezone.now().timestamp() - proved_at(request)
        if -SET_BACK_SECONDS <= since <= longest:
            return None
        return ask_for_proof(request)

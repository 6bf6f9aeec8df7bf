"""How long a session lives: until nothing happened for a quarter of an hour, and never longer than a shift.

On a computer that others use too it is five minutes: she says so when she signs in, or on the page of her sessions.
That page lists where she is signed in, and when she was last seen there, to the minute.
Whenever she proves again that it is she, it goes on under a new key: one that was copied before opens nothing more.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

BEGAN, SEEN, SHARED, LISTED = "session_began", "session_seen", "session_shared", "session_listed"
# The last click is written down at most this often, so that not every request writes.
WRITE_EVERY_SECONDS = 60
# A clock that was set back further than this no longer tells how long she rested: she signs in again.
SET_BACK_SECONDS = 60
CLEARED = '"cache"'  # not its cookies: the message of why stands in the session that begins


class SessionLifeMiddleware:
    """Ends sessions that are idle or old, and says so on the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if _is_over(request, now):
                logout(request)
                messages.info(request, "You were signed out because nothing happened for a while.")
                return HttpResponseRedirect(reverse("account_login"), headers={"Clear-Site-Data": CLEARED})
            if now - request.session.get(SEEN, 0) > WRITE_EVERY_SECONDS:
                request.session[SEEN] = now
                request.session.setdefault(BEGAN, now)
        return self.get_response(request)


class SessionListMiddleware:
    """Keeps the list of where she is signed in: a new session at once, each later click at most once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.session_key:
            key, at = request.session.get(LISTED, ("", 0))
            now = time.time()
            if key != request.session.session_key or not 0 <= now - at <= WRITE_EVERY_SECONDS:
                UserSession.objects.create_from_request(request)
                request.session[LISTED] = (request.session.session_key, now)
        return self.get_response(request)


def renew(request: HttpRequest, **_: Any) -> None:
    """On each step of allauth's: who is signed in goes on under a new key, with what she typed and chose."""
    if not request.user.is_authenticated:
        return  # signing in takes a new key at its end
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)  # so that ending all her sessions ends this one too


def _is_over(request: HttpRequest, now: float) -> bool:
    idle = now - request.session.get(SEEN, now)
    old = now - request.session.get(BEGAN, now)
    if min(idle, old) < -SET_BACK_SECONDS:
        return True
    longest = settings.SESSION_IDLE_SECONDS_SHARED if request.session.get(SHARED) else settings.SESSION_IDLE_SECONDS
    return bool(idle > longest or old > settings.SESSION_COOKIE_AGE)

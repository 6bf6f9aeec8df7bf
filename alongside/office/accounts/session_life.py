"""How long a session lives: until nothing happened for a quarter of an hour, and never longer than a shift."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

BEGAN, SEEN = "session_began", "session_seen"
# The last click is written down at most this often, so that not every request writes.
WRITE_EVERY_SECONDS = 60


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
                return HttpResponseRedirect(reverse("account_login"))
            if now - request.session.get(SEEN, 0) > WRITE_EVERY_SECONDS:
                request.session[SEEN] = now
                request.session.setdefault(BEGAN, now)
        return self.get_response(request)


def _is_over(request: HttpRequest, now: float) -> bool:
    idle = now - request.session.get(SEEN, now)
    old = now - request.session.get(BEGAN, now)
    return bool(idle > settings.SESSION_IDLE_SECONDS or old > settings.SESSION_COOKIE_AGE)

"""Whoever her agency has signed out is out here within five minutes: it is asked again before a page is shown."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.actor import NOBODY
from alongside.foundation.gate.level import acting_as
from alongside.office.accounts import oidc, sign_ins
from alongside.office.accounts.session_life import CLEARED
from alongside.register.agencies.arriving import came_by
from alongside.register.agencies.provider_sessions import Verdict, still_there

WORDS = {
    Verdict.NO: "Your agency’s sign-in says that this session has ended. Sign in again.",
    Verdict.SILENT: "Your agency’s sign-in has not answered for ten minutes, so this session has ended. What you"
    " recorded is safe.",
}


class StillThereMiddleware:
    """Costs a session that began in any other way no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came = came_by(request) if request.user.is_authenticated else None
        verdict = still_there(came.session, oidc.ask_again) if came else Verdict.YES
        if verdict is Verdict.YES:
            return self.get_response(request)
        with acting_as(NOBODY):
            sign_ins.keep(request, request.user, sign_ins.ENDED)  # type: ignore[arg-type]
        logout(request)
        messages.info(request, WORDS[verdict])
        return HttpResponseRedirect(reverse("account_login"), headers={"Clear-Site-Data": CLEARED})

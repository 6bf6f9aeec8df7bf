"""allauth's pages, where ours do a little more or differ in their form."""

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.kit.forms import PageForm
from alongside.office.accounts.forms import OtherSessions
from alongside.office.accounts.second_factor import SET_UP_SESSION_KEY
from alongside.office.accounts.session_life import SHARED


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session[SET_UP_SESSION_KEY] = True
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's page forgets the faulty form that it is given.
        return {**super().get_context_data(**kwargs), **kwargs}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session[SET_UP_SESSION_KEY] = True
        return response


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    form_class = OtherSessions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = bool(self.request.session.get(SHARED))
        return {**super().get_context_data(**kwargs), "zone": timezone.get_current_timezone(), "shared": shared}


def device(request: HttpRequest) -> HttpResponse:
    """This computer is hers, or others use it too: for this session."""
    if request.method != "POST":
        raise Http404
    request.session[SHARED] = request.POST.get("shared") == "yes"
    return HttpResponseRedirect(reverse("usersessions_list"))


activate_app = ActivateApp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemoveWebAuthnView.as_view(form_class=PageForm)
sessions = Sessions.as_view()

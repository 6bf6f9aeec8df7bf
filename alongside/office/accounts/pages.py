"""allauth's pages, where ours do a little more or differ in their form."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.kit.forms import PageForm
from alongside.office.accounts import sign_ins
from alongside.office.accounts.forms import OtherSessions, OwnSignIn
from alongside.office.accounts.second_factor import SET_UP_SESSION_KEY
from alongside.office.accounts.session_life import SHARED
from alongside.office.accounts.single_sign_on import links_of
from alongside.office.accounts.stepping_up import ask_for_passkey
from alongside.register.agencies.arriving import came_by
from alongside.register.agencies.passkeys import proved_passkey
from alongside.register.agencies.providers import offers


class SignIn(LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "offers": offers(), "own": OwnSignIn(auto_id="own-%s")}


class Factors(IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        came = came_by(self.request)
        added = {"own_sign_ins": links_of(self.request.user), "asked_elsewhere": came is not None and came.strong}
        return {**super().get_context_data(**kwargs), **added}


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
        # Her device has just answered for it: the session counts as if it had begun with this passkey.
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN.value)
        sign_ins.keep(self.request, self.request.user, sign_ins.PASSKEY_ADDED)
        return response


class UsePasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        """Another page of hers may have asked since: here is a new question."""
        messages.error(self.request, "That did not work. Use your passkey once more.")
        return ask_for_passkey(self.request, get_next_redirect_url(self.request) or reverse("home"))


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    form_class = PageForm

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        sign_ins.keep(self.request, self.request.user, sign_ins.PASSKEY_REMOVED)
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


def step_up(request: HttpRequest) -> HttpResponse:
    """From her first page to her passkey and back."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    return (
        HttpResponseRedirect(reverse("home")) if proved_passkey(request) else ask_for_passkey(request, reverse("home"))
    )


sign_in = SignIn.as_view()
factors = Factors.as_view()
activate_app = ActivateApp.as_view()
add_passkey = AddPasskey.as_view()
use_passkey = UsePasskey.as_view()
remove_passkey = RemovePasskey.as_view()
sessions = Sessions.as_view()

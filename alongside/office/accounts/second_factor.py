"""Nobody works with a password alone: until there is a second factor, only the pages that set one up open."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from alongside.foundation.kit.shell import Notice
from alongside.office.accounts.stepping_up import may_change_factors, needs_passkey
from alongside.register.agencies.arriving import came_by
from alongside.register.agencies.passkeys import entered_demo

SET_UP_SESSION_KEY = "set_up_second_factor"
# Where she changes how she signs in (not her password, which opens nothing alone).
CHANGES = frozenset(
    {
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "sso-link",
    }
)
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class AskForSecond(AuthenticateStage):  # type: ignore[misc]
    """Asked once: not here when her agency's own sign-in says that it has asked. Names still need her passkey."""

    def _should_handle(self, request: HttpRequest) -> bool:
        came = came_by(request, self.login.user)
        return not (came and came.strong) and bool(super()._should_handle(request))


class SecondFactorMiddleware:
    """Sends a worker without a second factor to the page where she sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.is_authenticated and name in CHANGES and not may_change_factors(request):
            return needs_passkey(request)
        if not request.user.is_authenticated or has_second_factor(request):
            return None
        if name in settings.SECOND_FACTOR_SETUP_ROUTES:
            return None
        return HttpResponseRedirect(reverse("mfa_index"))

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """The pages of allauth show its messages as our pages do."""
        context = response.context_data if response.context_data is not None else {}
        context.setdefault(
            "notices",
            tuple(
                Notice(str(each), "success" if "success" in each.tags else "information")
                for each in get_messages(request)
            ),
        )
        response.context_data = context
        return response


def has_second_factor(request: HttpRequest) -> bool:
    """A second factor proved this session: a passkey, a code after the password, its setting up, or her agency's own.

    A session that was open with a password alone before she set one up elsewhere stays shut.
    In the demo, on this machine only, entering as an invented persona counts as both.
    """
    came = came_by(request)
    if entered_demo(request) or (came and came.strong):
        return True
    if not is_mfa_enabled(request.user, FACTORS):
        return False
    records = get_authentication_records(request, request.user)
    return bool(request.session.get(SET_UP_SESSION_KEY)) or any(each.get("method") == "mfa" for each in records)

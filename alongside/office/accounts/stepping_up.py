"""A password and a code can be typed on a false page; names, files and administration open to a passkey only.

Wherever the gate asks for it, this page stands in the place of what she wanted: one button, and she is there. Who has
no passkey is led to adding one.
"""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.kit.screens import screen
from alongside.register.agencies.arriving import came_by
from alongside.register.agencies.passkeys import proved_passkey
from alongside.register.agencies.provider_sessions import works_elsewhere


def needs_passkey(request: HttpRequest) -> HttpResponse:
    """Nothing of what was asked for is shown or done. Once she has used her passkey she is back where she was."""
    return ask_for_passkey(request, _back(request))


def ask_for_passkey(request: HttpRequest, back: str) -> HttpResponse:
    response = screen(
        request,
        "office/needs_passkey.html",
        status=403,
        back=back,
        was_sent=_was_sent(request),
        elsewhere=vouched_for_too_much(request),
        passkey_data={"request_options": begin_authentication(request.user)} if has_passkey(request) else None,
    )
    response.needs_passkey = True  # type: ignore[attr-defined]
    return response


def may_change_factors(request: HttpRequest) -> bool:
    """Who has a passkey changes how she signs in with it, or with a recovery code from her agency's safe.

    Else a stolen password and code would add a passkey of the thief's own, and so open everything. And what an agency
    vouches for adds no first passkey that would open another agency's names.
    """
    used = {each.get("type") for each in get_authentication_records(request, request.user)}
    if proved_passkey(request) or Authenticator.Type.RECOVERY_CODES.value in used:
        return True
    return not has_passkey(request) and not vouched_for_too_much(request)


def vouched_for_too_much(request: HttpRequest) -> bool:
    """Whether one agency's own sign-in began this session, and she works for another too."""
    came = came_by(request)
    return came is not None and works_elsewhere(request.user.pk, came.agency)  # type: ignore[arg-type]


def has_passkey(request: HttpRequest) -> bool:
    held: bool = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).exists()
    return held


def _was_sent(request: HttpRequest) -> bool:
    return request.method not in ("GET", "HEAD")


def _back(request: HttpRequest) -> str:
    """Where she was; after something sent to an address that shows no page, her first page."""
    if not _was_sent(request):
        return request.get_full_path()
    shows = request.resolver_match and "GET" in getattr(request.resolver_match.func, "methods", ())
    return request.path if shows else reverse("home")

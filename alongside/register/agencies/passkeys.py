"""How strongly this session was begun: with a passkey, or with something that can be typed on a false page."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

DEMO_SESSION_KEY = "entered_demo"


def entered_demo(request: HttpRequest) -> bool:
    """On this machine only, among invented women, entering as a persona counts as every proof."""
    return bool(settings.DEMO and settings.IS_LOCAL and request.session.get(DEMO_SESSION_KEY))


def proved_passkey(request: HttpRequest) -> bool:
    """Whether she used a passkey of hers in this session, at sign-in or later. Read from the session: no query."""
    used = (each.get("type") for each in get_authentication_records(request, request.user))
    return entered_demo(request) or Authenticator.Type.WEBAUTHN.value in used

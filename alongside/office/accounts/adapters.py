"""What allauth asks of us: no sign-up, our own words, and secrets of second factors never in clear."""

from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from alongside.foundation.kit.shell import APP_NAME
from alongside.foundation.vault import installation
from alongside.office.accounts import sign_ins, single_sign_on
from alongside.register.agencies import provider_sessions
from alongside.register.agencies.arriving import came_by

# What allauth would say from its own templates. What is not here is not said at all.
WORDS = {
    "account/messages/password_changed.txt": "Your password has been changed.",
    "mfa/messages/recovery_codes_generated.txt": "New recovery codes have been made. The earlier ones no longer work.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app has been removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey has been added.",
    "mfa/messages/webauthn_removed.txt": "The passkey has been removed.",
    "usersessions/messages/sessions_logged_out.txt": "You have been signed out everywhere else.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the system administrator only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        asks = "alongside.office.accounts.second_factor.AskForSecond"
        return [asks if each == "allauth.mfa.stages.AuthenticateStage" else each for each in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse | None:
        answer: HttpResponse | None = super().pre_login(request, user, **how)
        own = (how.get("signal_kwargs") or {}).get("sociallogin")
        if answer is None and own is not None:
            single_sign_on.begun(request, user, own)
        elif answer is None:
            single_sign_on.forget(request)
        return answer

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        by = "by the agency’s own sign-in" if came_by(request, user) else ""
        sign_ins.keep(request, user, sign_ins.SIGNED_IN, rule=by)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            sign_ins.keep(request, request.user, sign_ins.SIGNED_OUT)
            came = came_by(request)
            if came is not None:
                provider_sessions.end(came.session)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_ins.keep(request, sign_ins.known_as(credentials.get("email")), sign_ins.WRONG)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or WORDS.get(message_template or "", "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is ever sent by e-mail: an inbox may be read by someone else."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets sealed with a key of this installation that is not in the database."""

    def encrypt(self, text: str) -> str:
        return installation.sealed(text, settings.SECOND_FACTOR_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        return installation.opened(encrypted_text, settings.SECOND_FACTOR_KEY)

    def get_totp_issuer(self) -> str:
        return APP_NAME

    def build_totp_svg(self, url: str) -> str:
        """The square code as an SVG element that stands in the page itself: the policy allows no data: image."""
        import qrcode  # type: ignore[import-untyped]
        from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathImage).save(drawn)
        element = drawn.getvalue().decode()
        return Markup(element[element.index("<svg") :])  # noqa: S704  drawn here, from numbers

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {held + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": APP_NAME}

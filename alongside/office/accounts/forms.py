"""allauth's forms in our components and words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn import forms as webauthn
from allauth.usersessions.forms import ManageUserSessionsForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from alongside.foundation.kit.forms import PageForm, Shown
from alongside.office.accounts.session_life import SHARED

GOOD_ONES = "At least 14 characters. Three or four words that do not belong together are good."


class _Worded(Shown):
    """Labels and hints of our own; no placeholders, which vanish while one types."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            field.error_messages["required"] = f"Enter {str(field.label).lower()}"
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]  # made with the labels of before


SHARED_WORDS = "Others use this computer too"
SHARED_HINT = "You are then signed out after 5 minutes without a click, and not after 15."


class OwnSignIn(PageForm):
    """Beside the buttons of agencies' own sign-ins."""

    shared = forms.BooleanField(label=SHARED_WORDS, required=False, help_text=SHARED_HINT)


class SignIn(_Worded, account.LoginForm):  # type: ignore[misc]
    words = {"login": ("E-mail address", ""), "password": ("Password", "")}
    shared = forms.BooleanField(label=SHARED_WORDS, required=False, help_text=SHARED_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "type": "email"}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url)
        request.session[SHARED] = self.cleaned_data["shared"]
        return response


class ChangePassword(_Worded, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": ("Password now", ""),
        "password1": ("New password", GOOD_ONES),
        "password2": ("New password again", ""),
    }


class ConfirmPassword(_Worded, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": ("Password", "")}


class Code(_Worded, factor.AuthenticateForm):  # type: ignore[misc]
    words = {"code": ("Code", "Six digits from your authenticator app, or one of your recovery codes.")}


class ConfirmCode(_Worded, factor.ReauthenticateForm):  # type: ignore[misc]
    words = Code.words


class ActivateApp(_Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": ("Code", "The six digits that the app shows now.")}

    def clean_code(self) -> str:
        """A code counts once. allauth would take the code of the activation a second time at sign-in."""
        code: str = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise ValidationError("This code has been used. Wait for the next one.")
        return code


class RemoveApp(_Worded, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Nothing to fill in."""


class NewRecoveryCodes(_Worded, GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Nothing to fill in."""


class AddPasskey(_Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey is always one that can sign her in alone: it checks her finger, face or PIN."""

    words = {"name": ("Name of this passkey", "For example: work phone, or the key on the office ring.")}
    passwordless = forms.BooleanField(required=True, initial=True, widget=forms.HiddenInput)


class EditPasskey(_Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": ("Name of this passkey", "")}


class PasskeySignIn(_Worded, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """The answer of the passkey."""


class PasskeySecond(_Worded, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The answer of the passkey after a password."""


class ConfirmPasskey(_Worded, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The answer of the passkey."""


class OtherSessions(_Worded, ManageUserSessionsForm):  # type: ignore[misc]
    """Nothing to fill in."""

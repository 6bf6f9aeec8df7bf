"""The routes of allauth that we use, and no others: no sign-up, no e-mail, no password by e-mail.

Of its social sign-in only the way through an agency's own provider is here, by pages of ours.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from alongside.office.accounts import pages, single_sign_on

urlpatterns = [
    path("login/", pages.sign_in, name="account_login"),
    path("own/", single_sign_on.begin, name="sso-begin"),
    path("own/<uuid:provider>/", single_sign_on.answer, name="sso-answer"),
    path("own/<uuid:provider>/link/", single_sign_on.link, name="sso-link"),
    path("own/<uuid:provider>/unlink/", single_sign_on.unlink, name="sso-unlink"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("login/code/", factors.authenticate, name="mfa_authenticate"),
    path("confirm/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", pages.use_passkey, name="mfa_reauthenticate_webauthn"),
    path("factors/", pages.factors, name="mfa_index"),
    path("factors/app/", pages.activate_app, name="mfa_activate_totp"),
    path("factors/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factors/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factors/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("factors/passkeys/add/", pages.add_passkey, name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", pages.remove_passkey, name="mfa_remove_webauthn"),
    path("passkey/", pages.step_up, name="step-up"),
    path("device/", pages.device, name="account_device"),
    path("sessions/", pages.sessions, name="usersessions_list"),
]

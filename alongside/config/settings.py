"""Wiring of the installation. Decisions live in the rooms."""

import os

from alongside.config import logs, machine, postgres
from alongside.foundation.kit.csp import CONTENT_SECURITY_POLICY  # noqa: F401  read by django-csp

DEBUG = False
SECRET_KEY = machine.secret("django")
DEMO = machine.is_demo()
SERVED_AT = os.environ.get("ALONGSIDE_HOST", "127.0.0.1")
IS_LOCAL = SERVED_AT in ("127.0.0.1", "localhost")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"] if IS_LOCAL else [SERVED_AT]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "procrastinate.contrib.django",
    "alongside.foundation.gate",
    "alongside.foundation.trail",
    "alongside.foundation.kit",
    "alongside.register.agencies",
    "alongside.register.people",
    "alongside.register.programs",
    "alongside.register.rights",
    "alongside.casework.directory",
    "alongside.casework.supplies",
    "alongside.casework.needs",
    "alongside.casework.referrals",
    "alongside.casework.contacts",
    "alongside.casework.accommodation",
    "alongside.register.traces",
    "alongside.insight.interchange",
    "alongside.insight.population",
    "alongside.phone",
    "alongside.insight.monitoring",
    "alongside.insight.commissioning",
    "alongside.office",
    # After our rooms, so that our own account templates are found first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.foundation.kit.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.office.accounts.session_life.SessionListMiddleware",
    "alongside.office.accounts.session_life.SessionLifeMiddleware",
    "alongside.office.accounts.still_there.StillThereMiddleware",
    "alongside.office.accounts.second_factor.SecondFactorMiddleware",
    "alongside.office.accounts.proof.ProofMiddleware",
    "alongside.foundation.gate.middleware.GateMiddleware",
    "alongside.office.accounts.limits.LimitsMiddleware",
]
GATE_ACTOR_OF = "alongside.register.agencies.acting.actor_of"
GATE_NEEDS_PASSKEY = "alongside.office.accounts.stepping_up.needs_passkey"
GATE_NAMES_LOCKED = "alongside.foundation.kit.errors.names_locked"
GATE_PUBLIC_ROUTES = frozenset(
    {
        "home",
        "away",
        "robots",
        "demo",
        "gallery",
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_login_webauthn",
        "mfa_authenticate",
        "sso-begin",
        "sso-answer",
        "phone:app",
        "phone:help",
        "phone:service",
        "phone:manifest",
        "phone:sync",
        "api-contacts",  # a program shows a key of its own
        "api-shifts",
        "accommodation:feed",  # as the next one
        "contacts:feed",  # a calendar programme can't sign in: the secret in the address opens it
    }
)
# Her own account, whatever her role. With a password alone only these open (see second_factor.py).
SECOND_FACTOR_SETUP_ROUTES = frozenset(
    {
        "account_logout",
        "hide",
        "away",
        "robots",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "sso-link",
        "sso-answer",
    }
)
GATE_OWN_ACCOUNT_ROUTES = frozenset(
    {
        "account_reauthenticate",
        "account_change_password",
        "account_device",
        "step-up",
        "hide",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "sso-link",
        "sso-unlink",
        "usersessions_list",
    }
)
INSTALLATION_PROBLEMS = "alongside.config.installation.problems"
INSTALLATION_ADVICE = "alongside.config.installation.advice"
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

_database = postgres.address()
DATABASES = {
    "default": _database.settings(postgres.APP, postgres.app_password()),
    "owner": _database.settings(_database.owner, _database.owner_password),
}
DATABASES["default"]["ENGINE"] = "alongside.foundation.gate.database"
DATABASES["default"]["OPTIONS"] = {
    "server_side_binding": True,
    "prepare_threshold": 5,  # asked more often than so on one connection, a statement keeps its plan there
    "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits of sign-in attempts live here: shared by all processes, unlike memory of one.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "sign_in_limits"}}
KEYS_SOCKETS = machine.keys_sockets()
KEYS_CALLER = os.environ.get("ALONGSIDE_KEYS_CALLER", "operator")  # web, jobs or operator: see vault/wire.py
SNAPSHOTS = machine.home() / "snapshots"  # what was counted, nameless, one folder a snapshot
DEFINITIONS = machine.home() / "definitions"  # a partnership's own definitions and frameworks, as TOML files

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [],
        "OPTIONS": {
            "environment": "alongside.foundation.kit.environment.environment",
            "context_processors": ["alongside.office.shell.shell"],
        },
    },
]

# --- accounts -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.Worker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "alongside.office.accounts.passwords.NotOfHere"},
    {"NAME": "alongside.office.accounts.passwords.NotStolen"},
]
STOLEN_PASSWORDS = machine.home() / "stolen-passwords.txt"  # put there by the operator: docs/how-to/run-it.md
ACCOUNT_ADAPTER = "alongside.office.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "alongside.office.accounts.forms.SignIn",
    "change_password": "alongside.office.accounts.forms.ChangePassword",
    "reauthenticate": "alongside.office.accounts.forms.ConfirmPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "alongside.office.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "alongside.office.accounts.forms.Code",
    "reauthenticate": "alongside.office.accounts.forms.ConfirmCode",
    "activate_totp": "alongside.office.accounts.forms.ActivateApp",
    "deactivate_totp": "alongside.office.accounts.forms.RemoveApp",
    "generate_recovery_codes": "alongside.office.accounts.forms.NewRecoveryCodes",
    "add_webauthn": "alongside.office.accounts.forms.AddPasskey",
    "edit_webauthn": "alongside.office.accounts.forms.EditPasskey",
    "login_webauthn": "alongside.office.accounts.forms.PasskeySignIn",
    "authenticate_webauthn": "alongside.office.accounts.forms.PasskeySecond",
    "reauthenticate_webauthn": "alongside.office.accounts.forms.ConfirmPasskey",
}
SECOND_FACTOR_KEY = machine.secret("second-factor")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key that was found answers nobody without her finger, face or PIN
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL
ACCOUNT_RATE_LIMITS = {"own_sign_in": "60/m/ip"}  # beside allauth's own; each sign-in counts three times
SOCIALACCOUNT_ADAPTER = "alongside.office.accounts.single_sign_on.OwnSignIn"
SOCIALACCOUNT_STORE_TOKENS = False  # what is kept of them is sealed: ProviderSession
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an e-mail address alone signs nobody in
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SINGLE_SIGN_ON_KEY = machine.secret("single-sign-on")
USERSESSIONS_TRACK_ACTIVITY = True  # by SessionListMiddleware: not at every click, as allauth would
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True  # no tick box: the session's life is the same for everyone
ACCOUNT_PASSWORD_CHANGE_REDIRECT_URL = "mfa_index"  # noqa: S105  a route
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 15 * 60
SESSION_IDLE_SECONDS_SHARED = 5 * 60  # on a computer that others use too
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not IS_LOCAL
SESSION_COOKIE_NAME = "session" if IS_LOCAL else "__Host-session"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "alongside.office.pages.forbidden"
CSRF_COOKIE_SECURE = not IS_LOCAL
SECURE_SSL_REDIRECT = not IS_LOCAL
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
# Served to others there is one proxy in front, and nobody else reaches the socket on 127.0.0.1: what it says counts.
SECURE_PROXY_SSL_HEADER = None if IS_LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if IS_LOCAL else 1

# --- language, files ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = machine.home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024  # lists stay in memory: no plain copy on disk
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- jobs -----------------------------------------------------------------------------------------------------
PROCRASTINATE_IMPORT_PATHS = [
    "alongside.config.jobs",
    "alongside.register.people.jobs",
    "alongside.register.traces.jobs",
]

# --- logs: identifiers and words, never values ----------------------------------------------------------------
_handlers = logs.handlers(os.environ.get("ALONGSIDE_LOG_TO", ""))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_values": {"()": "alongside.config.logs.NoValues"}},
    "formatters": {"json": {"()": "alongside.config.logs.formatter"}},
    "handlers": _handlers,
    "root": {"handlers": list(_handlers), "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "WARNING"},
        "splink.internals": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}

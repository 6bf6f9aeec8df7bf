"""Signing in through her own agency: one tap, her agency's own page, and back.

Nobody is let in or made who was not known before: a worker with an open account and a role in that agency, linked by
herself from a session in which she was signed in already. An e-mail address or a name links nobody.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any
from uuid import UUID

import requests
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import NOBODY
from alongside.foundation.kit.screens import screen
from alongside.foundation.trail.writing import leave
from alongside.office.accounts import oidc, reaching, sign_ins
from alongside.office.accounts.proof import FILES_SECONDS, proved_at
from alongside.office.accounts.session_life import SHARED
from alongside.office.accounts.stepping_up import may_change_factors
from alongside.register.agencies import provider_sessions, providers
from alongside.register.agencies.arriving import METHOD
from alongside.register.agencies.providers import Client

REFUSED = "accounts.own_sign_in_refused"
LIMIT = "own_sign_in"


class Why(Enum):
    """Why it was refused: for the trail, and in words for her, which tell no stranger who is known here."""

    STOPPED = ("stopped on the way", "You stopped on the way. Nothing has happened; you can begin again.")
    STALE = ("no question of this browser", "This sign-in was not begun in this browser, or is too old. Begin again.")
    NOT_TRUSTED = (
        "an answer that did not hold",
        "What came back from your agency’s sign-in could not be trusted and was thrown away. Begin again; if it happens"
        " once more, tell whoever looks after your agency’s computers.",
    )
    SAID_NO = (
        "its own no",
        "Your agency’s sign-in did not let you through. Begin again; if it happens once more, tell whoever looks after"
        " your agency’s computers.",
    )
    SILENT = ("no answer", "Your agency’s sign-in does not answer just now. Try again in a little while.")
    UNKNOWN = (
        "nobody here",
        "Nobody who works here is linked with this account. If you work here, sign in with your passkey, or with"
        " password and code, and link the two under “How you sign in”.",
    )
    TAKEN = ("linked with another", "This account is linked with another worker already. Tell your manager.")
    MANY = ("too often", "That was often in a short time. Wait a minute, then begin again.")


class OwnSignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What allauth asks of us on the way."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> oidc.OwnProvider:
        return oidc.OwnProvider(request, _client(provider))

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        return []

    def get_requests_session(self) -> requests.Session:
        return reaching.session()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        if error == AuthError.CANCELLED:
            why = Why.STOPPED
        elif isinstance(exception, requests.RequestException):
            why = Why.SILENT
        elif isinstance(exception, oidc.NotTrusted):
            raise ImmediateHttpResponse(refuse(request, provider.client, Why.NOT_TRUSTED, exception.why))
        elif exception is not None:
            why = Why.NOT_TRUSTED
        else:
            why = Why.SAID_NO if "state" in (extra_context or {}) else Why.STALE
        raise ImmediateHttpResponse(refuse(request, provider.client, why))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Here it is decided. What passes is signed in; all else has ended."""
        client: Client = sociallogin.provider.client
        worker = sociallogin.user if sociallogin.is_existing else None
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_link(request, client, sociallogin, worker))
        if worker is None or not provider_sessions.works_in(worker.pk, client.agency):
            raise ImmediateHttpResponse(refuse(request, client, Why.UNKNOWN, worker=worker))


def begun(request: HttpRequest, worker: AbstractBaseUser, sociallogin: Any) -> None:
    """She is about to be signed in: what this session reaches, and for how long, hangs on how it was begun."""
    client: Client = sociallogin.provider.client
    tokens = oidc.tokens_of(sociallogin.token, sociallogin.account.uid)
    session = provider_sessions.begin(client.id, worker.pk, tokens)
    given = {"session": str(session), "agency": str(client.agency), "strong": sociallogin.is_strong}
    record_authentication(request, worker, METHOD, **given)
    if (sociallogin.state.get("data") or {}).get("shared"):
        request.session[SHARED] = True


def forget(request: HttpRequest) -> None:
    """She signs in by other means: what her agency's sign-in said before, in this browser, no longer counts."""
    given = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [each for each in given if each.get("method") != METHOD]


def refuse(
    request: HttpRequest, client: Client, why: Why, told: str = "", worker: AbstractBaseUser | None = None
) -> HttpResponse:
    """A calm page, and a row for the agency's data protection lead."""
    rule, words = why.value
    actor = replace(
        NOBODY,
        partnership=client.partnership,
        agency=client.agency,
        user=worker.pk if worker else None,
        route=f"{request.method} {request.resolver_match.route if request.resolver_match else ''}",
    )
    leave(actor, REFUSED, allowed=False, rule=f"{rule}: {told}" if told else rule, count=0)
    return screen(request, "office/own_sign_in_refused.html", status=403, words=words, agency=client.agency_name)


def begin(request: HttpRequest) -> HttpResponse:
    """From the page for signing in to her agency's own."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("account_login"))
    client = _client(request.POST.get("agency", ""))
    data = {"shared": request.POST.get("shared") == "on"}
    return _leave_for(request, client, AuthProcess.LOGIN, data)


def link(request: HttpRequest, provider: UUID) -> HttpResponse:
    """From "How you sign in", where she is signed in and has just proved that it is she."""
    if request.method != "POST":
        raise Http404
    client = _client(str(provider))
    if not provider_sessions.works_in(request.user.pk, client.agency):  # type: ignore[arg-type]
        raise Http404
    if timezone.now().timestamp() - proved_at(request) > FILES_SECONDS:
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?next={reverse('mfa_index')}")
    return _leave_for(request, client, AuthProcess.CONNECT, {"worker": str(request.user.pk)})


def unlink(request: HttpRequest, provider: UUID) -> HttpResponse:
    """It signs her in no more, and what it began has ended."""
    if request.method != "POST":
        raise Http404
    held = SocialAccount.objects.filter(provider=str(provider), user_id=request.user.pk)
    if not held.exists():
        raise Http404
    held.delete()
    provider_sessions.end_sessions(request.user.pk, provider)  # type: ignore[arg-type]
    sign_ins.keep(request, request.user, sign_ins.UNLINKED)  # type: ignore[arg-type]
    messages.success(request, "Your agency’s sign-in no longer signs you in here.")
    return HttpResponseRedirect(reverse("mfa_index"))


def answer(request: HttpRequest, provider: UUID) -> HttpResponse:
    """Back from her agency's own page."""
    if request.method != "GET":
        raise Http404
    client = _client(str(provider))
    if _too_often(request):
        return refuse(request, client, Why.MANY)
    view: Callable[[HttpRequest], HttpResponse] = oidc.Answer.adapter_view(oidc.OwnAdapter(request, str(provider)))
    try:
        return view(request)
    except oidc.NotTrusted as wrong:
        return refuse(request, client, Why.NOT_TRUSTED, wrong.why)
    except requests.RequestException:
        return refuse(request, client, Why.SILENT)
    except (ValueError, KeyError, TypeError):
        return refuse(request, client, Why.NOT_TRUSTED)


def links_of(worker: AbstractBaseUser) -> list[tuple[providers.Offer, bool]]:
    """The sign-ins of agencies for which she works, and whether each is linked with her."""
    held = set(SocialAccount.objects.filter(user_id=worker.pk).order_by("pk").values_list("provider", flat=True))
    return [(each, str(each.id) in held) for each in providers.offers_to(worker.pk)]


def _leave_for(request: HttpRequest, client: Client, process: str, data: dict[str, Any]) -> HttpResponse:
    """A page that goes on by itself. A form that led to another site is forbidden by our policy, and stays so."""
    if _too_often(request):
        return refuse(request, client, Why.MANY)
    try:
        gone = oidc.OwnProvider(request, client).redirect(request, process, data=data)
    except requests.RequestException:
        return refuse(request, client, Why.SILENT)
    except OAuth2Error as wrong:
        return refuse(request, client, Why.NOT_TRUSTED, getattr(wrong, "why", ""))
    return screen(request, "office/own_sign_in_leave.html", address=gone.headers["Location"], agency=client.agency_name)


def _link(request: HttpRequest, client: Client, sociallogin: Any, known: AbstractBaseUser | None) -> HttpResponse:
    """The account with which she came back is hers from now on. Only for her who set out, and as strict as then."""
    worker = request.user
    asked = (sociallogin.state.get("data") or {}).get("worker")
    mine = worker.is_authenticated and str(worker.pk) == asked and may_change_factors(request)
    if not mine or not provider_sessions.works_in(worker.pk, client.agency):  # type: ignore[arg-type]
        return refuse(request, client, Why.STALE)
    if known is not None and known.pk != worker.pk:
        return refuse(request, client, Why.TAKEN, worker=worker)  # type: ignore[arg-type]
    if known is None:
        SocialAccount.objects.filter(user_id=worker.pk, provider=str(client.id)).delete()
        try:
            with transaction.atomic():
                SocialAccount.objects.create(user=worker, provider=str(client.id), uid=sociallogin.account.uid)
        except IntegrityError:
            return refuse(request, client, Why.TAKEN, worker=worker)  # type: ignore[arg-type]
        sign_ins.keep(request, worker, sign_ins.LINKED)  # type: ignore[arg-type]
    agency = client.agency_name
    messages.success(request, f"From now on you can sign in with {agency}.")
    return HttpResponseRedirect(reverse("mfa_index"))


def _too_often(request: HttpRequest) -> bool:
    return not ratelimit.consume(request, action=LIMIT)


def _client(provider: str) -> Client:
    """Absent and switched off are the same."""
    try:
        found = providers.client(UUID(str(provider)))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found

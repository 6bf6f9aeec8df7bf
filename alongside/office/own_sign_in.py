"""An agency's own sign-in. Once, at a desk: her IT officer reads three values out, the manager types them, tries them
and switches it on. Four pages of taps, ten minutes."""

from typing import Any
from urllib.parse import urlsplit

import requests
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import plural
from alongside.office.accounts import oidc, reaching
from alongside.register.agencies import providers
from alongside.register.agencies.arriving import came_by
from alongside.register.agencies.providers import ProviderRow

KEEP = providers.KEEP
STRONG_HINT = (
    "Only if your IT officer names any: one to a line, for example https://refeds.org/profile/mfa. Without them it"
    " counts as a second factor when the service says so in the usual words (“amr”)."
)


class _Answers(PageForm):
    strong = forms.CharField(
        label="Answers that mean a second factor was used (“acr”)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=STRONG_HINT,
    )

    def clean_strong(self) -> list[str]:
        given = [each.strip() for each in str(self.cleaned_data["strong"]).splitlines() if each.strip()]
        if len(given) > 10 or any(len(each) > 120 or " " in each for each in given):
            raise forms.ValidationError("Enter at most ten, one to a line, each without spaces")
        return given


class NewProvider(_Answers):
    issuer = forms.CharField(
        label="Address of the service (“issuer”)",
        max_length=300,
        help_text="For example https://login.northbank.example/realms/staff",
        error_messages={"required": "Enter the address of the service"},
    )
    client_id = forms.CharField(
        label="Client ID", max_length=191, error_messages={"required": "Enter the client ID that you were given"}
    )
    secret = forms.CharField(
        label="Client secret",
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="It is sealed, and never shown again.",
        error_messages={"required": "Enter the client secret that you were given"},
    )
    field_order = ["issuer", "client_id", "secret", "strong"]

    def clean_issuer(self) -> str:
        given = str(self.cleaned_data["issuer"]).strip()
        if not reaching.may_ask(given) or urlsplit(given).query or urlsplit(given).fragment:
            raise forms.ValidationError("Enter an address that begins with https:// and has no question mark in it")
        return given


class ChangedProvider(_Answers):
    secret = forms.CharField(
        label="New client secret",
        max_length=400,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Leave it empty to keep the one that is sealed.",
    )
    field_order = ["secret", "strong"]


@page(KEEP, methods=("GET", "POST"))
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """As it stands; a POST sets it up, or changes it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = providers.own_provider(actor)
    given = request.POST if request.method == "POST" else None
    first = {"strong": "\n".join(row.strong_answers)} if row else {}
    form = ChangedProvider(given, initial=first) if row else NewProvider(given)
    if request.method == "POST" and form.is_valid():
        _keep(actor, row, form.cleaned_data)
        messages.success(request, "Kept." if row else "Kept, and switched off. Try it, then switch it on.")
        return HttpResponseRedirect(reverse("own-sign-in"))
    return _show(request, row, form, status=422 if form.errors else 200)


@page(KEEP, methods=("POST",))
def try_own_sign_in(request: HttpRequest) -> HttpResponse:
    """Asks the service what it says of itself, and says in words what is wrong."""
    row = _own(request)
    wrong, weak = _tried(row)
    return _show(request, row, ChangedProvider(None, initial={"strong": "\n".join(row.strong_answers)}), wrong, weak)


@page(KEEP, methods=("POST",))
def change_own_sign_in(request: HttpRequest, what: str) -> HttpResponse:
    """On, off, the only way, one way of several, or taken away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if what in ("on", "off"):
        providers.switch_provider(actor, on=what == "on")
    elif what in ("only", "not-only"):
        try:
            providers.make_only(actor, only=what == "only", came_by_it=came_by(request) is not None)
        except providers.NotCameByIt as refused:
            messages.error(request, refused.words)
            return HttpResponseRedirect(reverse("own-sign-in"))
    elif what == "away":
        providers.take_provider_away(actor)
    else:
        raise NotFound("IdentityProvider")
    messages.success(request, TOLD[what])
    return HttpResponseRedirect(reverse("own-sign-in"))


TOLD = {
    "on": "It is on. Each worker links it with herself once, under “How you sign in”.",
    "off": "It is off. Whoever had signed in with it is signed out.",
    "only": "From now on your agency’s roles open in this way only.",
    "not-only": "Your agency’s workers can sign in with a passkey or a password again.",
    "away": "It is taken away, and with it every link.",
}


def _keep(actor: Actor, row: ProviderRow | None, given: dict[str, Any]) -> None:
    if row:
        providers.change_provider(actor, secret=given["secret"], strong_answers=given["strong"])
        return
    providers.set_up_provider(
        actor,
        issuer=given["issuer"],
        client_id=given["client_id"].strip(),
        secret=given["secret"],
        strong_answers=given["strong"],
    )


def _tried(row: ProviderRow) -> tuple[str, str]:
    """What is wrong, and what it can't do; both empty: all is well."""
    try:
        told = oidc.discovered(row.issuer)
    except oidc.NotTrusted as wrong:
        return wrong.why, ""
    except requests.RequestException:
        return f"Nothing answered at {urlsplit(row.issuer).netloc}, or not over a connection that can be trusted.", ""
    if "offline_access" in told.get("scopes_supported", []) or "refresh_token" in told.get("grant_types_supported", []):
        return "", ""
    return "", "It does not say that it can be asked again while somebody works. Sessions may end after five minutes."


def _own(request: HttpRequest) -> ProviderRow:
    row = providers.own_provider(request.actor)  # type: ignore[attr-defined]
    if row is None:
        raise NotFound("IdentityProvider")
    return row


def _show(
    request: HttpRequest,
    row: ProviderRow | None,
    form: PageForm,
    wrong: str | None = None,
    weak: str = "",
    status: int = 200,
) -> HttpResponse:
    return screen(
        request,
        "office/own_sign_in.html",
        status=status,
        form=form,
        provider=row,
        facts=_facts(row) if row else [],
        wrong=wrong,
        weak=weak,
        comes_back_to=request.build_absolute_uri(reverse("sso-answer", args=[row.id])) if row else "",
    )


def _facts(row: ProviderRow) -> list[SummaryRow]:
    return [
        SummaryRow("State", "On" if row.is_on else "Off"),
        SummaryRow("Address of the service", row.issuer),
        SummaryRow("Client ID", row.client_id),
        SummaryRow("Client secret", "Sealed"),
        SummaryRow("Linked with it", plural(row.linked, "worker", "workers")),
        SummaryRow("Other ways to sign in", "Shut for your agency’s roles" if row.is_only else "Open"),
        SummaryRow("Set up", f"{row.set_up_at:%-d %B %Y} by {row.set_up_by}"),
    ]

"""For the system administrator: who works here in which role, technical counts, and whether all is well."""

from datetime import timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.office.leaving import leave, take_passkeys_away
from alongside.register.agencies import actions, facts, queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.staff import not_checked


class NewRole(PageForm):
    """A worker, known or new, gets a role in an agency."""

    email = forms.EmailField(label="E-mail address", error_messages={"required": "Enter an e-mail address"})
    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter a name"})
    agency = forms.ChoiceField(label="Agency")
    role = forms.ChoiceField(
        label="Role", choices=[("", "Choose"), *Role.choices()], error_messages={"required": "Choose a role"}
    )
    password = forms.CharField(
        label="First password",
        min_length=14,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 14 characters. She changes it, and sets up a passkey, when she first signs in."
        " It is not used when she has an account already.",
        error_messages={"required": "Enter a first password", "min_length": "Use at least 14 characters"},
    )

    def __init__(self, data: object, agencies: list[facts.AgencyFact]) -> None:
        super().__init__(data)
        choices = [(str(each.id), each.name) for each in agencies]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        validate_password(given)
        return given

    def save(self, actor: Actor) -> None:
        """Make the worker if need be, and give the role. Raises ValidationError in words for her."""
        given = self.cleaned_data
        worker = actions.set_up_worker(actor, email=given["email"], name=given["name"], password=given["password"])
        actions.give_role(actor, worker=worker, agency=UUID(given["agency"]), role=Role(given["role"]))


@page("agencies.see_installation", methods=("GET", "POST"))
def installation(request: HttpRequest) -> HttpResponse:
    """The workers and the state; a POST gives a role."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    agencies = facts.agencies(actor.partnership) if actor.partnership else []
    form = NewRole(request.POST if request.method == "POST" else None, agencies)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(actor)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "The role has been given.")
            return HttpResponseRedirect(reverse("installation"))
    return screen(
        request,
        "office/installation.html",
        form=form,
        members=queries.workers(actor),
        you=actor.user,
        unchecked=not_checked(actor.partnership) if actor.partnership else [],
        counts=_counts(actor, len(agencies)),
        problems=import_string(settings.INSTALLATION_PROBLEMS)(),
        advice=import_string(settings.INSTALLATION_ADVICE)({each.id: each.name for each in agencies}),
    )


@page("agencies.see_installation", methods=("POST",))
def end_role(request: HttpRequest, membership: UUID) -> HttpResponse:
    actions.end_role(request.actor, membership=membership)  # type: ignore[attr-defined]
    messages.success(request, "The role has ended.")
    return HttpResponseRedirect(reverse("installation"))


@page("agencies.see_installation", methods=("POST",))
def close_account(request: HttpRequest, worker: UUID) -> HttpResponse:
    leave(request.actor, worker)  # type: ignore[attr-defined]
    messages.success(request, "The account is closed. Its sessions have ended, and its passkeys and codes are gone.")
    return HttpResponseRedirect(reverse("installation"))


@page("agencies.see_installation", methods=("POST",))
def lost_passkey(request: HttpRequest, worker: UUID) -> HttpResponse:
    take_passkeys_away(request.actor, worker=worker)  # type: ignore[attr-defined]
    messages.success(request, "Her passkeys no longer sign anyone in. She adds a new one when she next signs in.")
    return HttpResponseRedirect(reverse("installation"))


def _counts(actor: Actor, agencies: int) -> list[SummaryRow]:
    """Technical counts: no figure about women."""
    members = queries.workers(actor)
    people = {each.worker for each in members}
    recent = UserSession.objects.filter(user_id__in=people, last_seen_at__gte=timezone.now() - timedelta(minutes=15))
    return [
        SummaryRow("Agencies", str(agencies)),
        SummaryRow("Workers with a role", str(len(people))),
        SummaryRow("Signed in during the last 15 minutes", str(recent.values("user").distinct().count())),
    ]

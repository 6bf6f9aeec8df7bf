"""An agency's own services. At a desk, a few times a year: Our services, the service, Save.

Whom it takes, in how many days it answers, and who may send women there; beside it the houses that stand under it.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation.queries import houses
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import plural
from alongside.register.agencies import facts
from alongside.register.agencies.codes import AgencyKind, ServiceKind, Source, Takes
from alongside.register.agencies.keeping_services import change_service, end_service, open_service
from alongside.register.agencies.queries import Rights, ServiceRow, rights, services

KEEP = "agencies.keep_services"
COLUMNS = (Column("Service"), Column("Kind"), Column("Takes"), Column("Who may send women"), Column("Answers within"))
SENDERS = (AgencyKind.SPECIALIST, AgencyKind.GENERIC)


class NewService(PageForm):
    name = forms.CharField(
        label="What is the service called?",
        max_length=120,
        help_text="Everyone in the partnership reads this. Write no address and no woman’s name.",
        error_messages={"required": "Enter what the service is called"},
    )
    kind = forms.ChoiceField(label="What kind is it?", choices=ServiceKind.choices())


class ServiceForm(PageForm):
    name = forms.CharField(
        label="What is the service called?",
        max_length=120,
        error_messages={"required": "Enter what the service is called"},
    )
    takes = forms.MultipleChoiceField(
        label="Whom does it take?",
        choices=Takes.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What is not ticked it does not take; who refers is told so.",
    )
    sources = forms.MultipleChoiceField(
        label="How may women come to it?",
        choices=Source.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="With none ticked nobody can be sent there.",
    )
    agencies = forms.MultipleChoiceField(
        label="Which agencies may send them?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="With none ticked every agency of the partnership may.",
    )
    answers_within_days = forms.IntegerField(label="In how many days does it answer?", min_value=1, max_value=90)
    lapses_after_days = forms.IntegerField(
        label="After how many days without an answer does a referral end?", min_value=1, max_value=365
    )

    def __init__(self, agencies: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        within, lapses = cleaned.get("answers_within_days"), cleaned.get("lapses_after_days")
        if within and lapses and lapses < within:
            self.add_error("lapses_after_days", "A referral ends after the days in which it is answered, not before")
        return cleaned

    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            **{key: typed[key] for key in ("answers_within_days", "lapses_after_days")},
            "name": typed["name"].strip(),
            "takes": [Takes(each) for each in typed["takes"]],
            "sources": [Source(each) for each in typed["sources"]],
            "agencies": [UUID(each) for each in typed["agencies"]],
        }


@page(KEEP, methods=("GET", "POST"))
def own_services(request: HttpRequest) -> HttpResponse:
    """All of them; a POST opens one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = NewService(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = ServiceKind(form.cleaned_data["kind"])
        made = open_service(actor, name=form.cleaned_data["name"].strip(), kind=kind)
        return HttpResponseRedirect(reverse("service", args=[made]))
    own = _own(actor)
    may, called = rights(each.id for each in own), dict(_senders(actor))
    rows = [
        (
            Cell(each.name, reverse("service", args=[each.id])),
            each.kind.words,
            "; ".join(need.words for need in each.takes) or "Not said",
            _may_words(may[each.id], called),
            plural(each.answers_within_days, "day", "days"),
        )
        for each in own
    ]
    status = 422 if form.errors else 200
    return screen(request, "office/services.html", status=status, form=form, columns=COLUMNS, rows=rows)


@page(KEEP, methods=("GET", "POST"))
def one_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """What it is; a POST changes or ends it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = next((each for each in _own(actor) if each.id == service), None)
    if shown is None:
        raise NotFound("Service")
    if request.method == "POST" and request.POST.get("what") == "end":
        end_service(actor, service=service)
        messages.success(request, "Nobody is sent there from now on. What was sent can still be answered.")
        return HttpResponseRedirect(reverse("services"))
    form = ServiceForm(_senders(actor), request.POST or None, initial=_initial(shown))
    if request.method == "POST" and form.is_valid():
        change_service(actor, service=service, **form.told())
        messages.success(request, "Kept. It holds for who is referred from now on.")
        return HttpResponseRedirect(reverse("services"))
    return screen(
        request,
        "office/service.html",
        status=422 if form.errors else 200,
        form=form,
        service=shown,
        houses=[each for each in houses(actor) if each.is_own and each.service == service],
    )


def _own(actor: Actor) -> list[ServiceRow]:
    assert actor.partnership is not None
    return services(actor.partnership, actor.agency)


def _senders(actor: Actor) -> list[tuple[str, str]]:
    """Agencies whose workers send women, by name."""
    assert actor.partnership is not None
    return [(str(each.id), each.name) for each in facts.agencies(actor.partnership) if each.kind in SENDERS]


def _initial(shown: ServiceRow) -> dict[str, Any]:
    may = rights([shown.id])[shown.id]
    return {
        "name": shown.name,
        "takes": [each.value for each in shown.takes],
        "sources": [each.value for each in Source if each in may.sources],
        "agencies": [str(each) for each in may.agencies],
        "answers_within_days": shown.answers_within_days,
        "lapses_after_days": shown.lapses_after_days,
    }


def _may_words(may: Rights, called: dict[str, str]) -> str:
    if not may.sources:
        return "Nobody"
    who = ", ".join(sorted(called.get(str(each), "another agency") for each in may.agencies)) or "Every agency"
    if len(may.sources) == len(Source):
        return who
    return f"{who}: {'; '.join(each.words for each in Source if each in may.sources).lower()}"

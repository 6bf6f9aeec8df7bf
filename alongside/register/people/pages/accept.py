"""She is asked whether agencies that work with her too may know. One question a page."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.codes import AcceptanceBasis
from alongside.register.people.forms.review import AcceptForm
from alongside.register.people.linking import accept, withdraw_acceptance
from alongside.register.people.linking.accept import NothingAccepted
from alongside.register.people.queries.works_with import Asking, asking


@page("people.list", methods=("GET", "POST"))
def accept_record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Four questions, then it is kept. The answer never says whether another agency works with her."""
    actor = request.actor  # type: ignore[attr-defined]
    now = asking(actor, record_id)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _question(request, now, form)
    given = form.cleaned_data
    accept(
        actor,
        record_id,
        basis=AcceptanceBasis(given["basis"]),
        how_asked=given["how_asked"],
        asked_on=given["asked_on"],
        until=given["until"],
    )
    messages.success(request, "Kept. If another agency works with her and she agreed there too, both will see it.")
    return HttpResponseRedirect(reverse("people:record", args=[record_id]))


def _question(request: HttpRequest, now: Asking, form: AcceptForm) -> HttpResponse:
    asked = request.POST.get("question", "")
    shown = form.shown(asked)
    number = list(form.fields).index(form.question()) + 1
    return screen(
        request,
        "people/review_accept.html",
        status=422 if shown.errors else 200,
        now=now,
        form=shown,
        number=number,
        last=len(form.fields),
    )


@page("people.list", methods=("POST",))
def withdraw(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """She changed her mind."""
    with suppress(NothingAccepted):
        withdraw_acceptance(request.actor, record_id)  # type: ignore[attr-defined]
    messages.success(request, "Kept. From now on no other agency is told.")
    return HttpResponseRedirect(reverse("people:record", args=[record_id]))

"""She has died, or is under 18: noted by a worker who just heard it, on her record, in one page and one tap.

A woman who has died keeps her confidentiality: whoever opens her record says why, once in four hours.
"""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.actions import NotedAlready, hand_out, lift_standing, note_standing, say_why
from alongside.register.people.codes import FieldGroup, HandoutKind, StandingKind
from alongside.register.people.forms.standing import ReasonForm, StandingForm
from alongside.register.people.pages.shown import summary_of
from alongside.register.people.queries import her_page, reason_needed, records
from alongside.register.people.queries.sharing import code_of_record, record_seen
from alongside.register.people.queries.standing import record_standing, standing

# The least that children's services ask for first; what is not known here is written in by hand.
BY_HAND = (
    "What worries us, and since when",
    "Who is with her, and who may harm her",
    "What she says and wants herself",
    "Whether she, and who cares for her, know of this referral; if not, why",
    "Told by telephone to, on, at",
    "Their answer and its day",
)
ON_REFERRAL = (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.WHEREABOUTS)


@page("people.list", ("GET", "POST"))
def standing_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code = code_of_record(actor, record_id)
    form = StandingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with suppress(NotedAlready):
            note_standing(actor, record_id, kind=StandingKind(given["kind"]), on=given["on"], words=given["words"])
        messages.success(request, "Noted. From now on everyone handles her record so.")
        return HttpResponseRedirect(reverse("people:standing", args=[record_id]))
    return screen(
        request,
        "people/standing.html",
        record=record_id,
        code=code,
        form=form,
        rows=standing(actor, record_id),
        status=422 if form.errors else 200,
    )


@page("people.list", ("POST",))
def mistake(request: HttpRequest, standing_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record = record_standing(actor, standing_id)
    lift_standing(actor, standing_id)
    messages.success(request, "Taken back. Her record is as it was before.")
    return HttpResponseRedirect(reverse("people:standing", args=[record]))


@page("people.list", ("GET", "POST"))
def reason_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code = record_seen(actor, record_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        say_why(actor, record_id, form.cleaned_data["words"])
        return HttpResponseRedirect(_read(actor, record_id))
    return screen(request, "people/reason.html", code=code, form=form, status=422 if form.errors else 200)


def _read(actor: Actor, record_id: UUID) -> str:
    is_own = bool(records(actor, [record_id]))
    return reverse("people:record" if is_own else "people:shared", args=[record_id])


def ask_why(request: HttpRequest, record_id: UUID) -> HttpResponse | None:
    """To the page that asks for a reason, where one is needed."""
    if reason_needed(request.actor, record_id):  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("people:reason", args=[record_id]))
    return None


@page("people.list", ("POST",))
def child_referral(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """The paper for children's services: what is known here, and room for the rest. It is numbered."""
    actor = request.actor  # type: ignore[attr-defined]
    her = her_page(actor, record_id)
    number = hand_out(actor, record_id, HandoutKind.REFERRAL, ON_REFERRAL)
    return screen(
        request,
        "people/child_referral.html",
        her=her.record,
        summary=summary_of(her.known),
        by_hand=BY_HAND,
        number=number,
    )

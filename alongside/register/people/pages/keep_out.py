"""Whom she fears: kept out at once, and never told. And a worker's own word that she should not see a record."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.actions import (
    AlreadyKeptOut,
    KeepsYouOut,
    declare_conflict,
    exclude,
    lift_exclusion,
)
from alongside.register.people.codes import ExclusionReason
from alongside.register.people.forms.sharing import KeepOutForm
from alongside.register.people.queries.people_around import Whom, whom
from alongside.register.people.queries.sharing import code_of_record, record_kept_from, record_seen


@page("people.list", ("GET", "POST"))
def keep_out_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code = code_of_record(actor, record_id)
    around = whom(actor)
    choices = [(kind, [(each.value, each.words) for each in those]) for kind, those in around.items()]
    form = KeepOutForm(choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for those in around.values() for each in those if each.value == form.cleaned_data["who"])
        if _keep_out(request, record_id, chosen, form):
            messages.success(request, "Kept. They are not told, and see what they would see of a stranger.")
            return HttpResponseRedirect(reverse("people:sharing", args=[record_id]))
    return screen(
        request, "people/keep_out.html", record=record_id, code=code, form=form, status=422 if form.errors else 200
    )


def _keep_out(request: HttpRequest, record_id: UUID, chosen: Whom, form: KeepOutForm) -> bool:
    try:
        exclude(
            request.actor,  # type: ignore[attr-defined]
            record_id,
            worker=chosen.worker,
            agency=chosen.agency,
            role=chosen.role,
            reason=ExclusionReason(form.cleaned_data["reason"]),
            words=form.cleaned_data["words"],
        )
    except KeepsYouOut as fault:
        form.add_error("who", fault.words)
        return False
    except AlreadyKeptOut:
        pass
    return True


@page("people.list", ("POST",))
def let_in(request: HttpRequest, exclusion_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record = record_kept_from(actor, exclusion_id)
    lift_exclusion(actor, exclusion_id)
    messages.success(request, "They may see again what the rest of her agreement and their role let them see.")
    return HttpResponseRedirect(reverse("people:sharing", args=[record]))


@page("people.list", ("GET", "POST"))
def conflict_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """A sister, a neighbour, an ex-partner's new friend: she says so, and does not see this record again."""
    actor = request.actor  # type: ignore[attr-defined]
    code = record_seen(actor, record_id)
    if request.method == "POST":
        with suppress(AlreadyKeptOut):
            declare_conflict(actor, record_id)
        messages.success(request, "Thank you. You will not see that record again. A colleague can undo this.")
        return HttpResponseRedirect(reverse("people:records"))
    return screen(request, "people/conflict.html", record=record_id, code=code)

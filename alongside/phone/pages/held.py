"""What could not be taken in by itself: a person looks, and takes it in or sets it aside. Nothing is thrown away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment
from alongside.phone import queries
from alongside.phone.actions import NotWaiting, set_aside, take_in_held
from alongside.phone.codes import AsideFor, EnvelopeState, HeldFor
from alongside.phone.forms import SetAside, TakeIn
from alongside.phone.pages.shown import summary_of
from alongside.phone.queries import Held
from alongside.phone.tonight import open_areas

COLUMNS = (Column("Recorded by"), Column("Why it waits"), Column("Came in"), Column("Phone"))
SETTLED = (Column("Recorded by"), Column("Why it waited"), Column("What became of it"), Column("When"))
SIDE = "set_aside"


@page("phone.see")
def waiting(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    return screen(
        request,
        "phone/held.html",
        columns=COLUMNS,
        rows=[_row(each) for each in queries.waiting(actor)],
        settled_columns=SETTLED,
        settled=[_settled(each) for each in queries.settled(actor)],
    )


@page("phone.see", ("GET", "POST"))
def one(request: HttpRequest, envelope: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    held, event = queries.one_held(actor, envelope)
    areas = None
    if held.why is HeldFor.PLACE_GONE:
        areas = [(each["id"], each["words"]) for each in open_areas(actor)]
    sent, sets_aside = request.method == "POST", SIDE in request.POST
    aside = SetAside(request.POST if sent and sets_aside else None)
    taking = TakeIn(request.POST if sent and not sets_aside else None, areas=areas)
    status = 200
    if sent:
        done = _set_aside(request, envelope, aside) if sets_aside else _take_in(request, envelope, taking)
        if done:
            return HttpResponseRedirect(reverse("phone:held"))
        status = 422
        held, event = queries.one_held(actor, envelope)
    return screen(
        request,
        "phone/one_held.html",
        held=held,
        is_waiting=held.state is EnvelopeState.HELD,
        summary=summary_of(actor, held, event),
        can_be_tried=event is not None,
        taking=taking,
        form=aside,
        status=status,
    )


def _take_in(request: HttpRequest, envelope: UUID, form: TakeIn) -> bool:
    if not form.is_valid():
        return False
    changes: dict[str, Any] = {}
    if "area" in form.fields:
        changes["area"] = UUID(form.cleaned_data["area"]) if form.cleaned_data["area"] else None
    try:
        tried = take_in_held(request.actor, envelope, changes=changes)  # type: ignore[attr-defined]
    except NotWaiting:
        messages.info(request, "Somebody settled it in the meantime.")
        return True
    if tried.state is EnvelopeState.TAKEN_IN:
        messages.success(request, "It is taken in.")
        return True
    form.add_error(None, f"It still waits: {HeldFor(tried.held_for).words.lower()}")
    return False


def _set_aside(request: HttpRequest, envelope: UUID, form: SetAside) -> bool:
    if not form.is_valid():
        return False
    try:
        set_aside(request.actor, envelope, why=AsideFor(form.cleaned_data["why"]))  # type: ignore[attr-defined]
    except NotWaiting:
        messages.info(request, "Somebody settled it in the meantime.")
    else:
        messages.success(request, "It is set aside. It stays here, sealed.")
    return True


def _row(held: Held) -> tuple[Any, ...]:
    return (
        Cell(held.worker or "A worker", reverse("phone:one-held", args=[held.id])),
        held.why.words,
        moment(timezone.localtime(held.received_at)),
        held.phone,
    )


def _settled(held: Held) -> tuple[Any, ...]:
    became = held.aside_for.words if held.aside_for else held.state.words
    when = moment(timezone.localtime(held.resolved_at)) if held.resolved_at else ""
    return held.worker or "A worker", held.why.words, became, when

"""The pathway as it is: houses, whom they take, where they lead; setting one up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import BedKind
from alongside.casework.accommodation.forms import BedsForm, HouseForm
from alongside.casework.accommodation.queries.houses import beds_of
from alongside.casework.accommodation.rules import Refusal
from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.register.agencies.queries import services

COLUMNS = (
    Column("House"),
    Column("Step"),
    Column("Agency"),
    Column("Places", numeric=True),
    Column("Free now", numeric=True),
    Column("Takes"),
    Column("Leads to"),
)
BED_COLUMNS = (Column("Place"), Column("Open"))


@page("accommodation.see_board")
def houses(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    may_set_up = decide(actor, "accommodation.set_up").allowed
    rows = [
        [
            Cell(each.name, reverse("accommodation:house", args=[each.id]) if may_set_up and each.is_own else ""),
            each.step_words,
            each.agency,
            str(each.places),
            str(each.free),
            "; ".join(each.takes) or "Not said",
            "; ".join(each.leads_to) or "Not said",
        ]
        for each in queries.houses(actor)
    ]
    return screen(request, "accommodation/houses.html", columns=COLUMNS, rows=rows, may_set_up=may_set_up)


@page("accommodation.set_up", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    offered = [(str(each.id), each.name) for each in services(actor.partnership, actor.agency)]
    form = HouseForm(offered, request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            unit = actions.set_up_unit(actor, **form.told())
        except Refusal as fault:
            form.add_error("name", fault.words)
            status = 409
        else:
            return HttpResponseRedirect(reverse("accommodation:house", args=[unit]))
    return screen(request, "accommodation/new_house.html", form=form, status=status)


@page("accommodation.set_up", methods=("GET", "POST"))
def change(request: HttpRequest, unit: UUID) -> HttpResponse:
    """What a house is from now on: its step, next steps, whom it takes, when staff are there, emergencies."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = queries.house(actor, unit)
    offered = [(str(each.id), each.name) for each in services(actor.partnership, actor.agency)]
    initial = {
        "name": shown.name,
        "service": str(shown.service or ""),
        "step": shown.step,
        "staffed": shown.staffed_code,
        "takes": list(shown.takes_codes),
        "leads_to": list(shown.leads_to_codes),
        "emergency_minutes": shown.emergency_minutes,
    }
    form = HouseForm(offered, request.POST or None, initial=initial)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_unit(actor, unit, **form.told())
        except Refusal as fault:
            form.add_error("name", fault.words)
            status = 409
        else:
            messages.success(request, "Kept.")
            return HttpResponseRedirect(reverse("accommodation:house", args=[unit]))
    return screen(request, "accommodation/change_house.html", house=shown, form=form, status=status)


@page("accommodation.set_up", methods=("GET", "POST"))
def house(request: HttpRequest, unit: UUID) -> HttpResponse:
    """One house and its beds; more beds."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = queries.house(actor, unit)
    form = BedsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.add_beds(
            actor,
            unit,
            number=typed["number"],
            kind=BedKind(typed["kind"]),
            opened_on=typed["opened_on"],
            is_emergency=typed["is_emergency"],
        )
        messages.success(request, "The places are there.")
        return HttpResponseRedirect(reverse("accommodation:house", args=[unit]))
    beds = [(f"{kind} {number}", since) for _, number, kind, since in beds_of(actor, unit)]
    return screen(
        request,
        "accommodation/house.html",
        house=shown,
        columns=BED_COLUMNS,
        beds=beds,
        form=form,
        status=422 if form.errors else 200,
    )

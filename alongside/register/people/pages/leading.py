"""Who leads: a key worker who moves on, or a manager after a colleague left. One choice and a button for each woman."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.people import actions
from alongside.register.people.forms.leading import LeadForm, OfferForm
from alongside.register.people.queries.leading import lead_of, leads, may_lead, may_take_over, offers, record_led
from alongside.register.people.queries.sharing import code_of_record

COLUMNS = (Column("Record"), Column("Lead worker"), Column("Since"), Column("State"))


@page("people.list")
def leads_page(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = [
        (
            Cell(row.code, reverse("people:lead", args=[row.record])),
            row.worker,
            day(row.since),
            Cell("Has left: choose another", tag="yellow")
            if row.has_left
            else (f"Offered to {row.offered_to}" if row.offered_to else ""),
        )
        for row in leads(actor)
    ]
    return screen(request, "people/leads.html", columns=COLUMNS, rows=rows, offers=offers(actor))


@page("people.list", ("GET", "POST"))
def lead_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code = code_of_record(actor, record_id)
    form = LeadForm(may_lead(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lead(actor, record_id, worker=UUID(form.cleaned_data["worker"]))
        except actions.NotALeader as fault:
            form.add_error("worker", fault.words)
        else:
            messages.success(request, "Kept. Who led before does not any more.")
            return HttpResponseRedirect(reverse("people:lead", args=[record_id]))
    agencies = may_take_over(actor, record_id)
    return screen(
        request,
        "people/lead.html",
        status=422 if form.errors else 200,
        record=record_id,
        code=code,
        now=lead_of(actor, record_id),
        form=form,
        offer_form=OfferForm(agencies) if agencies else None,
    )


@page("people.list", ("POST",))
def offer_page(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record = record_led(actor, lead_id)
    form = OfferForm(may_take_over(actor, record), request.POST)
    if form.is_valid():
        agency, reads_on = UUID(form.cleaned_data["agency"]), form.cleaned_data["reads_on"] == "yes"
        actions.offer_lead(actor, lead_id, to_agency=agency, reads_on=reads_on)
        messages.success(request, "They are asked. Until they take over, nothing changes.")
    else:
        messages.info(request, "Choose an agency that works with her too.")
    return HttpResponseRedirect(reverse("people:lead", args=[record]))


@page("people.take_lead", ("POST",))
def take_page(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    actions.take_lead(request.actor, lead_id)  # type: ignore[attr-defined]
    messages.success(request, "You lead now. The agency that asked is told on its own page.")
    return HttpResponseRedirect(reverse("people:leads"))

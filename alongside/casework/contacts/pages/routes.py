"""An agency's rounds, so that a shift is planned by one choice and coverage counts each round under one name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions.routes import RouteThere
from alongside.casework.contacts.forms.shift import RouteForm
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen


@page("contacts.plan", ("GET", "POST"))
def routes(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    areas = {area.id: area for area in queries.areas(actor, with_closed=True)}
    form = RouteForm(
        request.POST if request.method == "POST" else None,
        areas=[(str(pk), area.name) for pk, area in areas.items() if area.is_open],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.keep_route(actor, name=given["name"].strip(), areas=[UUID(each) for each in given["areas"]])
        except RouteThere as fault:
            form.add_error("name", fault.words)
        else:
            messages.success(request, "Kept.")
            return HttpResponseRedirect(reverse("contacts:routes"))
    kept = [(each, ", ".join(areas[area].name for area in each.areas)) for each in queries.routes(actor)]
    return screen(request, "contacts/routes.html", form=form, routes=kept, status=422 if form.errors else 200)


@page("contacts.plan", ("POST",))
def close_route(request: HttpRequest, route: UUID) -> HttpResponse:
    actions.close_route(request.actor, route)  # type: ignore[attr-defined]
    messages.success(request, "Closed. Shifts that went it keep its name.")
    return HttpResponseRedirect(reverse("contacts:routes"))

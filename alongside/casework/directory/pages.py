"""What is open, the card of it, and keeping it.

Who and where: a worker at the van at 3 a.m.; a desk where she is about to leave: What is open > Print the card.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.directory import actions, queries
from alongside.casework.directory.codes import Weekday
from alongside.casework.directory.forms import PlaceForm
from alongside.casework.directory.queries import PlaceRow
from alongside.foundation.gate.permissions import NotFound, decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.pdf import TYPE, pdf
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day

CARD = Path(__file__).parent / "print" / "card.typ"


@page("directory.see")
def what_is_open(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.what_is_open(actor)
    told = [(row, _when(row, timezone.localtime()), "; ".join(row.hours())) for row in rows]
    return screen(
        request,
        "directory/open.html",
        now=[each for each in told if each[0].is_open],
        later=[each for each in told if not each[0].is_open],
        may_add=decide(actor, "directory.add").allowed,
    )


@page("directory.see")
def card(request: HttpRequest) -> HttpResponse:
    """The card: eight faces of the size of a bank card on one sheet, to cut and fold."""
    rows = queries.what_is_open(request.actor)  # type: ignore[attr-defined]
    ordered = sorted(rows, key=lambda row: (not row.always, row.offers[0].value if row.offers else "", row.name))
    faces = [
        {
            "name": row.name,
            "offers": ", ".join(each.words for each in row.offers),
            "hours": row.hours(),
            "where": row.where,
            "phone": row.phone,
            "about": row.about,
        }
        for row in ordered
    ]
    looked_over = min((row.looked_over for row in rows), default=timezone.localdate())
    data = {
        "title": "What is open",
        "faces": faces,
        "printed": day(timezone.localdate()),
        "looked_over": day(looked_over),
    }
    response = HttpResponse(pdf(CARD, data), content_type=TYPE)
    response["Content-Disposition"] = 'attachment; filename="card.pdf"'
    return response


@page("directory.add", ("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_place(request.actor, told=form.told())  # type: ignore[attr-defined]
        except actions.PlaceThere as fault:
            form.add_error("name", fault.words)
        else:
            messages.success(request, "It stands in the list and on the card.")
            return HttpResponseRedirect(reverse("directory:open"))
    return screen(request, "directory/place.html", form=form, place=None, status=422 if form.errors else 200)


@page("directory.add", ("GET", "POST"))
def keep(request: HttpRequest, place: UUID) -> HttpResponse:
    """One place of the own agency. Saving says that it was looked over today, also where nothing changed."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.place(actor, place)
    if found is None:
        raise NotFound("OpenPlace")
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=_first(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_place(actor, place, told=form.told())
        except actions.PlaceThere as fault:
            form.add_error("name", fault.words)
        else:
            messages.success(request, "Kept, and looked over today.")
            return HttpResponseRedirect(reverse("directory:open"))
    return screen(request, "directory/place.html", form=form, place=found, status=422 if form.errors else 200)


@page("directory.add", ("POST",))
def close(request: HttpRequest, place: UUID) -> HttpResponse:
    if queries.place(request.actor, place) is None:  # type: ignore[attr-defined]
        raise NotFound("OpenPlace")
    actions.close_place(request.actor, place)  # type: ignore[attr-defined]
    messages.success(request, "It stands on the card no more.")
    return HttpResponseRedirect(reverse("directory:open"))


def _first(row: PlaceRow) -> dict[str, object]:
    hours = {
        f"day_{each.value}": ", ".join(span.words() for span in row.spans if span.day == int(each.value))
        for each in Weekday
    }
    plain = {name: getattr(row, name) for name in ("name", "where", "phone", "about", "always")}
    return {**plain, **hours, "offers": [each.value for each in row.offers]}


def _when(row: PlaceRow, now: datetime) -> str:
    if row.always:
        return "Day and night"
    if row.closes:
        return f"Until {row.closes:%H:%M}"
    if row.opens is None:
        return "No hours are known"
    return f"From {row.opens:%H:%M}" if row.opens.date() == now.date() else f"From {row.opens:%A %H:%M}"

"""The ground: areas drawn from a file, and contacts by hexagon.

Who and where: whoever keeps the areas, once a year, at a desk (2 clicks and the file); a service manager who looks
where contacts fall before she plans the next month (no click).
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions.places import AreaThere
from alongside.casework.contacts.forms.places import BoundaryForm
from alongside.casework.contacts.pages.coverage import PERIODS
from alongside.casework.contacts.pages.shown import HEAT, shapes_of
from alongside.casework.contacts.rules.heat import HIDDEN, SMALL
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import plural


@page("contacts.keep_areas", ("GET", "POST"))
def draw(request: HttpRequest) -> HttpResponse:
    """A file with the boundaries of all areas, or of some."""
    posted = request.method == "POST"
    form = BoundaryForm(request.POST, request.FILES) if posted else BoundaryForm()
    if posted and form.is_valid():
        try:
            made = actions.draw_areas(request.actor, boundaries=form.boundaries)  # type: ignore[attr-defined]
        except AreaThere:
            form.add_error("file", "Somebody named one of these areas at this moment. Send the file again")
        else:
            told = [plural(made.new, "new area", "new areas")] if made.new else []
            told += [plural(made.changed, "area drawn anew", "areas drawn anew")] if made.changed else []
            messages.success(request, f"{' and '.join(told)}.")
            return HttpResponseRedirect(reverse("contacts:areas"))
    return screen(request, "contacts/draw.html", form=form, status=422 if form.errors else 200)


@page("contacts.see")
def heat(request: HttpRequest) -> HttpResponse:
    """Where the own agency's contacts fell, by hexagon, under the rule for small numbers."""
    weeks = request.GET.get("weeks", "12")
    weeks = weeks if weeks in PERIODS else "12"
    told = queries.heat(request.actor, int(weeks))  # type: ignore[attr-defined]
    shown = [each for each in told.cells if each.women != HIDDEN]
    words = {each.cell: each.words for drawn in told.ground for each in drawn.hexagons}
    return screen(
        request,
        "contacts/map.html",
        told=told,
        weeks=weeks,
        periods=PERIODS,
        shapes=shapes_of(told.ground, told.cells),
        columns=HEAT,
        rows=[(words[each.cell], each.women, each.contacts) for each in shown],
        hidden=len(told.cells) - len(shown),
        small=SMALL,
    )

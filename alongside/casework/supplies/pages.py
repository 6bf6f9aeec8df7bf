"""The shelves: what is there, what to order, and one form for what came in or went out.

Who and where: a worker at the van after a round, tired; one form, numbers only for what changed.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.supplies import actions, queries
from alongside.casework.supplies.codes import Why
from alongside.casework.supplies.forms import MoveForm, ShelfForm
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day

STOCK = (Column("What"), Column("There", numeric=True), Column("State"))
MOVES = (Column("Day"), Column("Shelf"), Column("What"), Column("Why"), Column("Change", numeric=True))


@page("supplies.see", ("GET", "POST"))
def shelves(request: HttpRequest) -> HttpResponse:
    """The shelves; a POST records a change."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.shelves(actor)
    choices = [(str(shelf.id), shelf.name) for shelf in found]
    form = MoveForm(request.POST if request.method == "POST" else None, shelves=choices)
    if request.method == "POST" and form.is_valid():
        actions.move(actor, form.place(), why=Why(form.cleaned_data["why"]), amounts=form.amounts())
        messages.success(request, "Kept.")
        return HttpResponseRedirect(reverse("supplies:shelves"))
    rows = [
        (
            shelf,
            [
                (item.words, held, Cell("Order more", tag="yellow") if item in shelf.low else "")
                for item, held in shelf.stock
            ],
        )
        for shelf in found
    ]
    moves = [
        (day(each.on), each.place, each.item.words, each.why.words, f"{each.change:+d}")
        for each in queries.latest_moves(actor)
    ]
    return screen(
        request,
        "supplies/shelves.html",
        form=form,
        shelves=rows,
        columns=STOCK,
        moves=moves,
        move_columns=MOVES,
        status=422 if form.errors else 200,
    )


@page("supplies.keep", ("GET", "POST"))
def new_shelf(request: HttpRequest) -> HttpResponse:
    """A cupboard, a van, a refill point; and from which number down to order."""
    form = ShelfForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_up_shelf(
                request.actor,  # type: ignore[attr-defined]
                name=form.cleaned_data["name"].strip(),
                low_marks=form.marks(),
            )
        except actions.NameTaken as fault:
            form.add_error("name", fault.words)
        else:
            messages.success(request, "The shelf is there.")
            return HttpResponseRedirect(reverse("supplies:shelves"))
    return screen(request, "supplies/new_shelf.html", form=form, status=422 if form.errors else 200)

"""Waiting lists: who stands where and why; one woman's place; putting her on a list."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import Source, WaitingEnd
from alongside.casework.accommodation.forms import JoinForm, LeaveForm, NeedsForm, OrderForm
from alongside.casework.accommodation.queries.feed import has_feed
from alongside.casework.accommodation.queries.lists import PlacePage
from alongside.casework.accommodation.rules import Refusal
from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import Cell, Column, Moment, Pages
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import seen_beside

WORK = "accommodation.work"
COLUMNS = (Column("Place", numeric=True), Column("Who"), Column("Days", numeric=True), Column("Why here"))
MOVE_COLUMNS = (Column("Day"), Column("What"), Column("Who"), Column("Where"))


@page("accommodation.see_board")
def waiting_list(request: HttpRequest, unit: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    typed = request.GET.get("page", "1")
    shown = queries.waiting_list(actor, unit, int(typed) if typed.isdecimal() and len(typed) < 7 else 1)
    may_work = decide(actor, WORK).allowed
    rows = [
        [
            str(row.number),
            Cell(row.who, reverse("accommodation:place", args=[row.waiting]) if may_work else ""),
            str(row.days),
            row.why,
        ]
        for row in shown.rows
    ]
    return screen(
        request,
        "accommodation/list.html",
        shown=shown,
        columns=COLUMNS,
        rows=rows,
        pages=Pages(shown.page, shown.last_page, shown.total),
        may_order=decide(actor, "accommodation.set_up").allowed,
    )


@page("accommodation.set_up", methods=("GET", "POST"))
def order(request: HttpRequest, unit: UUID) -> HttpResponse:
    """By what the list is ordered. The orders before are kept."""
    actor = request.actor  # type: ignore[attr-defined]
    house = queries.house(actor, unit)
    form = OrderForm(request.POST or None, initial=OrderForm.started_from(house.order))
    if request.method == "POST" and form.is_valid():
        actions.set_order(actor, unit, needs=form.order())
        messages.success(request, "The list goes by this order from now on.")
        return HttpResponseRedirect(reverse("accommodation:list", args=[unit]))
    return screen(request, "accommodation/order.html", house=house, form=form, status=422 if form.errors else 200)


@page(WORK)
def woman(request: HttpRequest, record: UUID) -> HttpResponse:
    return screen(request, "accommodation/woman.html", her=queries.woman_page(request.actor, record))  # type: ignore[attr-defined]


@page(WORK, methods=("GET", "POST"))
def join(request: HttpRequest, record: UUID) -> HttpResponse:
    """Put her on the list of one of our houses."""
    actor = request.actor  # type: ignore[attr-defined]
    her, houses = queries.woman_page(actor, record), queries.own_houses(actor)
    first = {"unit": str(houses[0][0])} if houses else {}
    form = JoinForm(houses, request.POST or None, initial=first)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            place = actions.join_list(
                actor,
                UUID(typed["unit"]),
                record=record,
                source=Source(typed["source"]),
                is_emergency=typed["is_emergency"],
                **form.told(),
            )
        except Refusal as fault:
            form.add_error(None, fault.words)
            status = 409
        else:
            messages.success(request, "She is on the list.")
            return HttpResponseRedirect(reverse("accommodation:place", args=[place]))
    seen_by = seen_beside(actor, record, {"unit": (FieldGroup.WHEREABOUTS, False)})
    return screen(request, "accommodation/join.html", her=her, houses=houses, form=form, seen_by=seen_by, status=status)


@page(WORK, methods=("GET", "POST"))
def place(request: HttpRequest, waiting: UUID) -> HttpResponse:
    """Why she is where she is; a change; an offer; the end of her waiting. `what` names which was sent."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = queries.place_page(actor, waiting)
    if request.method != "POST":
        return _place(request, shown)
    what = request.POST.get("what", "")
    form = {"needs": NeedsForm, "leave": LeaveForm}.get(what, PageForm)(request.POST)
    if what not in ("needs", "leave", "offered", "not_now"):
        raise Http404
    if not form.is_valid():
        return _place(request, shown, form, 422)
    try:
        _change(request, waiting, what, form)
    except Refusal as fault:
        form.add_error(None, fault.words)
        return _place(request, queries.place_page(actor, waiting), form, 409)
    messages.success(request, "It is recorded.")
    return HttpResponseRedirect(reverse("accommodation:place", args=[waiting]))


def _change(request: HttpRequest, waiting: UUID, what: str, form: PageForm) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    if isinstance(form, NeedsForm):
        actions.change_needs(actor, waiting, **form.told())
    elif isinstance(form, LeaveForm):
        actions.leave_list(actor, waiting, ended_as=WaitingEnd(form.cleaned_data["ended_as"]))
    else:
        actions.note_offer(actor, waiting, said_not_now=what == "not_now")


def _place(request: HttpRequest, shown: PlacePage, form: PageForm | None = None, status: int = 200) -> HttpResponse:
    needs = NeedsForm(initial={"needs": list(shown.needs), "leaves_on": shown.leaves_on})
    return screen(
        request,
        "accommodation/place.html",
        status=status,
        shown=shown,
        needs=form if isinstance(form, NeedsForm) else needs,
        leave=form if isinstance(form, LeaveForm) else LeaveForm(),
        log=[Moment(each.what, moment(each.at), each.by, "; ".join(each.needs)) for each in shown.log],
        **({"form": form} if form is not None else {}),
    )


@page("accommodation.see_board")
def moves(request: HttpRequest) -> HttpResponse:
    """Who is expected to move or to come back, and what is to do before, by day."""
    actor = request.actor  # type: ignore[attr-defined]
    may_work = decide(actor, WORK).allowed
    rows = [
        [
            f"{each.on.day} {each.on:%B %Y}{', overdue' if each.is_late else ''}",
            each.what,
            Cell(each.who, reverse("accommodation:stay", args=[each.stay]) if may_work else ""),
            each.where,
        ]
        for each in queries.expected_moves(actor)
    ]
    return screen(
        request,
        "accommodation/moves.html",
        columns=MOVE_COLUMNS,
        rows=rows,
        may_work=may_work,
        has_feed=may_work and has_feed(actor),
    )

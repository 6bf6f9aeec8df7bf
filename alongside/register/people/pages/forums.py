"""Forums: the list as each who sits on one may see it, bringing a woman to one, and who sits there.

Who and where: a key worker at a desk who prepares Thursday: her record, "Bring her to a forum", the day, one button.
One who sits on it: Forums, the forum, the woman. A manager: a name, what for, then one choice for each who sits.
"""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.agencies import forums
from alongside.register.agencies.codes import Purpose
from alongside.register.people import actions
from alongside.register.people.codes import FieldGroup, HandoutKind
from alongside.register.people.forms.forums import BringForm, NewForumForm, SeatForm
from alongside.register.people.queries.forums import Listed, bringing, list_of, record_of_item

COLUMNS = (
    Column("Woman"),
    Column("Brought by"),
    Column("Meeting"),
    Column("On the list until"),
    Column("What you may read"),
)


@page("people.see_forums")
def forums_page(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    keeps = decide(actor, forums.MAKE).allowed
    return screen(
        request,
        "people/forums.html",
        mine=forums.my_forums(actor),
        kept=forums.kept_forums(actor) if keeps else [],
        keeps=keeps,
        convenes=keeps and forums.convenes(actor),
    )


@page("people.see_forums")
def forum_page(request: HttpRequest, forum_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, chairs = forums.my_forum(actor, forum_id)
    _, listed = list_of(actor, forum_id)
    return screen(
        request,
        "people/forum.html",
        forum=row,
        chairs=chairs,
        columns=COLUMNS,
        rows=[_cells(each) for each in listed],
    )


def _cells(each: Listed) -> tuple[Cell | str, ...]:
    at = reverse("people:record" if each.is_own else "people:shared", args=[each.record])
    return (
        Cell(each.name or f"Record {each.code}", at),
        f"{each.holder_name}, {each.code}" if each.name else each.holder_name,
        day(each.meets_on),
        day(each.until),
        "Your own agency’s record" if each.is_own else "; ".join(group.words for group in each.groups),
    )


@page("people.see_forums", ("POST",))
def forum_print(request: HttpRequest, forum_id: UUID) -> HttpResponse:
    """The list on paper, for the one who prints it, with a number by which it is called back."""
    actor = request.actor  # type: ignore[attr-defined]
    row, listed = list_of(actor, forum_id)
    number = actions.hand_out_all(actor, [each.record for each in listed], HandoutKind.PRINT, (FieldGroup.IDENTITY,))
    return screen(
        request,
        "people/forum_print.html",
        forum=row,
        listed=listed,
        number=number,
        printed_by=request.user.name,  # type: ignore[union-attr]
        today=timezone.localdate(),
    )


@page("people.list", ("GET", "POST"))
def bring_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    told = bringing(actor, record_id)
    agreed = [(row.id, f"{row.name}: {row.meets}") for row in told.agreed]
    form = BringForm(agreed, timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.bring(actor, record_id, **form.told())
        except (actions.BroughtAlready, actions.SheHasDied) as fault:
            form.add_error("meets_on", fault.words)
        else:
            messages.success(request, "She is on the list. Those who sit on it read what she agreed, and nothing else.")
            return HttpResponseRedirect(reverse("people:bring", args=[record_id]))
    status = 422 if form.errors else 200
    return screen(request, "people/bring.html", status=status, record=record_id, told=told, form=form)


@page("people.list", ("POST",))
def take_off_page(request: HttpRequest, item_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record = record_of_item(actor, item_id)
    actions.take_off(actor, item_id)
    messages.success(request, "She is on that list no more.")
    return HttpResponseRedirect(reverse("people:bring", args=[record]))


@page(forums.MAKE, ("GET", "POST"))
def new_forum(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = NewForumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name, purpose = form.cleaned_data["name"], Purpose(form.cleaned_data["purpose"])
            made = forums.make_forum(actor, name=name, purpose=purpose)
        except (forums.NameTaken, forums.OnlySpecialist) as fault:
            form.add_error("name", fault.words)
        else:
            return HttpResponseRedirect(reverse("people:forum-people", args=[made]))
    return screen(request, "people/forum_new.html", form=form, status=422 if form.errors else 200)


@page(forums.MAKE, ("GET", "POST"))
def forum_people(request: HttpRequest, forum_id: UUID) -> HttpResponse:
    """Who sits on a forum that the own agency convenes; a POST lets one more sit."""
    actor = request.actor  # type: ignore[attr-defined]
    row = forums.kept_forum(actor, forum_id)
    form = SeatForm(_free(actor, row), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with suppress(forums.SitsAlready):
            forums.seat(actor, forum_id, membership=UUID(form.cleaned_data["worker"]))
        messages.success(request, "She sits on it from now on.")
        return HttpResponseRedirect(reverse("people:forum-people", args=[forum_id]))
    may_chair = forums.managers(actor)
    status = 422 if form.errors else 200
    return screen(request, "people/forum_people.html", forum=row, form=form, may_chair=may_chair, status=status)


def _free(actor: Actor, row: forums.ForumRow) -> list[tuple[UUID, str]]:
    """Whoever may sit and does not yet."""
    assert actor.partnership is not None
    seated = {seat.worker for seat in row.seats}
    return [(each.id, each.words) for each in forums.may_sit(actor.partnership) if each.worker not in seated]


@page(forums.MAKE, ("POST",))
def leave_page(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    return _seat(request, seat_id, forums.leave_forum, "She sits on it no more, and reads nothing by it.")


@page(forums.MAKE, ("POST",))
def chair_page(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    return _seat(request, seat_id, forums.let_chair, "She chairs from now on.")


def _seat(request: HttpRequest, seat_id: UUID, change: Callable[..., object], done: str) -> HttpResponse:
    """One seat changes, or why not is said; either way back to who sits there."""
    actor = request.actor  # type: ignore[attr-defined]
    forum = forums.forum_of_seat(actor, seat_id)
    try:
        change(actor, seat_id)
        messages.success(request, done)
    except (forums.ChairStays, forums.CantChair) as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("people:forum-people", args=[forum]))


@page(forums.MAKE, ("POST",))
def end_page(request: HttpRequest, forum_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    forums.kept_forum(actor, forum_id)
    forums.end_forum(actor, forum_id)
    messages.success(request, "The forum has ended. Nobody reads anything by it.")
    return HttpResponseRedirect(reverse("people:forums"))

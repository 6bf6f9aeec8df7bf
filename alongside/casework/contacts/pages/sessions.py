"""The drop-in and the clinic: open a session, tick in who is here and what she used, print a sheet.

Who and where: staff at a shared desk, interrupted; 12 women in 60 seconds, two taps each.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions import Came
from alongside.casework.contacts.codes import BroughtBy, PlaceKind, ServiceHere, SessionKind
from alongside.casework.contacts.forms.session import NewHere, OpenForm, ticked
from alongside.casework.contacts.rules.told import UnknownCode
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.people.actions import hand_out_all
from alongside.register.people.codes import FieldGroup, HandoutKind
from alongside.register.people.known import Known

SESSIONS = (Column("Day"), Column("What"), Column("Came", numeric=True), Column("Here that day"), Column("State"))
ALWAYS = (ServiceHere.FOOD, ServiceHere.TALK)


@page("contacts.plan", ("GET", "POST"))
def index(request: HttpRequest) -> HttpResponse:
    """Open today's session; the sessions before it."""
    actor = request.actor  # type: ignore[attr-defined]
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services = [ServiceHere(each) for each in given["services"]]
        made = actions.open_session(actor, kind=SessionKind(given["kind"]), on=given["on"], services=services)
        return HttpResponseRedirect(reverse("contacts:session", args=[made]))
    rows = [
        (
            Cell(day(row.on), reverse("contacts:session", args=[row.id])),
            row.kind.words,
            row.came,
            ", ".join(each.words for each in row.services),
            "Open" if row.is_open else "Closed",
        )
        for row in queries.sessions(actor)
    ]
    return screen(
        request, "contacts/sessions.html", form=form, columns=SESSIONS, rows=rows, status=422 if form.errors else 200
    )


@page("contacts.see", ("GET", "POST"))
def session(request: HttpRequest, session: UUID) -> HttpResponse:
    """The grid. Sent twice it changes nothing more."""
    actor = request.actor  # type: ignore[attr-defined]
    new = NewHere(request.POST if request.method == "POST" else None)
    if request.method == "POST" and new.is_valid():
        came, not_here = ticked(request.POST)
        try:
            actions.tick_in(actor, session, came=came, not_here=not_here)
        except UnknownCode:
            new.add_error(None, "Choose one of the answers: what she used, and who brought her")
        else:
            _newcomer(request, session, new)
            messages.success(request, "Kept.")
            return HttpResponseRedirect(reverse("contacts:session", args=[session]))
    told = queries.grid(actor, session)
    return screen(
        request,
        "contacts/session.html",
        grid=told,
        services=told.session.services or ALWAYS,
        form=new,
        brought=BroughtBy.choices(),
        today=timezone.localdate(),
        status=422 if new.errors else 200,
    )


def _newcomer(request: HttpRequest, session: UUID, form: NewHere) -> None:
    """Someone new by nickname, or someone who told no name: both count."""
    called = form.cleaned_data["called"].strip()
    if called or "no_name" in request.POST:
        actions.record_contact(
            request.actor,  # type: ignore[attr-defined]
            id=uuid4(),
            occurred_at=timezone.now(),
            new=Known(names=(called,)) if called else None,
            session=session,
            place=PlaceKind.DROPIN,
            brought_by=form.cleaned_data["brought_by"],
        )


@page("contacts.see", ("POST",))
def sign_in(request: HttpRequest, session: UUID, record: UUID) -> HttpResponse:
    """From her page: she is here."""
    actions.tick_in(request.actor, session, came=[Came(record)])  # type: ignore[attr-defined]
    messages.success(request, "Signed in.")
    return HttpResponseRedirect(reverse("contacts:session", args=[session]))


@page("contacts.see", ("POST",))
def close(request: HttpRequest, session: UUID) -> HttpResponse:
    actions.close_session(request.actor, session)  # type: ignore[attr-defined]
    messages.success(request, "Closed.")
    return HttpResponseRedirect(reverse("contacts:sessions"))


@page("contacts.see", ("POST",))
def sheet(request: HttpRequest, session: UUID) -> HttpResponse:
    """The same grid on paper, in the same order, for when there is no computer. Numbered: there are names on it."""
    actor = request.actor  # type: ignore[attr-defined]
    told = queries.grid(actor, session)
    number = hand_out_all(actor, [her.record for her in told.women], HandoutKind.PRINT, [FieldGroup.IDENTITY])
    services = told.session.services or ALWAYS
    columns = [Column("Who"), Column("Record"), *(Column(each.words) for each in services)]
    rows = [(her.name, her.code, *("☐" for _ in services)) for her in told.women]
    rows += [("New:", "", *("☐" for _ in services)) for _ in range(8)]
    return screen(request, "contacts/sheet.html", grid=told, columns=columns, rows=rows, number=number)

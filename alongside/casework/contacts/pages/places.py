"""Areas, what contributors tell of places, and looking out for a woman."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions.look_outs import AlreadyAsked
from alongside.casework.contacts.actions.places import AreaThere
from alongside.casework.contacts.codes import LookOutReason, NoticeKind
from alongside.casework.contacts.forms.places import AreaForm, LookOutForm, TellForm
from alongside.casework.contacts.pages.shown import BESIDE, shapes_of
from alongside.casework.contacts.queries import NoticeRow
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import plural
from alongside.register.people.queries import called, names, records, seen_beside


@page("contacts.keep_areas", ("GET", "POST"))
def areas(request: HttpRequest) -> HttpResponse:
    """The partnership's areas, by the names that workers use."""
    actor = request.actor  # type: ignore[attr-defined]
    form = AreaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_area(actor, name=form.cleaned_data["name"].strip())
        except AreaThere as fault:
            form.add_error("name", fault.words)
        else:
            messages.success(request, "Kept.")
            return HttpResponseRedirect(reverse("contacts:areas"))
    rows = queries.areas(actor, with_closed=True)
    ground = queries.ground(actor)
    return screen(
        request,
        "contacts/areas.html",
        form=form,
        areas=rows,
        shapes=shapes_of(ground),
        hexagons={drawn.id: plural(len(drawn.hexagons), "hexagon", "hexagons") for drawn in ground},
        status=422 if form.errors else 200,
    )


@page("contacts.keep_areas", ("POST",))
def close_area(request: HttpRequest, area: UUID) -> HttpResponse:
    actions.close_area(request.actor, area)  # type: ignore[attr-defined]
    messages.success(request, "Closed. What happened there stays there.")
    return HttpResponseRedirect(reverse("contacts:areas"))


@page("contacts.see")
def notices(request: HttpRequest) -> HttpResponse:
    """What contributors told of places: in force, to come, and lately over. Who told it is not said."""
    today = timezone.localdate()
    told = [(each, *_state(each, today)) for each in queries.notices_around(request.actor)]  # type: ignore[attr-defined]
    return screen(request, "contacts/notices.html", told=told)


def _state(told: NoticeRow, today: date) -> tuple[str, str]:
    """In words, and the colour of its tag."""
    if today < told.since:
        return "To come", "neutral"
    return ("In force", "yellow") if today <= told.until else ("Over", "green")


@page("contacts.tell", ("GET", "POST"))
def tell(request: HttpRequest) -> HttpResponse:
    """A contributor tells of a place. She is shown nothing that was told before, by her or by others."""
    form = TellForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.tell_of_place(
            request.actor,  # type: ignore[attr-defined]
            kind=NoticeKind(given["kind"]),
            words=given["words"].strip(),
            since=given["since"],
            until=given["until"],
        )
        messages.success(request, "Passed on to those who go out. Thank you.")
        return HttpResponseRedirect(reverse("contacts:tell"))
    return screen(request, "contacts/tell.html", form=form, status=422 if form.errors else 200)


@page("contacts.record", ("GET", "POST"))
def look_out(request: HttpRequest, record: UUID) -> HttpResponse:
    """Ask whoever goes out to look for her."""
    actor = request.actor  # type: ignore[attr-defined]
    found = records(actor, [record])
    if not found:
        raise NotFound("Record")
    form = LookOutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.look_out(
                actor, record=record, reason=LookOutReason(given["reason"]), until=form.until(), words=given["words"]
            )
        except AlreadyAsked as fault:
            form.add_error(None, fault.words)
        else:
            messages.success(request, "She is on the list of whoever goes out.")
            return HttpResponseRedirect(reverse("her-page", args=[record]))
    return screen(
        request,
        "contacts/look_out.html",
        form=form,
        seen_by=seen_beside(actor, record, BESIDE),
        record=found[0],
        name=called(names(actor, [record]).get(record)),
        status=422 if form.errors else 200,
    )


@page("contacts.see", ("POST",))
def end_look_out(request: HttpRequest, look_out: UUID) -> HttpResponse:
    actions.end_look_out(request.actor, look_out)  # type: ignore[attr-defined]
    messages.success(request, "Ended.")
    return HttpResponseRedirect(reverse("contacts:tonight"))

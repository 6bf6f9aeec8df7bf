"""Tonight: the shift, the women hoped for, and "Saw someone".

Who and where: an outreach worker in the street at 2 a.m. Her list, her name, Save; "Seen, did not stop" is one tap.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.codes import Outcome, OutingKind, PlaceKind
from alongside.casework.contacts.forms.saw import SawForm, first_values
from alongside.casework.contacts.pages.shown import BESIDE, hours
from alongside.casework.contacts.rules.told import NotYet
from alongside.casework.supplies import queries as stock
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.queries import called, names, records, seen_beside

QUICK = (Outcome.SEEN, Outcome.NOT_SEEN)


@page("contacts.see")
def tonight(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    shift = queries.current_shift(actor)
    return screen(
        request,
        "contacts/tonight.html",
        shift=shift,
        hours=hours(shift) if shift else "",
        to_begin=[] if shift else [(row.id, hours(row), row) for row in queries.shifts_to_begin(actor)],
        women=queries.tonights_list(actor, shift.id if shift else None),
        told=queries.notices(actor),
        handed_over=queries.handed_over(actor),
        quick=QUICK,
        done=_id(request.GET.get("done", "")),
    )


@page("contacts.record", ("GET", "POST"))
def saw(request: HttpRequest) -> HttpResponse:
    """Someone without a record yet: by nickname, or by what helps to know her again."""
    return _saw(request, None)


@page("contacts.record", ("GET", "POST"))
def saw_her(request: HttpRequest, record: UUID) -> HttpResponse:
    """A woman of whom there is a record."""
    return _saw(request, record)


def _saw(request: HttpRequest, record: UUID | None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = records(actor, [record]) if record else []
    if record and not found:
        raise NotFound("Record")
    areas = [(str(area.id), area.name) for area in queries.areas(actor)]
    posted = request.method == "POST"
    form = SawForm(
        request.POST if posted else None,
        areas=areas,
        ground=queries.ground(actor),
        initial=None if posted else _first(request),
    )
    if posted and form.is_valid():
        try:
            made = actions.record_contact(actor, **form.told(record, timezone.localdate()))
        except NotYet as fault:
            form.add_error("clock", fault.words)
        except actions.AlreadyRecorded as fault:
            form.add_error(None, fault.words)
        else:
            return _on(request, made.id if made.record else None)
    her = names(actor, [record]).get(record) if record else None
    return screen(
        request,
        "contacts/saw.html",
        status=422 if form.errors else 200,
        form=form,
        record=found[0] if found else None,
        name=called(her) if record else "",
        last_told=queries.last_told(actor, record) if record else "",
        seen_by=seen_beside(actor, record, BESIDE),
    )


def _first(request: HttpRequest) -> dict[str, object]:
    actor = request.actor  # type: ignore[attr-defined]
    shift = queries.out_on(actor)
    shelves = stock.shelves(actor) if shift else []
    place = PlaceKind.VAN if shift and shift[1] is OutingKind.VAN else PlaceKind.STREET
    return first_values(shift[0] if shift else None, shelves[0].id if shelves else None, place)


def _on(request: HttpRequest, contact: UUID | None) -> HttpResponse:
    """Back to the list, with a way to undo."""
    messages.success(request, "Kept.")
    address = reverse("contacts:tonight")
    return HttpResponseRedirect(f"{address}?done={contact}" if contact else address)


@page("contacts.record", ("POST",))
def quick(request: HttpRequest, record: UUID) -> HttpResponse:
    """Seen, did not stop; or hoped for and not seen: one tap."""
    actor = request.actor  # type: ignore[attr-defined]
    outcome = request.POST.get("outcome", "")
    if outcome not in QUICK:
        raise NotFound("Outcome")
    shift = queries.current_shift(actor)
    told = _id(request.POST.get("id", "")) or uuid4()
    made = actions.record_contact(
        actor,
        id=told,
        occurred_at=timezone.now(),
        record=record,
        outcome=outcome,
        shift=shift.id if shift else None,
    )
    return _on(request, made.id)


@page("contacts.see", ("POST",))
def undo(request: HttpRequest, contact: UUID) -> HttpResponse:
    actions.undo_contact(request.actor, contact)  # type: ignore[attr-defined]
    messages.success(request, "Taken back. It counts no more.")
    return HttpResponseRedirect(reverse("contacts:tonight"))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

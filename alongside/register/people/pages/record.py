"""A record's own page, the agency's list, a new record, and a correction.

A new record: a worker in the street needs one field and one tap; the rest waits. Her page: what was told stands there,
so that she is not asked again.
"""

from math import ceil
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Pages
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.people.actions import correct_identity, make_record
from alongside.register.people.codes import StandingKind
from alongside.register.people.forms.record import RecordForm, started_from
from alongside.register.people.pages.shown import history_of, seen_beside, summary_of
from alongside.register.people.pages.standing import ask_why
from alongside.register.people.queries import audience, her_page, listed
from alongside.register.people.queries.standing import standing
from alongside.register.people.queries.works_with import accepted, others

SIZE = 50
COLUMNS = (Column("Name"), Column("Record"), Column("First seen"), Column("Last seen"))
FROM_LOOK_UP = "from_look_up"


@page("people.list")
def records_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isdigit() and int(typed[:6]) > 0 else 1
    rows, total = listed(request.actor, number, SIZE)  # type: ignore[attr-defined]
    last = max(1, ceil(total / SIZE))
    if number > last:
        raise Http404
    table = [
        (
            Cell(her.name, reverse("people:record", args=[her.id])),
            her.code,
            day(her.first_seen_on),
            day(her.last_seen_on),
        )
        for her in rows
    ]
    return screen(request, "people/records.html", columns=COLUMNS, rows=table, pages=Pages(number, last, total))


@page("people.list")
def record_page(request: HttpRequest, record: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    her = her_page(actor, record)
    stands = standing(actor, record)
    if any(each.kind == StandingKind.DIED for each in stands) and (asked := ask_why(request, record)):
        return asked
    return screen(
        request,
        "people/record.html",
        her=her.record,
        standing=stands,
        summary=summary_of(her.known),
        history=history_of(her.versions),
        works_with=others(actor, record, her.record.agency),
        asked_until=accepted(actor, record, her.record.code).until,
        asking_url=_address("people:accept", record),
    )


@page("people.record", ("GET", "POST"))
def new_page(request: HttpRequest) -> HttpResponse:
    seen_by = seen_beside(audience(request.actor))  # type: ignore[attr-defined]
    if FROM_LOOK_UP in request.POST:
        return screen(request, "people/new.html", form=RecordForm(initial=_carried(request)), seen_by=seen_by)
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        made = make_record(request.actor, known=form.known(today), seen_on=today)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("people:record", args=[made]))
    return screen(request, "people/new.html", form=form, seen_by=seen_by, status=422 if form.errors else 200)


@page("people.record", ("GET", "POST"))
def correct_page(request: HttpRequest, record: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    her = her_page(actor, record)
    if asked := ask_why(request, record):
        return asked
    today = timezone.localdate()
    form = RecordForm(request.POST or None, initial=started_from(her.known, today))
    if request.method == "POST" and form.is_valid():
        correct_identity(actor, record, known=form.known(today, her.known.reference))
        return HttpResponseRedirect(reverse("people:record", args=[record]))
    return screen(
        request,
        "people/correct.html",
        form=form,
        her=her.record,
        seen_by=seen_beside(audience(actor, record)),
        status=422 if form.errors else 200,
    )


def _carried(request: HttpRequest) -> dict[str, str]:
    """What she typed when she looked; it came in the body and goes on in the page, never in an address."""
    told = {name: request.POST.get(name, "") for name in ("age", "area", "marks", "phone")}
    return {"called": request.POST.get("words", ""), **told}


def _address(route: str, record: UUID) -> str:
    """The page that asks whether others may know; empty while the room has none."""
    try:
        return reverse(route, args=[record])
    except NoReverseMatch:
        return ""

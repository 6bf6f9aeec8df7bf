"""What other agencies share with ours because she agreed: the list, her page as far as she said, and what has ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.people.actions import stopped_using
from alongside.register.people.pages.shown import summary_of
from alongside.register.people.pages.standing import ask_why
from alongside.register.people.queries import called, names, recalls, shared, shared_page, shared_with_us

COLUMNS = (Column("Name"), Column("Held by"), Column("What is shared"), Column("Until"))


@page("people.read_shared")
def shared_list_page(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = shared_with_us(actor)
    known = names(actor, [row.record for row in rows]) if rows else {}
    table = [
        (
            Cell(called(known.get(row.record)), reverse("people:shared", args=[row.record])),
            f"{row.holder_name}, {row.code}",
            "; ".join(group.words for group in row.groups),
            day(row.until),
        )
        for row in rows
    ]
    return screen(request, "people/shared_list.html", columns=COLUMNS, rows=table, recalls=recalls(actor))


@page("people.read_shared")
def shared_record_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    shared(actor, record_id)
    if asked := ask_why(request, record_id):
        return asked
    found = shared_page(actor, record_id)
    return screen(
        request,
        "people/shared.html",
        her=found.her,
        summary=[row for row in summary_of(found.known) if row.text != "Not known here"],
        withheld=[group.words for group in found.withheld],
    )


@page("people.read_shared", ("POST",))
def stopped_page(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    stopped_using(request.actor, grant_id)  # type: ignore[attr-defined]
    messages.success(request, "Kept. Thank you for destroying what was printed.")
    return HttpResponseRedirect(reverse("people:shared-list"))

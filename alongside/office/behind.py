"""From a figure of a return to the women of one's own agency behind it: joins counting and names."""

from math import ceil
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Pages
from alongside.foundation.kit.screens import screen
from alongside.insight.monitoring.queries import women_behind
from alongside.register.people.queries import called, names

SIZE = 50
COLUMNS = (Column("Name"), Column("Also"))


@page("returns.open_women")
def behind(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = women_behind(actor, pk, key)
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isdigit() and int(typed[:6]) > 0 else 1
    last = max(1, ceil(len(found.records) / SIZE))
    if number > last:
        raise Http404
    part = found.records[(number - 1) * SIZE : number * SIZE]
    known = names(actor, part)
    rows = [
        (
            Cell(called(known[each]), reverse("people:record", args=[each])),
            ", ".join([*known[each].names[1:], *known[each].last_names]),
        )
        for each in part
        if each in known
    ]
    return screen(
        request,
        "office/behind.html",
        found=found,
        columns=COLUMNS,
        rows=rows,
        pages=Pages(number, last, len(found.records)),
        back=reverse("returns:return", args=[pk]),
    )

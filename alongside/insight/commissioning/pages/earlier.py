"""Returns that were made elsewhere: handed in, checked, and kept as they were printed.

Task: last year's return came as a spreadsheet; does it hold together? Who: a manager. Clicks: Returns made
elsewhere, the file, Check it: three, and what it is called.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import number, plural
from alongside.insight.commissioning import actions, queries
from alongside.insight.commissioning.elsewhere import NoFigures, TooLong, faults, read_lines
from alongside.insight.commissioning.filling import LIMITS
from alongside.insight.commissioning.forms import OldReturnForm
from alongside.insight.commissioning.pages.shown import between
from alongside.insight.interchange.reading import ListRefused, read_list

LIST = (Column("Return"), Column("Period"), Column("Lines", numeric=True), Column("What does not fit"))
LINES = (
    Column("Line"), Column("Count", numeric=True), Column("Out of", numeric=True),
    Column("Per cent as printed", numeric=True), Column("What does not fit"),
)  # fmt: skip


@page("commissioning.old_returns")
def index(request: HttpRequest) -> HttpResponse:
    return _index(request, OldReturnForm())


def _index(request: HttpRequest, form: OldReturnForm, status: int = 200) -> HttpResponse:
    rows = [
        (
            Cell(each.title, reverse("commissioning:earlier-one", args=[each.id])),
            between(each.period),
            number(len(each.lines)),
            Cell(plural(len(each.faults), "fault", "faults"), tag="yellow") if each.faults else "Nothing",
        )
        for each in queries.old_returns(request.actor)  # type: ignore[attr-defined]
    ]
    return screen(request, "commissioning/earlier.html", status=status, form=form, columns=LIST, rows=rows)


@page("commissioning.old_returns", methods=("POST",))
def hand_in(request: HttpRequest) -> HttpResponse:
    form = OldReturnForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, 422)
    given = form.cleaned_data
    try:
        sheets = read_list(given["file"].read(), LIMITS)
        rows = [(row.number, row.cells) for sheet in sheets.sheets[:1] for row in sheets.rows(sheet.index)]
        blocks = read_lines(rows)
    except (ListRefused, NoFigures, TooLong) as fault:
        form.add_error("file", fault.words)
        return _index(request, form, 422)
    try:
        made = actions.keep_old_return(
            request.actor,  # type: ignore[attr-defined]
            title=given["title"],
            since=given["since"],
            until=given["until"],
            lines=tuple(line for block in blocks for line in block),
            faults=tuple(faults(blocks, given["out_of"])),
        )
    except actions.Refused as fault:
        form.add_error("file", fault.words)
        return _index(request, form, 422)
    return HttpResponseRedirect(reverse("commissioning:earlier-one", args=[made]))


@page("commissioning.old_returns")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.old_return(request.actor, pk)  # type: ignore[attr-defined]
    told: dict[int, list[str]] = {}
    for fault in found.faults:
        told.setdefault(fault.number, []).append(fault.words)
    rows = [
        (
            line.label,
            number(line.count),
            number(line.of),
            f"{line.percent}%" if line.percent else "",
            " ".join(told.get(line.number, [])),
        )
        for line in found.lines
    ]
    return screen(
        request, "commissioning/earlier_one.html", found=found, between=between(found.period), columns=LINES, rows=rows,
        said=plural(len(found.faults), "line does not fit", "lines do not fit"),
    )  # fmt: skip


@page("commissioning.old_returns", methods=("POST",))
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.throw_away(request.actor, pk)  # type: ignore[attr-defined]
    messages.success(request, "Thrown away.")
    return HttpResponseRedirect(reverse("commissioning:earlier"))

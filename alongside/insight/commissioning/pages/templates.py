"""A commissioner's own workbook, filled with the figures of a return.

Task: the quarter is over and the council wants its own form. Who: a manager at a desk. Clicks: the return, Fill a
template, the file, Fill it: four; nothing is typed.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Column, Download
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.tables import TYPES
from alongside.insight.commissioning.filling import PREFIX, ListRefused, TemplateRefused, blank, filled, values
from alongside.insight.commissioning.forms import TemplateForm
from alongside.insight.monitoring.files import file_name
from alongside.insight.monitoring.queries import ReturnSheet, downloaded, return_sheet
from alongside.insight.monitoring.shown import between

NAMES = (Column("Name of the cell"), Column("What stands in it"))
WORDS = {
    "return_from": "First day of the period",
    "return_to": "Last day of the period",
    "return_of": "Whose return it is",
    "return_name": "Name of the set of figures",
    "return_counted_on": "Day of counting",
}


def _words(sheet: ReturnSheet) -> dict[str, str]:
    found = dict(WORDS)
    for _, line in sheet.lines():
        name, said = PREFIX + line.definition.key, line.definition.name
        found |= {name: said, f"{name}_of": f"{said}: out of", f"{name}_percent": f"{said}: per cent"}
    return found


@page("commissioning.fill", methods=("GET", "POST"))
def fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, return_sheet(actor, pk), TemplateForm(), ())
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, return_sheet(actor, pk), form, (), 422)
    sheet, given = return_sheet(actor, pk), form.cleaned_data
    try:
        made = filled(given["file"].read(), values(sheet), without_pictures=given["without_pictures"])
    except (ListRefused, TemplateRefused) as fault:
        form.add_error("file", fault.words)
        return _page(request, sheet, form, getattr(fault, "missing", ()), 422)
    downloaded(actor, pk)
    return _file(made, file_name(sheet, "xlsx"))


def _page(
    request: HttpRequest, sheet: ReturnSheet, form: TemplateForm, missing: tuple[str, ...], status: int = 200
) -> HttpResponse:
    words = _words(sheet)
    return screen(
        request,
        "commissioning/fill.html",
        status=status,
        form=form,
        sheet=sheet,
        between=between(sheet.period),
        missing=missing,
        columns=NAMES,
        rows=[(name, words[name]) for name in values(sheet)],
        links=(Download("A workbook with all these names", reverse("commissioning:blank", args=[sheet.id])),),
    )


@page("commissioning.fill")
def blank_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = return_sheet(request.actor, pk)  # type: ignore[attr-defined]
    return _file(blank(values(sheet), _words(sheet)), "template.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES["xlsx"], headers=headers)

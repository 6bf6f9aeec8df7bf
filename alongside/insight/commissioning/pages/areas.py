"""Other areas beside this one: each figure with its own definition, as pictures with their tables, and on paper.

Task: a commissioner asks how others do. Who: the co-ordinator, before the meeting. Clicks: Beside other areas: one.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit import charts
from alongside.foundation.kit.pdf import TYPE
from alongside.foundation.kit.rows import Bar, Column, Download
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import number, plural, share
from alongside.insight.commissioning import actions, areas, papers
from alongside.insight.commissioning.areas import Beside, Comparison
from alongside.insight.commissioning.forms import AreaForm
from alongside.insight.commissioning.pages import shown
from alongside.insight.monitoring.queries import known_figures

COLUMNS = (
    Column("Area"), Column("Count", numeric=True), Column("Out of"), Column("Days"), Column("What it counts there"),
    Column("Source"),
)  # fmt: skip
HIDDEN = "fewer than ten, or none"
NOTE = (
    "Each area counts by its own definition, which stands in the table: read it before you set two bars side by side."
)
WORDS = 240


def _count(line: Beside) -> str:
    return HIDDEN if line.count is None else number(line.count)


def _row(line: Beside) -> tuple[str, ...]:
    of = "not said" if line.of is None else share(line.count, line.of) if line.count is not None else number(line.of)
    return line.area, _count(line), of, shown.between(line.period), line.meaning, line.source


def _chart(each: Comparison) -> charts.BarChart:
    bars = [
        Bar(line.area, line.count, f"{_count(line)} / {number(line.aim)}" if line.aim else _count(line), aim=line.aim)
        for line in each.lines
    ]
    return charts.bar_chart(bars, label=WORDS)


def _title(each: Comparison) -> str:
    """ "Exit, strictly: reached in the period, in 24 months"."""
    return f"{each.definition.name}, in {plural(each.months, 'month', 'months')}"


@page("commissioning.areas")
def index(request: HttpRequest) -> HttpResponse:
    return _index(request, None)


def _index(request: HttpRequest, form: AreaForm | None, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = areas.comparisons(actor)
    may_set = decide(actor, "commissioning.set_area").allowed
    return screen(
        request,
        "commissioning/areas.html",
        status=status,
        columns=COLUMNS,
        note=NOTE,
        compared=[(_title(each), _chart(each), [_row(line) for line in each.lines]) for each in found],
        removable=[
            (line.id, f"{line.area}: {each.definition.name}") for each in found for line in each.lines if line.id
        ],
        links=(Download("As PDF", reverse("commissioning:areas-pdf")),) if found else (),
        **({"form": form or _form()} if may_set else {}),
    )


def _form(data: object = None) -> AreaForm:
    return AreaForm(
        data, figures=sorted(((key, each.name) for key, each in known_figures().items()), key=lambda x: x[1])
    )


@page("commissioning.set_area", methods=("POST",))
def add(request: HttpRequest) -> HttpResponse:
    form = _form(request.POST)
    if not form.is_valid():
        return _index(request, form, 422)
    try:
        areas.add_area_figure(request.actor, printed=form.printed())  # type: ignore[attr-defined]
    except actions.Refused as fault:
        form.add_error("count" if fault.words == areas.TOO_MANY else "area", fault.words)
        return _index(request, form, 422)
    messages.success(request, "It stands beside ours, with its definition and its source.")
    return HttpResponseRedirect(reverse("commissioning:areas"))


@page("commissioning.set_area", methods=("POST",))
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    areas.take_back_area_figure(request.actor, pk)  # type: ignore[attr-defined]
    messages.success(request, "Taken back.")
    return HttpResponseRedirect(reverse("commissioning:areas"))


@page("commissioning.areas", takes_away=True)
def paper(request: HttpRequest) -> HttpResponse:
    found = areas.comparisons(request.actor)  # type: ignore[attr-defined]
    tables = [papers.table(_title(each), COLUMNS, [_row(line) for line in each.lines]) for each in found]
    pictures = [papers.bars(_title(each), _chart(each)) for each in found]
    content = papers.paper("Beside other areas", [NOTE], tables, pictures)
    return HttpResponse(
        content, content_type=TYPE, headers={"Content-Disposition": 'attachment; filename="other-areas.pdf"'}
    )

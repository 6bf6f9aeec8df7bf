"""Returns: what was counted, counting one, and taking it away as a file; what each figure means; snapshots."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Download
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, moment, number
from alongside.insight.monitoring import files, queries, shown
from alongside.insight.monitoring.actions import definitions, fault_in_definitions
from alongside.insight.monitoring.definitions import BadDefinition
from alongside.insight.monitoring.figures import quarter, quarter_before
from alongside.insight.monitoring.forms import WantedForm
from alongside.insight.monitoring.jobs import ask_for_return
from alongside.insight.monitoring.preparing import preparation
from alongside.insight.monitoring.queries import ReturnSheet

LIST = (Column("Period"), Column("Return"), Column("Of"), Column("Counted"))
MEANINGS = (
    Column("Figure"), Column("What is counted"), Column("Unit"), Column("Owner"), Column("Version"),
)  # fmt: skip
CUTS_ACROSS = (
    "These days cut across those of a return that was counted already, {other}. Some days would stand in both, and the"
    " two could not be put side by side. Choose days before it, after it, within it, or around it."
)
SNAPSHOTS = (Column("Made"), Column("Facts", numeric=True), Column("SHA-256 of its files"), Column("Snapshot"))


@page("returns.see")
def index(request: HttpRequest) -> HttpResponse:
    return _index(request, _form())


def _index(request: HttpRequest, form: WantedForm, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = [
        (
            Cell(shown.between(row.period), reverse("returns:return", args=[row.id]), hidden=row.framework),
            row.framework,
            row.whose,
            moment(timezone.localtime(row.made_at)),
        )
        for row in queries.returns(actor)
    ]
    today = timezone.localdate()
    return screen(
        request,
        "monitoring/returns.html",
        status=status,
        columns=LIST,
        rows=rows,
        form=form,
        fault=fault_in_definitions(),
        may_make=decide(actor, "returns.make").allowed,
        sees_snapshots=decide(actor, "returns.snapshots").allowed,
        usual=[("Count the last quarter", quarter_before(today)), ("Count this quarter", quarter(today))],
    )


def _form(data: object = None) -> WantedForm:
    last = quarter_before(timezone.localdate())
    frameworks = [(frame.key, frame.name) for frame in definitions().frameworks.values()]
    start = {"framework": "quarterly", "since": last.since.isoformat(), "until": last.until.isoformat()}
    return WantedForm(data, frameworks=frameworks, initial=start)


@page("returns.make", methods=("POST",))
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a return to be counted."""
    form = _form(request.POST)
    if not form.is_valid():
        return _index(request, form, 422)
    actor, framework, period = request.actor, form.cleaned_data["framework"], form.period()  # type: ignore[attr-defined]
    other = None if form.all_the_same else queries.cut_across(actor, framework, period)
    if other is not None:
        form.add_error("since", CUTS_ACROSS.format(other=shown.between(other)))
        form.ask_whether_all_the_same()
        return _index(request, form, 422)
    try:
        ask_for_return(actor, framework=framework, period=period)
    except BadDefinition as fault:
        form.add_error("framework", f"Nothing can be counted before this is mended. {fault.words}")
        return _index(request, form, 422)
    messages.success(request, "The return is being counted. It takes a few seconds: then load this page again.")
    return HttpResponseRedirect(reverse("returns:index"))


@page("returns.see")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    sheet = queries.return_sheet(actor, pk)
    may_release = sheet.is_whole and decide(actor, "returns.start_release").allowed
    asked = preparation(actor, pk) if may_release else None
    return screen(
        request,
        "monitoring/return.html",
        sheet=sheet,
        between=shown.between(sheet.period),
        before=shown.between(sheet.earlier) if sheet.earlier else "",
        columns=shown.COLUMNS,
        sections=shown.tables(sheet),
        check_columns=shown.CHECKS,
        checks=shown.checks(sheet),
        checked=shown.CHECKED,
        why_columns=shown.WHY,
        why=shown.why(sheet),
        warnings=list(shown.warnings(sheet)),
        may_release=may_release,
        asked=asked,
        asked_at=moment(timezone.localtime(asked.asked_at)) if asked else "",
        fill_href=shown.above("commissioning:fill", pk),
        may_fill=decide(actor, "commissioning.fill").allowed,
        meaning_columns=shown.MEANINGS,
        meanings=shown.meanings(sheet),
        links=(
            Download("Download as XLSX", reverse("returns:xlsx", args=[pk])),
            *shown.pdf_of("commissioning:return-pdf", pk),
            Download("Download as CSV", reverse("returns:csv", args=[pk])),
        ),
    )


@page("returns.download")
def csv_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _file(request, pk, "csv", files.as_csv)


@page("returns.download")
def xlsx_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _file(request, pk, "xlsx", files.as_xlsx)


def _file(request: HttpRequest, pk: UUID, kind: str, write: Callable[[ReturnSheet], bytes]) -> HttpResponse:
    sheet = queries.downloaded(request.actor, pk)  # type: ignore[attr-defined]
    name = files.file_name(sheet, kind)
    return HttpResponse(
        write(sheet), content_type=files.TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@page("returns.definitions")
def meanings(request: HttpRequest) -> HttpResponse:
    rows = [
        (each.name, each.sentence, each.unit_words, each.owner, f"{each.version}, since {day(each.since)}")
        for each in queries.meanings(request.actor)  # type: ignore[attr-defined]
    ]
    return screen(request, "monitoring/meanings.html", columns=MEANINGS, rows=rows)


@page("returns.snapshots")
def snapshots(request: HttpRequest) -> HttpResponse:
    rows = [
        (moment(timezone.localtime(row.made_at)), number(row.facts), row.digest, str(row.id))
        for row in queries.snapshots(request.actor)  # type: ignore[attr-defined]
    ]
    return screen(request, "monitoring/snapshots.html", columns=SNAPSHOTS, rows=rows)

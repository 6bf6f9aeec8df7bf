"""Releases: what went out, what waits, preparing one and letting it go out."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Download
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment, number
from alongside.insight.monitoring import released
from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.forms import PassageForm
from alongside.insight.monitoring.jobs import ask_for_release
from alongside.insight.monitoring.outside import RULE, Shown
from alongside.insight.monitoring.passages import WordsRefused, passages, take_back_passage, write_passage
from alongside.insight.monitoring.releasing import ReleaseRefused, give_release
from alongside.insight.monitoring.shown import above, between, pdf_of

LIST = (Column("Period"), Column("Figures"), Column("Release"))
COLUMNS = (Column("Figure"), Column("Count", numeric=True), Column("Out of"), Column("What is counted"))


@page("returns.open_releases")
def index(request: HttpRequest) -> HttpResponse:
    rows = [
        (
            Cell(between(row.period), reverse("returns:release", args=[row.id]), hidden=row.framework),
            row.framework,
            f"Number {row.number}, {moment(timezone.localtime(row.given_at))}"
            if row.number
            else Cell("Waits for its release", tag="yellow"),
        )
        for row in released.releases(request.actor)  # type: ignore[attr-defined]
    ]
    return screen(request, "monitoring/releases.html", columns=LIST, rows=rows)


@page("returns.open_releases")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    return release_screen(request, pk, None)


def release_screen(request: HttpRequest, pk: UUID, form: PassageForm | None, status: int = 200) -> HttpResponse:
    sheet = released.release_sheet(request.actor, pk)  # type: ignore[attr-defined]
    names_of = {each.key: definition.name for _, lines in sheet.figures for each, definition, _ in lines}
    may_write = sheet.number is None and decide(request.actor, "returns.open_explaining").allowed  # type: ignore[attr-defined]
    return screen(
        request,
        "monitoring/release.html",
        status=status,
        sheet=sheet,
        passages=[(names_of.get(each.key, ""), each) for each in passages(request.actor, pk)],  # type: ignore[attr-defined]
        rule=RULE,
        between=between(sheet.period),
        columns=COLUMNS,
        **({"form": form or _form(sheet)} if may_write else {}),
        may_ask=sheet.number is not None and decide(request.actor, "commissioning.ask").allowed,  # type: ignore[attr-defined]
        ask_href=above("commissioning:ask", pk),
        sections=[(name, rows_of(lines)) for name, lines in sheet.figures],
        links=(
            *pdf_of("commissioning:release-pdf", pk),
            Download("Download as CSV", reverse("returns:release-csv", args=[pk])),
            Download("Download what the columns mean", reverse("returns:release-metadata", args=[pk])),
        ),
    )


def rows_of(lines: Iterable[tuple[Shown, Definition, str]]) -> list[tuple[str, ...]]:
    return [_row(*line) for line in lines]


def _row(each: Shown, definition: Definition, out_of: str) -> tuple[str, ...]:
    return definition.name, _said(each.count), _out_of(each, definition, out_of), definition.sentence


def _said(cell: int | str) -> str:
    return cell if isinstance(cell, str) else number(cell)


def _out_of(each: Shown, definition: Definition, out_of: str) -> str:
    if each.of is None:
        return definition.unit_words
    share = f" (about {each.percent}%)" if each.percent is not None else ""
    return f"of {_said(each.of)} {out_of[0].lower()}{out_of[1:]}{share}"


@page("returns.open_releases", takes_away=True)
def csv_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = released.downloaded(request.actor, pk)  # type: ignore[attr-defined]
    return _file(released.as_csv(sheet), "text/csv; charset=utf-8", released.file_name(sheet))


@page("returns.open_releases", takes_away=True)
def metadata_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = released.downloaded(request.actor, pk)  # type: ignore[attr-defined]
    name = f"{released.file_name(sheet)}-metadata.json"
    return _file(released.as_metadata(sheet), "application/csvm+json", name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page("returns.start_release", methods=("POST",))
def prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a return to be checked for release; how far that is stands on the return's page."""
    try:
        ask_for_release(request.actor, pk)  # type: ignore[attr-defined]
    except ReleaseRefused as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("returns:return", args=[pk]))


@page("returns.open_giving", methods=("POST",))
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        done = give_release(request.actor, pk)  # type: ignore[attr-defined]
        messages.success(request, f"Release {done} went out. It stays as it is.")
    except ReleaseRefused as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("returns:release", args=[pk]))


# --- words beside the figures ------------------------------------------------------------------------------------


def _form(sheet: released.ReleaseSheet, data: object = None) -> PassageForm:
    figures = [(each.key, definition.name) for _, lines in sheet.figures for each, definition, _ in lines]
    return PassageForm(data, figures=figures)


@page("returns.open_explaining", methods=("POST",))
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = _form(released.release_sheet(actor, pk), request.POST)
    if not form.is_valid():
        return release_screen(request, pk, form, 422)
    try:
        write_passage(actor, pk, key=form.cleaned_data["key"], words=form.cleaned_data["words"])
    except WordsRefused as fault:
        form.add_error("words", fault.words)
        return release_screen(request, pk, form, 422)
    messages.success(request, "Written. It goes out with the release.")
    return HttpResponseRedirect(reverse("returns:release", args=[pk]))


@page("returns.open_explaining", methods=("POST",))
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        release = take_back_passage(request.actor, pk)  # type: ignore[attr-defined]
    except WordsRefused as fault:
        messages.info(request, fault.words)
        return HttpResponseRedirect(reverse("returns:releases"))
    messages.success(request, "Taken back.")
    return HttpResponseRedirect(reverse("returns:release", args=[release]))

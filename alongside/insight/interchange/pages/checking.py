"""Before a list goes in: what its columns are, which rows need a person, letting it go in.

Task: see that we understood her list, mend what we did not. Who: whoever handed it in, at a desk.
"""

from math import ceil
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Pages
from alongside.foundation.kit.screens import screen
from alongside.insight.interchange import actions, queries
from alongside.insight.interchange.codes import ListState, NotNow, RowState
from alongside.insight.interchange.exports import as_csv, as_xlsx
from alongside.insight.interchange.forms import ColumnsForm, RowForm
from alongside.insight.interchange.pages.lists import asked_page
from alongside.insight.interchange.pages.shown import difference, named, take_in_words, understood
from alongside.insight.interchange.understanding import Problem

SIZE = 25
ROW_COLUMNS = (Column("Row"), Column("Column"), Column("What is written"), Column("What to do"))
LINE_COLUMNS = (Column("Row"), Column("What it is"), Column("What is written"))


@page("lists.open", ("GET", "POST"))
def columns(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What we understood; she changes it by choosing from a list."""
    actor = request.actor  # type: ignore[attr-defined]
    view = queries.columns(actor, list_id)
    form = ColumnsForm(view.columns, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_columns(actor, list_id, chosen=form.chosen())
        return HttpResponseRedirect(reverse("lists:check", args=[list_id]))
    lines = [(str(row), what, text) for row, what, text in view.lines]
    return screen(
        request,
        "interchange/columns.html",
        status=422 if form.errors else 200,
        form=form,
        view=view,
        list_id=list_id,
        line_columns=LINE_COLUMNS,
        lines=lines,
        shown=[
            (form.view(f"column_{column.index}"), column, samples)
            for column, samples in zip(view.columns, view.samples, strict=True)
        ],
    )


@page("lists.open")
def check(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What would go in, what it changes, and the rows that need her."""
    actor = request.actor  # type: ignore[attr-defined]
    view, at = queries.the_list(actor, list_id), asked_page(request)
    if view.is_at_work or view.is_ended or view.is_stuck:
        return HttpResponseRedirect(reverse("lists:list", args=[list_id]))
    waiting = queries.waiting(actor, list_id, at, SIZE)
    states = waiting.states
    later = states.get(RowState.UNREADABLE, 0) + states.get(RowState.PROBLEM, 0)
    last = max(1, ceil(later / SIZE))
    if at > last:
        raise Http404
    ready = max(0, view.counts["ready"] - view.position) + states.get(RowState.CORRECTED, 0)
    return screen(
        request,
        "interchange/check.html",
        view=view,
        named=named(view),
        understood=understood(view.counts),
        difference=difference(view.counts["difference"]) if "difference" in view.counts else (),
        warnings=waiting.warnings,
        row_columns=ROW_COLUMNS,
        rows=_table(list_id, waiting.rows),
        pages=Pages(at, last, later),
        ready=ready,
        gaps=states.get(RowState.PROBLEM, 0),
        left_out=states.get(RowState.LEFT_OUT, 0),
        button=take_in_words(ready, later),
        is_open=view.state == ListState.OPEN,
        mend_files=(
            ("These rows as CSV, to mend in the list itself", reverse("lists:mend-csv", args=[list_id])),
            ("The same as a spreadsheet", reverse("lists:mend-xlsx", args=[list_id])),
        ),
    )


def _table(list_id: UUID, rows: list[queries.RowView]) -> list[tuple[Cell | str, ...]]:
    return [
        (
            Cell(f"Correct row {row.number}", reverse("lists:row", args=[list_id, row.id])),
            problem.column or "The whole row",
            problem.text[:80],
            f"It {problem.words}. {problem.what_to_do}",
        )
        for row in rows
        for problem in row.problems
    ]


@page("lists.open", ("POST",))
def take(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Let it go in, as a job."""
    try:
        actions.let_go_in(request.actor, list_id, with_gaps="with_gaps" in request.POST)  # type: ignore[attr-defined]
    except NotNow as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("lists:list", args=[list_id]))


@page("lists.open", ("GET", "POST"))
def row(request: HttpRequest, list_id: UUID, row_id: UUID) -> HttpResponse:
    """One row, cell by cell. What she typed is kept, also when it cannot be read yet."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and "leave_out" in request.POST:
        actions.leave_out(actor, list_id, row=row_id)
        messages.success(request, "The row stays out of this list.")
        return HttpResponseRedirect(reverse("lists:check", args=[list_id]))
    view = queries.waiting_row(actor, list_id, row_id)
    form = RowForm(view.headings, view.cells, request.POST or None)
    if request.method == "POST" and form.is_valid():
        problems = actions.correct_row(actor, list_id, row=row_id, cells=form.typed())
        if not problems:
            messages.success(request, f"Row {view.number} can go in now.")
            return HttpResponseRedirect(reverse("lists:check", args=[list_id]))
        form.say(problems)
    return screen(
        request,
        "interchange/row.html",
        status=422 if form.errors else 200,
        form=form,
        view=view,
        list_id=list_id,
        wrong=[_sentence(problem) for problem in view.problems] if not form.is_bound else (),
    )


def _sentence(problem: Problem) -> str:
    return f"{problem.column or 'This row'} {problem.words}. {problem.what_to_do}"


@page("lists.open", ("POST",))
def to_mend(request: HttpRequest, list_id: UUID, form: str) -> HttpResponse:
    """The rows that need a person, as a file for whoever keeps the list. Each line says the number of the file."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.all_waiting(actor, list_id)
    number = actions.number_copy(actor, list_id, rows=len(rows))
    make, kind = (
        (as_csv, "text/csv; charset=utf-8")
        if form == "csv"
        else (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )
    return HttpResponse(
        make(rows, number),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="rows-to-mend.{form}"'},
    )

"""A breach. Minutes matter: one form opens it, one button stops all sharing, one table tells what was read."""

import io
from uuid import UUID

from defusedcsv import csv
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Download, SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, moment
from alongside.register.agencies import queries as agencies
from alongside.register.rights.actions import breach as actions
from alongside.register.rights.forms.others import BreachForm, HowForm, PlainForm, now_in_boxes
from alongside.register.rights.pages.steps import Step, history, one
from alongside.register.rights.queries import breach as queries
from alongside.register.rights.queries.breach import BreachRow, BreachView
from alongside.register.rights.refusals import AgainstRule

COLUMNS = (Column("Known since"), Column("Tell by"), Column("State"))
READ = (Column("Record"), Column("Kinds of facts"), Column("Times", numeric=True), Column("First"), Column("Last"))


@page("rights.desk")
def register(request: HttpRequest) -> HttpResponse:
    return screen(
        request,
        "rights/register.html",
        title="Breaches",
        lede="Something may have been seen without a right to. The Information Commissioner is told in 72 hours.",
        new=("Write down a breach", reverse("rights:breach-new")),
        caption="Newest first",
        columns=COLUMNS,
        rows=lines(queries.breaches(request.actor)),  # type: ignore[attr-defined]
    )


def lines(rows: list[BreachRow]) -> list[tuple[object, ...]]:
    return [
        (
            Cell(moment(timezone.localtime(row.known_since)), reverse("rights:breach", args=[row.id])),
            moment(timezone.localtime(row.tell_by)),
            Cell(row.state, tag="yellow" if row.is_open else "neutral"),
        )
        for row in rows
    ]


@page("rights.desk", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = BreachForm(request.POST or None, workers=agencies.colleagues(actor), initial=now_in_boxes(timezone.now()))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.write_down(
                actor,
                said=typed["said"],
                known_since=typed["known_since"],
                worker=UUID(typed["worker"]) if typed["worker"] else None,
                since=typed["since"],
                until=typed["until"],
            )
        except AgainstRule as error:
            form.add_error(None, error.words)
        else:
            messages.success(request, "Kept. The 72 hours run.")
            return HttpResponseRedirect(reverse("rights:breach", args=[made]))
    return screen(
        request,
        "rights/form.html",
        status=422 if form.errors else 200,
        title="Write down a breach",
        lede="What you do not know yet can be added by closing it later. Write it down first.",
        form=form,
        button="Start the clock",
    )


@page("rights.desk", methods=("GET", "POST"))
def breach(request: HttpRequest, breach: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = queries.breach_view(actor, breach)
    return one(
        request,
        _steps(actor, view) if view.row.is_open else [],
        template="rights/breach.html",
        title="Breach",
        caption=view.row.state,
        back=("All breaches", reverse("rights:breaches")),
        summary=_summary(view),
        read=view.read,
        columns=READ,
        rows=_read_rows(view),
        links=(Download("For the report, without names (CSV)", reverse("rights:breach-file", args=[breach])),),
        history=history(view.signatures),
    )


@page("rights.desk")
def breach_file(request: HttpRequest, breach: UUID) -> HttpResponse:
    """What the Information Commissioner's form asks, without a name: codes, kinds of facts, times."""
    view = queries.breach_view(request.actor, breach)  # type: ignore[attr-defined]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([("Known since", moment(timezone.localtime(view.row.known_since))), ("Women", view.read.women)])
    writer.writerow([column.words for column in READ])
    writer.writerows(_read_rows(view))
    headers = {"Content-Disposition": 'attachment; filename="breach.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _read_rows(view: BreachView) -> list[tuple[str, ...]]:
    return [
        (
            line.code,
            line.groups,
            str(line.times),
            moment(timezone.localtime(line.first)),
            moment(timezone.localtime(line.last)),
        )
        for line in view.read.lines
    ]


def _steps(actor: Actor, view: BreachView) -> list[Step]:
    made, steps = view.row.id, []
    if not view.is_frozen:
        about = "Other agencies see nothing more of your women, from the next click on. It can be set going again."
        steps.append(
            Step(
                "freeze",
                "Stop all sharing",
                "Stop all sharing",
                PlainForm,
                lambda _: _frozen(actor, made),
                about,
                "warning",
            )
        )
    elif not view.is_thawed:
        about = "To the same agencies, the same facts, the same ends. What ended meanwhile stays ended."
        steps.append(Step("thaw", "Share again", "Share again", PlainForm, lambda _: _thawed(actor, made), about))
    if not view.is_reported:
        steps.append(
            Step(
                "report", "Information Commissioner", "They have been told", PlainForm, lambda _: _reported(actor, made)
            )
        )
    steps.append(Step("close", "Close it", "Close it", HowForm, lambda said: _closed(actor, made, said)))
    return steps


def _frozen(actor: Actor, breach: UUID) -> str:
    return f"Stopped: {actions.freeze(actor, breach):,} grants."


def _thawed(actor: Actor, breach: UUID) -> str:
    return f"In force again: {actions.thaw(actor, breach):,} grants."


def _reported(actor: Actor, breach: UUID) -> str:
    actions.report(actor, breach)
    return "Kept."


def _closed(actor: Actor, breach: UUID, said: dict[str, str]) -> str:
    actions.close(actor, breach, said=said["how"])
    return "Closed."


def _summary(view: BreachView) -> list[SummaryRow]:
    facts = (
        ("State", view.row.state),
        ("What happened", view.said),
        ("Tell the Information Commissioner by", moment(timezone.localtime(view.row.tell_by))),
        ("Whose reading is listed", view.worker or "Everyone’s"),
        ("Days", f"{day(view.since)} to {day(view.until)}"),
        ("Grants stopped", f"{view.frozen:,}" if view.is_frozen else ""),
        ("What was found", view.closed_words),
    )
    return [SummaryRow(key, text) for key, text in facts if text]

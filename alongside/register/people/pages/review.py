"""Possible same women: the queue, one pair at a time, what was decided, and taking it back."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.permissions import decide as gate
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Evidence, Moment, Pages, SummaryRow
from alongside.foundation.kit.screens import fragment, screen
from alongside.foundation.kit.show import day, moment
from alongside.register.people.forms.review import JudgementForm
from alongside.register.people.jobs import start_linkage
from alongside.register.people.linking import AlreadyUndone, ContradictoryDecision, decide, undo
from alongside.register.people.pages.shown import summary_of
from alongside.register.people.queries import decisions as decided
from alongside.register.people.queries import review as queries

SHOW = {"": "All", queries.BETWEEN: "Between two agencies", queries.WITHIN: "Within one agency"}


@page("people.review")
def review(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, the most helpful look first."""
    actor = request.actor  # type: ignore[attr-defined]
    show = _show(request.GET.get("show", ""))
    queue = queries.queue(actor, show, _number(request.GET.get("page", "")))
    may_start = gate(actor, "people.start_linkage").allowed
    return screen(
        request,
        "people/review.html",
        queue=queue,
        show=show,
        choices=SHOW if queries.sees_both_kinds(actor) else {},
        pages=Pages(queue.page, queue.last_page, queue.waiting, f"?show={show}&page={{page}}"),
        may_start=may_start,
        run=queries.latest_run(actor) if may_start else None,
        done=_done(request),
    )


@page("people.review")
def pair(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Two records, what speaks for and against one woman, and three answers."""
    return _pair(request, pair_id, JudgementForm(), _show(request.GET.get("show", "")))


def _pair(request: HttpRequest, pair_id: UUID, form: JudgementForm, show: str, status: int = 200) -> HttpResponse:
    view = queries.pair_view(request.actor, pair_id)  # type: ignore[attr-defined]
    return screen(
        request,
        "people/pair.html",
        status=status,
        pair=view,
        form=form,
        show=show,
        done=_done(request),
        speaks_for=[Evidence(words) for words in view.speaks_for],
        speaks_against=[Evidence(words) for words in view.speaks_against],
        sides=[(side, [*(summary_of(side.known) if side.known else ()), *_facts(side)]) for side in view.sides],
    )


def _facts(side: queries.Side) -> list[SummaryRow]:
    alone = "A group of its own" if len(side.group) < 2 else ", ".join(side.group)
    return [
        SummaryRow("Agency", side.agency),
        SummaryRow("Seen", _seen(side.record.first_seen_on, side.record.last_seen_on)),
        SummaryRow("Grouped now with", alone),
    ]


def _seen(first: date | None, last: date | None) -> str:
    """`4 March 2026 to 9 May 2026`; one day once; in words when it is not known."""
    if first and last and first != last:
        return f"{day(first)} to {day(last)}"
    return day(first or last) or "Not known when"


@page("people.review", methods=("POST",))
def decide_pair(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Keep the answer and go on to the next pair."""
    actor = request.actor  # type: ignore[attr-defined]
    show = _show(request.POST.get("show", ""))
    form = JudgementForm(request.POST)
    if not form.is_valid():
        return _pair(request, pair_id, form, show, status=422)
    try:
        done = decide(actor, pair_id, judgement=form.judged(), reason=form.cleaned_data["reason"])
    except ContradictoryDecision as fault:
        form.add_error(None, fault.words)
        return _pair(request, pair_id, form, show, status=409)
    following = queries.next_pair(actor, show)
    target = reverse("people:pair", args=[following]) if following else reverse("people:review")
    return HttpResponseRedirect(f"{target}?show={show}&done={done}")


@page("people.review", methods=("POST",))
def undo_decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision back; a second time changes nothing."""
    with suppress(AlreadyUndone):
        undo(request.actor, decision_id)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("people:decisions"))


@page("people.review")
def decisions(request: HttpRequest) -> HttpResponse:
    """Who decided what, when and why."""
    found = decided.decisions(request.actor, _number(request.GET.get("page", "")))  # type: ignore[attr-defined]
    rows = [(row, Moment(f"{row.codes}: {row.judgement}", moment(row.at), row.by, row.reason)) for row in found.rows]
    return screen(
        request,
        "people/review_decisions.html",
        rows=rows,
        pages=Pages(found.page, found.last_page, found.total),
    )


@page("people.start_linkage", methods=("POST",))
def compare(request: HttpRequest) -> HttpResponse:
    """Ask for all records to be compared again."""
    start_linkage(request.actor)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("people:review"))


@page("people.start_linkage")
def comparing(request: HttpRequest) -> HttpResponse:
    """How far the comparing is: a part of the review page."""
    run = queries.latest_run(request.actor)  # type: ignore[attr-defined]
    return fragment(request, "people/review_progress.html", run=run)


def _show(text: str) -> str:
    return text if text in SHOW else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def _done(request: HttpRequest) -> decided.DecisionRow | None:
    """The decision just made, so that she can undo it at once."""
    try:
        return decided.decision_row(request.actor, UUID(request.GET.get("done", "")))  # type: ignore[attr-defined]
    except ValueError:
        return None

"""The agency's lists; handing one in; one list with how far it is; undoing it.

Task: hand in last month's list. Who: a manager at a desk, or a contributor. Clicks when the headings match: Lists, the
file, Hand in, Continue, Take in: five.
"""

from math import ceil
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Pages
from alongside.foundation.kit.screens import fragment, screen
from alongside.foundation.kit.show import moment, number
from alongside.insight.interchange import actions, queries
from alongside.insight.interchange.codes import ListState, NotNow
from alongside.insight.interchange.forms import FileForm
from alongside.insight.interchange.pages.shown import COLOURS, named, progress_words, went_in
from alongside.insight.interchange.reading import ListRefused

SIZE = 50
COLUMNS = (Column("List"), Column("Handed in by"), Column("Rows", numeric=True), Column("State"))


@page("lists.open")
def index(request: HttpRequest) -> HttpResponse:
    return _index(request, FileForm())


@page("lists.open", ("POST",))
def hand_in(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, 422)
    given = form.cleaned_data["file"]
    try:
        received = actions.hand_in(request.actor, content=given.read(), file_name=given.name)  # type: ignore[attr-defined]
    except ListRefused as refused:
        form.add_error("file", refused.words)
        return _index(request, form, 422)
    if not received.is_new:
        since = moment(timezone.localtime(received.since))
        messages.info(request, f"This very file came in on {since}. There is nothing to do.")
        return HttpResponseRedirect(reverse("lists:list", args=[received.id]))
    return HttpResponseRedirect(reverse("lists:columns", args=[received.id]))


def _index(request: HttpRequest, form: FileForm, status: int = 200) -> HttpResponse:
    at = asked_page(request)
    found, total = queries.lists_of(request.actor, at, SIZE)  # type: ignore[attr-defined]
    last = max(1, ceil(total / SIZE))
    if at > last:
        raise Http404
    rows = [
        (
            Cell(named(view), reverse("lists:list", args=[view.id])),
            view.handed_in_by,
            number(view.counts["rows"]),
            Cell(view.state.words, tag=COLOURS[view.state]),
        )
        for view in found
    ]
    return screen(
        request,
        "interchange/index.html",
        status=status,
        form=form,
        columns=COLUMNS,
        rows=rows,
        pages=Pages(at, last, total),
    )


def asked_page(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return int(typed) if typed.isdigit() and int(typed[:6]) > 0 else 1


@page("lists.open")
def one(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Where the list is: waiting for her, going in, in, or undone."""
    view = queries.the_list(request.actor, list_id)  # type: ignore[attr-defined]
    if view.state == ListState.OPEN:
        return HttpResponseRedirect(reverse("lists:check", args=[list_id]))
    return screen(
        request,
        "interchange/list.html",
        view=view,
        title=named(view),
        progress=progress_words(view),
        went_in=went_in(view.counts) if "taken" in view.counts else (),
        states=ListState,
        left=queries.rows_left(request.actor, list_id) if view.state == ListState.TAKEN else 0,  # type: ignore[attr-defined]
    )


@page("lists.open")
def progress(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """How far the list is: a part of its page."""
    view = queries.the_list(request.actor, list_id)  # type: ignore[attr-defined]
    state = "running" if view.is_at_work else "finished"
    return fragment(
        request,
        "interchange/progress.html",
        words=progress_words(view),
        percent=view.percent,
        state=state,
        following="" if view.is_at_work else reverse("lists:list", args=[list_id]),
    )


@page("lists.open", ("GET", "POST"))
def undo(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Ask, then undo the list as a whole."""
    actor = request.actor  # type: ignore[attr-defined]
    view = queries.the_list(actor, list_id)
    if view.is_ended:
        raise Http404
    if request.method == "POST":
        try:
            actions.undo(actor, list_id)
        except NotNow as fault:
            messages.info(request, fault.words)
        return HttpResponseRedirect(reverse("lists:list", args=[list_id]))
    return screen(request, "interchange/undo.html", view=view, named=named(view), is_in=view.state != ListState.OPEN)

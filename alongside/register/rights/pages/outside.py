"""Requests from police and others.

A worker at the desk, a letter in her hand: two fields and a button keep it; the rest can be added when it comes in. Two
others read what stands there and sign, one page and one tap each.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import Subject, decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.rights.actions import outside as actions
from alongside.register.rights.codes import TurnedDownFor
from alongside.register.rights.forms.fields import partial
from alongside.register.rights.forms.others import PlainForm
from alongside.register.rights.forms.outside import GiveForm, OutsideForm, TurnDownForm, started_from
from alongside.register.rights.pages.steps import Step, history, one
from alongside.register.rights.queries import outside as queries
from alongside.register.rights.queries.outside import OutsideRow, OutsideView
from alongside.register.rights.records import own_record_called
from alongside.register.rights.refusals import AgainstRule

COLUMNS = (Column("Came in"), Column("Who asks"), Column("About"), Column("State"))


@page("rights.open")
def register(request: HttpRequest) -> HttpResponse:
    return screen(
        request,
        "rights/register.html",
        title="What others ask about women",
        lede="Police, courts, councils, insurers: what they asked, on what law, who authorised it, what she was told.",
        new=("Write down a request", reverse("rights:outside-new")),
        caption="Requests, newest first",
        columns=COLUMNS,
        rows=lines(queries.register(request.actor)),  # type: ignore[attr-defined]
    )


def lines(rows: list[OutsideRow]) -> list[tuple[object, ...]]:
    return [
        (
            Cell(day(row.received_on), reverse("rights:outside-one", args=[row.id])),
            row.asker,
            row.code or "We do not know whom",
            Cell(row.state, tag="yellow" if row.is_open else "neutral"),
        )
        for row in rows
    ]


@page("rights.open", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@page("rights.open", methods=("GET", "POST"))
def edit(request: HttpRequest, outside: UUID) -> HttpResponse:
    return _form(request, queries.outside_view(request.actor, outside))  # type: ignore[attr-defined]


def _form(request: HttpRequest, view: OutsideView | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    start = started_from(view.written, view.row.code) if view else {"received_on": partial(timezone.localdate())}
    form = OutsideForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, actor, form, view)
        except AgainstRule as error:
            form.add_error("code" if "code" in error.words else None, error.words)
    return screen(
        request,
        "rights/form.html",
        status=422 if form.errors else 200,
        title="Complete the request" if view else "Write down a request",
        lede="Nothing is given by this. Two people judge it, and neither of them is you.",
        form=form,
        button="Keep it",
    )


def _kept(request: HttpRequest, actor: Actor, form: OutsideForm, view: OutsideView | None) -> HttpResponse:
    code = form.cleaned_data["code"]
    written = form.written(own_record_called(actor, code).id if code else None)
    if view:
        kept = view.row.id
        actions.complete(actor, kept, written=written)
    else:
        kept = actions.write_down(actor, written)
    messages.success(request, "Kept. Nothing has been given.")
    return HttpResponseRedirect(reverse("rights:outside-one", args=[kept]))


@page("rights.open", methods=("GET", "POST"))
def outside_one(request: HttpRequest, outside: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = queries.outside_view(actor, outside)
    can_edit = view.row.is_open and not view.is_signed
    return one(
        request,
        _steps(actor, view) if view.row.is_open else [],
        title=f"Request of {day(view.row.received_on)}",
        caption=view.row.asker,
        back=("All requests", reverse("rights:outside")),
        summary=_summary(view),
        lacking=view.lacking if view.row.is_open else (),
        edit=("Add what came in", reverse("rights:outside-edit", args=[outside])) if can_edit else None,
        history=history(view.signatures),
    )


def _steps(actor: Actor, view: OutsideView) -> list[Step]:
    here = Subject("", None, actor.partnership, actor.agency)
    may_judge = decide(actor, "rights.authorise", here).allowed
    steps = []
    if may_judge and view.is_mine_to_sign and not view.lacking:
        words = "Authorise, second signature" if view.is_signed else "Authorise, first signature"
        about = "You say: it is lawful, it is needed, and nothing less would do."
        steps.append(Step("sign", "Authorise it", words, PlainForm, lambda _: _signed(actor, view), about))
    if may_judge:
        steps.append(
            Step(
                "turn-down", "Turn it down", "Turn it down", TurnDownForm, lambda said: _turned_down(actor, view, said)
            )
        )
    if view.is_authorised:
        steps.insert(0, Step("give", "Give it", "It has been given", GiveForm, lambda said: _given(actor, view, said)))
    return steps


def _signed(actor: Actor, view: OutsideView) -> str:
    is_second = actions.sign(actor, view.row.id)
    return "Signed. It may be given now." if is_second else "Signed. Someone else has to sign too."


def _turned_down(actor: Actor, view: OutsideView, said: dict[str, str]) -> str:
    actions.turn_down(actor, view.row.id, reason=TurnedDownFor(said["reason"]))
    return "Turned down. It counts among those that were."


def _given(actor: Actor, view: OutsideView, said: dict[str, str]) -> str:
    actions.give(actor, view.row.id, how=said["how"])
    return "Kept: it was given."


def _summary(view: OutsideView) -> list[SummaryRow]:
    written = view.written
    facts = (
        ("State", view.row.state),
        ("About", view.row.code or "We do not know whom they mean"),
        ("Asked by", written.asked_by_whom),
        ("In writing", "Yes" if written.in_writing else "No"),
        ("Law", written.power.words),
        ("Which", written.power_words),
        ("What for", written.purpose),
        ("Why it is necessary", written.necessity),
        ("The least that would do", written.extract),
        ("She may have been harmed", written.is_harmed.words),
        ("What they gave", "; ".join(each.words for each in written.points)),
        ("Counselling notes", written.counselling.words),
        ("Is she told", written.told.words),
        ("When, or why not", written.told_words),
        ("Given", view.given_words),
    )
    return [SummaryRow(key, text) for key, text in facts if text]

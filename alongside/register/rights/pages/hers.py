"""What she asks of us.

She says it at the desk: the worker writes her code, what and when, one button. The page then says what comes next and
by when. Her copy is made on screen, checked by another person, printed, and given into her hand.
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
from alongside.register.rights.actions import hers as actions
from alongside.register.rights.actions import keeping
from alongside.register.rights.codes import Decision, Kind, Way
from alongside.register.rights.forms.fields import partial
from alongside.register.rights.forms.others import DecisionForm, HerRequestForm, HowForm, PlainForm, WhyForm
from alongside.register.rights.pages.steps import Step, history, one
from alongside.register.rights.queries import hers as queries
from alongside.register.rights.queries.hers import HerRow, HerView
from alongside.register.rights.records import own_record_called
from alongside.register.rights.refusals import AgainstRule

COLUMNS = (Column("Record"), Column("What"), Column("Asked"), Column("Due"), Column("State"))


@page("rights.open")
def register(request: HttpRequest) -> HttpResponse:
    return screen(
        request,
        "rights/register.html",
        title="What women ask of us",
        lede="A copy, a correction, an erasure, a complaint. Each is answered within a month.",
        new=("Write down what she asks", reverse("rights:hers-new")),
        caption="Newest first",
        columns=COLUMNS,
        rows=lines(queries.register(request.actor)),  # type: ignore[attr-defined]
    )


def lines(rows: list[HerRow]) -> list[tuple[object, ...]]:
    return [
        (
            Cell(row.code, reverse("rights:hers-one", args=[row.id])),
            row.kind.words,
            day(row.received_on),
            Cell(f"{day(row.due)}: late", tag="yellow") if row.is_late else day(row.due),
            Cell(row.state, tag="teal" if row.is_open else "neutral"),
        )
        for row in rows
    ]


@page("rights.open", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = HerRequestForm(request.POST or None, initial={"received_on": partial(timezone.localdate())})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            her = own_record_called(actor, typed["code"])
            made = actions.receive(
                actor,
                her.id,
                kind=Kind(typed["kind"]),
                way=Way(typed["way"]),
                received_on=typed["received_on"],
                said=typed["said"],
            )
        except AgainstRule as error:
            form.add_error("code", error.words)
        else:
            messages.success(request, "Kept. The clock runs.")
            return HttpResponseRedirect(reverse("rights:hers-one", args=[made]))
    return screen(
        request,
        "rights/form.html",
        status=422 if form.errors else 200,
        title="Write down what she asks",
        lede="No form of words is needed, and no reason. Nothing she gets from us depends on it.",
        form=form,
        button="Keep it",
    )


@page("rights.open", methods=("GET", "POST"))
def hers_one(request: HttpRequest, hers: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = queries.her_request(actor, hers)
    may_pack = decide(actor, "rights.pack", Subject("", None, actor.partnership, actor.agency)).allowed
    has_pack = view.row.kind == Kind.ACCESS and view.row.is_open and view.decision != Decision.NO and may_pack
    return one(
        request,
        _steps(actor, view) if view.row.is_open else [],
        title=view.row.kind.words,
        caption=f"Record {view.row.code}",
        back=("All that women asked", reverse("rights:hers")),
        summary=_summary(view),
        lacking=(),
        edit=("Make her copy", reverse("rights:pack", args=[hers])) if has_pack else None,
        history=history(view.signatures),
    )


def _steps(actor: Actor, view: HerView) -> list[Step]:
    here, request = Subject("", None, actor.partnership, actor.agency), view.row.id
    steps = []
    if not view.is_identity_settled:
        about = "A worker who knows her has met her: it is she, and nobody stands behind her."
        steps.append(
            Step(
                "it-is-she",
                "Who asks",
                "It is she",
                PlainForm,
                lambda _: _did(actions.settle_identity, actor, request),
                about,
            )
        )
        if not view.is_identity_asked:
            about = "Someone may be posing as her. The clock stands until that is settled."
            steps.append(
                Step(
                    "not-sure",
                    "Not sure who asks",
                    "We are not sure",
                    PlainForm,
                    lambda _: _did(actions.ask_for_identity, actor, request),
                    about,
                )
            )
    if not view.is_acknowledged:
        steps.append(
            Step(
                "acknowledge",
                "Tell her that it is looked at",
                "She was told",
                PlainForm,
                lambda _: _did(actions.acknowledge, actor, request),
            )
        )
    if decide(actor, "rights.decide", here).allowed:
        steps += _decisions(actor, view)
    is_to_erase = view.row.kind == Kind.ERASURE and view.decision == Decision.YES
    if is_to_erase:
        steps += _erasing(actor, view)
    if view.decision is not None and not is_to_erase and (view.row.kind != Kind.ACCESS or view.decision == Decision.NO):
        steps.append(
            Step("answer", "Answer her", "She has her answer", HowForm, lambda said: _answered(actor, request, said))
        )
    return steps


def _erasing(actor: Actor, view: HerView) -> list[Step]:
    here, request, steps = Subject("", None, actor.partnership, actor.agency), view.row.id, []
    if view.is_mine_to_agree and decide(actor, "rights.agree_erasure", here).allowed:
        about = "You have looked at it too. The data protection lead erases it then."
        steps.append(
            Step("agree", "Agree", "It may be erased", PlainForm, lambda _: _did(keeping.agree, actor, request), about)
        )
    if view.is_mine_to_erase and decide(actor, "rights.erase", here).allowed:
        about = (
            "The keys are destroyed. Nobody can read it afterwards, from a backup neither. What is left is a number."
        )
        steps.append(
            Step(
                "erase",
                "Erase",
                "Erase it for good",
                PlainForm,
                lambda _: _erased(actor, request),
                about,
                "warning",
                "Erase this for good?",
            )
        )
    return steps


def _decisions(actor: Actor, view: HerView) -> list[Step]:
    steps = []
    if view.decision is None:
        steps.append(
            Step("decide", "Decide", "Keep the decision", DecisionForm, lambda said: _decided(actor, view, said))
        )
    if not view.is_extended and view.row.due is not None:
        about = "Only when it is complex. She is told why within the first month."
        steps.append(
            Step(
                "extend",
                "Two months more",
                "Two months more",
                WhyForm,
                lambda said: _extended(actor, view, said),
                about,
            )
        )
    return steps


def _did(action, actor: Actor, request: UUID) -> str:  # type: ignore[no-untyped-def]
    action(actor, request)
    return "Kept."


def _decided(actor: Actor, view: HerView, said: dict[str, str]) -> str:
    actions.decide(actor, view.row.id, decision=Decision(said["decision"]), why=said["why"])
    return "Decided."


def _extended(actor: Actor, view: HerView, said: dict[str, str]) -> str:
    actions.extend(actor, view.row.id, why=said["why"])
    return "Two months more. Tell her, and why."


def _answered(actor: Actor, request: UUID, said: dict[str, str]) -> str:
    actions.answer(actor, request, how=said["how"])
    return "Done."


def _erased(actor: Actor, request: UUID) -> str:
    keeping.erase(actor, request)
    return "Erased. What stands here now names nobody."


def _summary(view: HerView) -> list[SummaryRow]:
    facts = (
        ("State", view.row.state),
        ("How", view.way),
        ("In her words", view.said),
        ("Asked", day(view.row.received_on)),
        ("To be acknowledged by", "" if view.is_acknowledged else day(view.acknowledge_by)),
        ("To be answered by", day(view.row.due)),
        ("Decision", view.decision.words if view.decision else ""),
        ("Because", view.decided_words),
        ("What was done", view.done_words),
    )
    return [SummaryRow(key, text) for key, text in facts if text]

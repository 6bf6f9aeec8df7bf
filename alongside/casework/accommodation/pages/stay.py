"""Her stay: away and back, ready to move, what is to do, the end. Two clicks and a choice for each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import AwayKind, BlockedBy, EndReason, Step, TaskKind, WhereTo
from alongside.casework.accommodation.forms import AwayForm, BlockedForm, EndForm, ExpectedForm, TaskForm
from alongside.casework.accommodation.pages.shown import spell_moments
from alongside.casework.accommodation.rules import Refusal
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.screens import screen
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import seen_beside

WORK = "accommodation.work"
BESIDE = {"stay": (FieldGroup.WHEREABOUTS, False)}  # who will see what is recorded of it
Told = dict[str, Any]


class NothingAsked(PageForm):
    """A button alone."""


def _away(actor: Actor, stay: UUID, told: Told) -> None:
    actions.go_away(actor, stay, kind=AwayKind(told["kind"]), begins=told["begins"], back_on=told["back_on"])


def _block(actor: Actor, stay: UUID, told: Told) -> None:
    actions.block_move(actor, stay, to_step=Step(told["to_step"]), reason=BlockedBy(told["reason"]))


def _task(actor: Actor, stay: UUID, told: Told) -> None:
    actions.add_task(actor, stay, kind=TaskKind(told["kind"]), due_on=told["due_on"])


# What may be changed in a stay: its form, what is done, and what is said then.
CHANGES: dict[str, tuple[type[PageForm], Callable[[Actor, UUID, Told], object], str]] = {
    "away": (AwayForm, _away, "She is away; her bed stays hers."),
    "back": (NothingAsked, lambda actor, stay, told: actions.return_home(actor, stay), "She is back."),
    "blocked": (BlockedForm, _block, "She is ready to move; what is in the way is recorded."),
    "unblock": (
        NothingAsked,
        lambda actor, stay, told: actions.unblock_move(actor, stay),
        "Nothing is in the way of her move now.",
    ),
    "expected": (
        ExpectedForm,
        lambda actor, stay, told: actions.expect_move(actor, stay, leaves_on=told["leaves_on"]),
        "The day is recorded.",
    ),
    "task": (TaskForm, _task, "It is on her list of things to do."),
}


@page(WORK)
def stay(request: HttpRequest, stay: UUID) -> HttpResponse:
    return _stay(request, stay)


def _stay(
    request: HttpRequest, stay: UUID, faulty: tuple[str, PageForm] | None = None, status: int = 200
) -> HttpResponse:
    shown = queries.stay_page(request.actor, stay)  # type: ignore[attr-defined]
    forms = {
        what: form(initial={"leaves_on": shown.leaves_on}, auto_id=f"{what}_%s")
        for what, (form, _, _) in CHANGES.items()
    }
    if faulty:
        forms[faulty[0]] = faulty[1]
    return screen(
        request,
        "accommodation/stay.html",
        seen_by=seen_beside(request.actor, shown.record, BESIDE)["stay"],  # type: ignore[attr-defined]
        status=status,
        stay=shown,
        forms=forms,
        history=spell_moments(shown.spells),
        **({"form": faulty[1]} if faulty else {}),
    )


@page(WORK, methods=("POST",))
def change(request: HttpRequest, stay: UUID) -> HttpResponse:
    """One of CHANGES, named by the field `what`."""
    what = request.POST.get("what", "")
    if what not in CHANGES:
        raise Http404
    kind, do, said = CHANGES[what]
    form = kind(request.POST, auto_id=f"{what}_%s")
    if not form.is_valid():
        return _stay(request, stay, (what, form), 422)
    try:
        do(request.actor, stay, form.cleaned_data)  # type: ignore[attr-defined]
    except Refusal as fault:
        form.add_error(None, fault.words)
        return _stay(request, stay, (what, form), 409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("accommodation:stay", args=[stay]))


@page(WORK, methods=("GET", "POST"))
def end(request: HttpRequest, stay: UUID) -> HttpResponse:
    """Her stay ends: why, and where she went."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = queries.stay_page(actor, stay)
    form = EndForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_stay(
                actor,
                stay,
                reason=EndReason(form.cleaned_data["reason"]),
                where_to=WhereTo(form.cleaned_data["where_to"]),
                ends=form.cleaned_data["ends"],
            )
        except Refusal as fault:
            form.add_error(None, fault.words)
            status = 409
        else:
            messages.success(request, "Her stay has ended. The bed is free.")
            return HttpResponseRedirect(reverse("accommodation:board"))
    elif form.errors:
        status = 422
    return screen(request, "accommodation/end.html", status=status, stay=shown, form=form)


@page(WORK, methods=("POST",))
def task_done(request: HttpRequest, task: UUID) -> HttpResponse:
    actions.do_task(request.actor, task)  # type: ignore[attr-defined]
    messages.success(request, "Done.")
    return HttpResponseRedirect(reverse("accommodation:moves"))

"""One referral: what stands there, the answer, and what its sender does."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.referrals import actions, queries
from alongside.casework.referrals.codes import TOLD_TO_SENDER, WAITS_FOR_SERVICE, DeclineReason, State, WithdrawReason
from alongside.casework.referrals.forms import StepForm
from alongside.casework.referrals.pages import shown
from alongside.casework.referrals.rules import ReferralFault
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.actions import hand_out
from alongside.register.people.codes import FieldGroup, HandoutKind

DONE = {
    "receive": "Kept. Who sent it sees that you have it.",
    "accept": "Accepted. Who sent it will see it on their first page.",
    "decline": "Kept. Who sent it will see your answer and why.",
    "return": "Returned with your offer.",
    "offer": "Kept. Who sent it will see the day.",
    "start": "Kept. She has started.",
    "withdraw": "Withdrawn. The service sees it.",
    "know": "Kept.",
}


@page("referrals.open")
def referral(request: HttpRequest, id: UUID) -> HttpResponse:
    found = queries.referral_page(request.actor, id)  # type: ignore[attr-defined]
    state = found.row.state
    is_open = found.row.waiting is not None
    return screen(
        request,
        "referrals/referral.html",
        page=found,
        row=found.row,
        summary=shown.summary(found),
        history=shown.timeline(found.row, found.workers),
        may_answer=found.answers and state in WAITS_FOR_SERVICE,
        may_receive=found.answers and state is State.SENT,
        is_coming=found.answers and state in (State.ACCEPTED, State.OFFERED),
        may_withdraw=found.sends and is_open,
        has_offer=found.sends and state is State.RETURNED,
        may_know=found.sends
        and not found.answers
        and not found.knows_outcome
        and state in (*TOLD_TO_SENDER, State.EXPIRED),
        reasons=shown.reasons(found),
        all_reasons=DeclineReason.choices(),
        withdraw_reasons=WithdrawReason.choices(),
    )


@page("referrals.open", ("POST",))
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The form on paper, for its sender alone: numbered, with boxes for the answer that comes back by hand."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.referral_page(actor, id)
    if not found.sends or found.known is None or found.own_record is None:
        raise Http404
    number = hand_out(actor, found.own_record, HandoutKind.REFERRAL, [FieldGroup.IDENTITY])
    return screen(
        request,
        "referrals/paper.html",
        page=found,
        row=found.row,
        number=number,
        facts=shown.facts_on_paper(found.known),
        needs=[need.words for need in found.summary.needs],
        reasons=[each.words for each in DeclineReason],
        today=timezone.localdate(),
    )


@page("referrals.open", ("POST",))
def step(request: HttpRequest, id: UUID) -> HttpResponse:
    """One step by one button. What can't be done now is told in words on the page as it stands."""
    actor = request.actor  # type: ignore[attr-defined]
    form = StepForm(request.POST)
    if not form.is_valid():
        queries.referral_page(actor, id)  # not hers: not found
        for each in form.error_items():
            messages.info(request, each.words)
        return _back(id)
    what, reason = form.chosen()
    run = STEPS.get(what)
    if run is None:
        queries.referral_page(actor, id)
        messages.info(request, "Choose what to do.")
        return _back(id)
    try:
        new = run(actor, id, form.cleaned_data, reason)
    except (ReferralFault, MissingAnswer) as fault:
        messages.info(request, fault.words)
        return _back(id)
    messages.success(request, DONE.get(what, "Sent to the service that was offered."))
    return _back(new if isinstance(new, UUID) and what == "take_up" else id)


def _back(id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("referrals:referral", args=[id]))


class MissingAnswer(Exception):
    """A step needs one more thing. `words`: what."""

    def __init__(self, words: str) -> None:
        super().__init__("missing answer")
        self.words = words


def _decline_reason(reason: str) -> DeclineReason:
    if reason not in set(DeclineReason):
        raise MissingAnswer("Choose why the service says no.")
    return DeclineReason(reason)


def _withdraw_reason(reason: str) -> WithdrawReason:
    if reason not in set(WithdrawReason):
        raise MissingAnswer("Choose why you take it back.")
    return WithdrawReason(reason)


def _accept(actor: Any, id: UUID, typed: dict[str, Any], reason: str) -> object:
    return actions.accept(actor, id, seen=typed["seen"], on=typed["on"], starts_on=typed["starts_on"])


def _decline(actor: Any, id: UUID, typed: dict[str, Any], reason: str) -> object:
    return actions.decline(actor, id, seen=typed["seen"], on=typed["on"], reason=_decline_reason(reason))


def _return(actor: Any, id: UUID, typed: dict[str, Any], reason: str) -> object:
    if typed["other"] is None:
        raise MissingAnswer("Choose which service you offer instead.")
    return actions.return_with_offer(
        actor,
        id,
        seen=typed["seen"],
        on=typed["on"],
        service=typed["other"],
        reason=_decline_reason(reason),
        starts_on=typed["starts_on"],
    )


def _offer(actor: Any, id: UUID, typed: dict[str, Any], reason: str) -> object:
    if typed["starts_on"] is None:
        raise MissingAnswer("Enter the day she can come.")
    return actions.offer(actor, id, seen=typed["seen"], on=typed["on"], starts_on=typed["starts_on"])


Run = Callable[[Any, UUID, dict[str, Any], str], object]
STEPS: dict[str, Run] = {
    "receive": lambda actor, id, typed, _: actions.receive(actor, id, seen=typed["seen"], on=typed["on"]),
    "accept": _accept,
    "decline": _decline,
    "return": _return,
    "offer": _offer,
    "start": lambda actor, id, typed, _: actions.start(actor, id, seen=typed["seen"], on=typed["on"]),
    "withdraw": lambda actor, id, typed, reason: actions.withdraw(
        actor, id, seen=typed["seen"], reason=_withdraw_reason(reason)
    ),
    "take_up": lambda actor, id, typed, _: actions.take_up_offer(actor, id, seen=typed["seen"]),
    "know": lambda actor, id, typed, _: actions.know_outcome(actor, id),
}

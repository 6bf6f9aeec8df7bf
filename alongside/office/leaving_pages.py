"""Leaving the partnership. Who: a service manager at a desk, once: read what ends, ask, take each part of the data.
Then another agency's system administrator: one page, one box, one button.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import number as number_words
from alongside.office import departing as steps
from alongside.register.agencies import departing
from alongside.register.agencies.departing import AskedAlready, NeedsAnother, NotTakenYet, TooLateNow
from alongside.register.rights.pack import packed

LEAVE, CONFIRM = "agencies.leave", "agencies.confirm_leaving"


class ConfirmForm(PageForm):
    sure = forms.BooleanField(
        label="I rang its manager, and every part of its data is in its hands",
        error_messages={"required": "Ring its manager first, then tick this"},
    )


@page(LEAVE)
def own(request: HttpRequest) -> HttpResponse:
    """What ends, what was asked, and which parts of the data were taken along."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = departing.departure(actor)
    taken = {(each.part, each.of): each for each in asked.parts if each.by_id == actor.user} if asked else {}
    parts = [(each, taken.get((each.number, each.of))) for each in steps.parts(actor)] if asked else []
    return screen(
        request,
        "office/leaving.html",
        asked=asked,
        ends=_summary(steps.counts(actor)),
        parts=parts,
        all_taken=asked is not None and all(copy and copy.number in asked.copies for _, copy in parts),
        others=steps.other_managers(actor),
    )


@page(LEAVE, methods=("POST",))
def ask(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        departing.ask_to_leave(actor, counts=steps.counts(actor))
        messages.success(request, "You have asked. Nothing has ended yet: now take your data along.")
    except AskedAlready as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("leaving"))


@page(LEAVE, methods=("POST",))
def stay(request: HttpRequest, departure: UUID) -> HttpResponse:
    try:
        departing.stay_after_all(request.actor, departure=departure)  # type: ignore[attr-defined]
        messages.success(request, "Taken back. Your agency stays; delete the files that you took along.")
    except TooLateNow as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("leaving"))


@page(LEAVE, methods=("POST",))
def take(request: HttpRequest, part: int) -> HttpResponse:
    """One part of the data as a file; its number is in its name and stays with each woman in it."""
    try:
        copy, sections = steps.take_part(request.actor, part)  # type: ignore[attr-defined]
    except TooLateNow as fault:
        raise Http404 from fault
    content = packed([(each.title, each.columns, each.rows) for each in sections])
    headers = {"Content-Disposition": f'attachment; filename="part-{part}-{copy}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@page(CONFIRM)
def departures(request: HttpRequest) -> HttpResponse:
    """Every agency that asked to leave, or left, and what ended with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = [(each, _summary(dict(each.counts))) for each in departing.departures(actor)]
    return screen(request, "office/departures.html", rows=rows)


@page(CONFIRM, methods=("GET", "POST"))
def confirm(request: HttpRequest, departure: UUID) -> HttpResponse:
    """The last step: what ends, once more, and the button."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = next((each for each in departing.departures(actor) if each.id == departure), None)
    if asked is None or asked.confirmed_at is not None:
        raise Http404
    form, status = ConfirmForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            steps.confirm(actor, departure)
        except (NeedsAnother, NotTakenYet, TooLateNow, steps.HeldByLaw, steps.PartMissing) as fault:
            form.add_error(None, fault.words)
            status = 409
        else:
            messages.success(request, f"{asked.agency_name} has left.")
            return HttpResponseRedirect(reverse("departures"))
    elif form.errors:
        status = 422
    facts = {"asked": asked, "ends": _summary(dict(asked.counts)), "form": form}
    missing = steps.part_missing(asked, actor.partnership) if asked.whole and actor.partnership else ""
    return screen(request, "office/depart.html", status=status, missing=missing, **facts)


def _summary(counts: dict[str, int]) -> list[SummaryRow]:
    return [SummaryRow(words, number_words(count)) for words, count in steps.told(counts)]

"""Tonight's board and what one does from it: at a desk, often interrupted. A free bed is given in three clicks:
the bed, the woman, Give."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import VoidReason
from alongside.casework.accommodation.forms import GiveForm, HoldForm, VoidForm, next_day
from alongside.casework.accommodation.pages.shown import bed_cells, board_columns
from alongside.casework.accommodation.queries.bed import BedPage
from alongside.casework.accommodation.rules import BedTaken, Refusal
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.screens import screen
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import seen_of_each

WORK = "accommodation.work"


@page("accommodation.see_board")
def board(request: HttpRequest) -> HttpResponse:
    """Who is here, what is free, held or not in use, and who waits."""
    actor = request.actor  # type: ignore[attr-defined]
    may_work = decide(actor, WORK).allowed
    shown = queries.board(actor)
    return screen(
        request,
        "accommodation/board.html",
        board=shown,
        may_work=may_work,
        columns=board_columns(),
        tables=[(unit, [bed_cells(bed, may_work) for bed in unit.beds]) for unit in shown.units],
    )


@page(WORK)
def bed(request: HttpRequest, bed: UUID) -> HttpResponse:
    """A bed, and whom it may be given to."""
    return _bed(request, queries.bed_page(request.actor, bed, _chosen(request.GET.get("woman", ""))))  # type: ignore[attr-defined]


def _bed(request: HttpRequest, shown: BedPage, form: PageForm | None = None, status: int = 200) -> HttpResponse:
    choices = _choices(shown)
    give = (
        form if isinstance(form, GiveForm) else GiveForm(choices, initial={"woman": choices[0][0]} if choices else {})
    )
    return screen(
        request,
        "accommodation/bed.html",
        status=status,
        bed=shown,
        give=give,
        seen_by=_seen_by(request.actor, shown),  # type: ignore[attr-defined]
        hold=form if isinstance(form, HoldForm) else HoldForm(),
        void=form if isinstance(form, VoidForm) else VoidForm(),
        **({"form": form} if form is not None else {}),
    )


def _seen_by(actor: Actor, shown: BedPage) -> list[str]:
    """Who will see that she is in this bed: once where it is the same for all, else for each woman."""
    told = seen_of_each(actor, [her.record for her in shown.candidates], FieldGroup.WHEREABOUTS)
    if len(set(told.values())) == 1:
        return [*set(told.values())]
    return [f"of {her.who}, {told[her.record]}" for her in shown.candidates if her.record in told]


def _choices(shown: BedPage) -> list[tuple[str, str]]:
    """Value: her record, and after a colon the stay that she would leave."""
    return [
        (
            f"{her.record}:{her.moves_from}" if her.moves_from else str(her.record),
            f"{her.who}. {her.why}{' She moves from her bed with you.' if her.moves_from else ''}",
        )
        for her in shown.candidates
    ]


@page(WORK, methods=("POST",))
def give(request: HttpRequest, bed: UUID) -> HttpResponse:
    """Her stay begins."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = queries.bed_page(actor, bed, _chosen(request.POST.get("woman", "").partition(":")[0]))
    form = GiveForm(_choices(shown), request.POST)
    if shown.use and not shown.may_give:
        form.errors.clear()
        form.add_error(None, queries.why_taken(actor, bed))
        return _bed(request, shown, form, 409)
    if not form.is_valid():
        return _bed(request, shown, form, 422)
    record, _, moves_from = form.cleaned_data["woman"].partition(":")
    try:
        stay = actions.give_bed(
            actor,
            bed,
            record=UUID(record),
            begins=form.cleaned_data["begins"],
            moves_from=UUID(moves_from) if moves_from else None,
        )
    except Refusal as fault:
        return _refused(request, bed, form, fault)
    messages.success(request, "The bed is hers.")
    return HttpResponseRedirect(reverse("accommodation:stay", args=[stay]))


@page(WORK, methods=("POST",))
def hold(request: HttpRequest, bed: UUID) -> HttpResponse:
    """Keep it for her for some hours."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = queries.bed_page(actor, bed, _chosen(request.POST.get("woman", "").partition(":")[0]))
    woman, form = GiveForm(_choices(shown), request.POST), HoldForm(request.POST)
    if not (woman.is_valid() and form.is_valid()):
        return _bed(request, shown, woman if woman.errors else form, 422)
    try:
        actions.hold_bed(
            actor,
            bed,
            record=UUID(woman.cleaned_data["woman"].partition(":")[0]),
            hours=int(form.cleaned_data["hours"]),
        )
    except Refusal as fault:
        return _refused(request, bed, woman, fault)
    messages.success(request, "The bed is held for her.")
    return HttpResponseRedirect(reverse("accommodation:board"))


@page(WORK, methods=("POST",))
def void(request: HttpRequest, bed: UUID) -> HttpResponse:
    """Take it out of use. With a woman in it, it stays in use."""
    actor = request.actor  # type: ignore[attr-defined]
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _bed(request, queries.bed_page(actor, bed), form, 422)
    try:
        actions.void_bed(
            actor, bed, reason=VoidReason(form.cleaned_data["reason"]), ends=next_day(form.cleaned_data["until"])
        )
    except Refusal as fault:
        return _refused(request, bed, form, fault)
    messages.success(request, "The bed is not in use now.")
    return HttpResponseRedirect(reverse("accommodation:board"))


@page(WORK, methods=("POST",))
def free(request: HttpRequest, use: UUID) -> HttpResponse:
    """End a hold or a void."""
    try:
        actions.free_bed(request.actor, use)  # type: ignore[attr-defined]
        messages.success(request, "The bed is free.")
    except Refusal as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("accommodation:board"))


def _refused(request: HttpRequest, bed: UUID, form: PageForm, fault: Refusal) -> HttpResponse:
    """The same page as it stands now, with why it could not be done."""
    actor = request.actor  # type: ignore[attr-defined]
    form.add_error(None, queries.why_taken(actor, bed) if isinstance(fault, BedTaken) else fault.words)
    return _bed(request, queries.bed_page(actor, bed), form, 409)


def _chosen(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

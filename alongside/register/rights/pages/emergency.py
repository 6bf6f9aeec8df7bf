"""Looking in an emergency.

A night worker, one hand: her own record of the woman, "Look in an emergency", why, one tap. Whoever keeps the record
sees it on the first page at once; the data protection lead reviews it within two working days.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import emergency as actions
from alongside.register.rights.codes import Finding
from alongside.register.rights.forms.others import FindingForm, LookForm, PlainForm
from alongside.register.rights.pages.recent import confirm_it_is_she
from alongside.register.rights.pages.steps import Step, history, one
from alongside.register.rights.queries import emergency as queries
from alongside.register.rights.queries.emergency import LookRow, LookView
from alongside.register.rights.refusals import AgainstRule

COLUMNS = (Column("When"), Column("Who"), Column("Whose record"), Column("Record"), Column("State"))


@page("rights.open")
def register(request: HttpRequest) -> HttpResponse:
    return screen(
        request,
        "rights/register.html",
        title="Looks in an emergency",
        lede="Four hours, one woman, one worker. Each is reviewed within two working days.",
        new=None,
        caption="Newest first",
        columns=COLUMNS,
        rows=lines(queries.looks(request.actor)),  # type: ignore[attr-defined]
    )


def lines(rows: list[LookRow]) -> list[tuple[object, ...]]:
    return [
        (
            Cell(moment(timezone.localtime(row.opened_at)), reverse("rights:look", args=[row.id])),
            f"{row.worker}, {row.agency}",
            row.holder,
            row.code or "Theirs",
            Cell(row.state, tag="yellow" if row.is_to_review else "neutral"),
        )
        for row in rows
    ]


def told_of(actor: Actor) -> list[tuple[str, str]]:
    """What the first page says of looks that wait for a review: (sentence, where to read more). No name of a woman."""
    return [
        (
            f"{row.worker}, {row.agency}, looked at {row.code} in an emergency on"
            f" {moment(timezone.localtime(row.opened_at))}.",
            reverse("rights:look", args=[row.id]),
        )
        for row in queries.notices(actor)
    ]


@page("rights.emergency", methods=("GET", "POST"))
def begin(request: HttpRequest, record: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.beginning(actor, record)
    choices = [(str(agency), name) for agency, name in found.choices]
    form = LookForm(request.POST or None, choices=choices, initial={"held_by": choices[-1][0]})
    if request.method == "POST" and form.is_valid():
        if asked_again := confirm_it_is_she(request):
            return asked_again
        typed = form.cleaned_data
        try:
            made = actions.look(
                actor,
                record,
                held_by=UUID(typed["held_by"]),
                groups=[FieldGroup(each) for each in typed["groups"]],
                reason=typed["reason"],
            )
        except AgainstRule as error:
            form.add_error(None, error.words)
        else:
            messages.success(request, "Open for four hours, for you alone. Those who keep the record have been told.")
            return HttpResponseRedirect(reverse("rights:look", args=[made]))
    return screen(
        request,
        "rights/form.html",
        status=422 if form.errors else 200,
        title="Look in an emergency",
        caption=f"Record {found.her.code}",
        lede="For when waiting could harm her. It is noticed at once and reviewed. It opens nothing to whom she fears.",
        form=form,
        button="Open it for four hours",
    )


@page("rights.open", methods=("GET", "POST"))
def look(request: HttpRequest, look: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = queries.look_view(actor, look)
    return one(
        request,
        _steps(actor, view),
        title="Look in an emergency",
        caption=f"{view.row.worker}, {view.row.agency}",
        back=("All looks", reverse("rights:looks")),
        summary=_summary(view),
        lacking=(),
        edit=None,
        history=history(view.signatures),
    )


def _steps(actor: Actor, view: LookView) -> list[Step]:
    steps = []
    if view.is_mine and view.row.is_open:
        about = "You have seen what you needed."
        steps.append(Step("close", "Close it", "Close it now", PlainForm, lambda _: _closed(actor, view), about))
    if view.is_mine_to_review:
        about = "After the second working day, without a review, the worker can open nothing of any woman."
        steps.append(
            Step(
                "review", "Review it", "Keep the review", FindingForm, lambda said: _reviewed(actor, view, said), about
            )
        )
    return steps


def _closed(actor: Actor, view: LookView) -> str:
    actions.close(actor, view.row.id)
    return "Closed. The record is shut to you again."


def _reviewed(actor: Actor, view: LookView, said: dict[str, str]) -> str:
    actions.review(actor, view.row.id, finding=Finding(said["finding"]), why=said["why"])
    return "Reviewed."


def _summary(view: LookView) -> list[SummaryRow]:
    row = view.row
    facts = (
        ("State", row.state),
        ("Whose record", row.holder),
        ("Record", row.code),
        ("What", ", ".join(view.groups)),
        ("Why", view.reason),
        ("Open until", moment(timezone.localtime(row.until))),
        ("To be reviewed before", moment(timezone.localtime(row.review_due))),
        ("Found", view.finding),
        ("Because", view.finding_words),
    )
    return [SummaryRow(key, text) for key, text in facts if text]

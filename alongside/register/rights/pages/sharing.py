"""Sharing with an agency without asking her.

In an emergency, two people of the holder at two screens: one writes, the other reads and signs; on the second tap it is
shared.
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
from alongside.foundation.kit.show import day
from alongside.register.rights import rules
from alongside.register.rights.actions import sharing as actions
from alongside.register.rights.codes import Ground
from alongside.register.rights.forms.fields import partial
from alongside.register.rights.forms.others import DisclosureForm, PlainForm
from alongside.register.rights.pages.steps import Step, history, one
from alongside.register.rights.queries import sharing as queries
from alongside.register.rights.queries.sharing import DisclosureRow, DisclosureView
from alongside.register.rights.receivers import receivers
from alongside.register.rights.records import own_record
from alongside.register.rights.refusals import AgainstRule

COLUMNS = (Column("Record"), Column("With"), Column("Ground"), Column("Until"), Column("State"))


@page("rights.open")
def register(request: HttpRequest) -> HttpResponse:
    return screen(
        request,
        "rights/register.html",
        title="Shared without asking her",
        lede="Each with its law, its reason, two people, an end and a review. You begin one on her own page.",
        new=None,
        caption="Newest first",
        columns=COLUMNS,
        rows=lines(queries.register(request.actor)),  # type: ignore[attr-defined]
    )


def lines(rows: list[DisclosureRow]) -> list[tuple[object, ...]]:
    return [
        (
            Cell(row.code, reverse("rights:disclosure", args=[row.id])),
            row.to_agency,
            row.ground,
            day(row.until),
            Cell(
                "To be reviewed" if row.is_to_review else row.state,
                tag="yellow" if row.waits or row.is_to_review else "neutral",
            ),
        )
        for row in rows
    ]


@page("rights.emergency", methods=("GET", "POST"))
def new(request: HttpRequest, record: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    her, today = own_record(actor, record), timezone.localdate()
    start = {"review_on": partial(rules.months_after(today, 1)), "until": partial(rules.months_after(today, 1))}
    child = {"ground": Ground.CHILD} if request.GET.get("ground") == Ground.CHILD else {}
    form = DisclosureForm(request.POST or None, initial={**start, **child}, agencies=receivers(actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(actor, record, form.proposed())
        except AgainstRule as error:
            form.add_error(None, error.words)
        else:
            messages.success(request, "Kept and signed by you. Nothing is shared until someone else here signs too.")
            return HttpResponseRedirect(reverse("rights:disclosure", args=[made]))
    return screen(
        request,
        "rights/form.html",
        status=422 if form.errors else 200,
        title="Share without asking her",
        caption=f"Record {her.code}",
        lede="If you can ask her, ask her. This is for when the law allows or asks it and waiting would harm someone.",
        form=form,
        button="Sign as the first of two",
    )


@page("rights.open", methods=("GET", "POST"))
def disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = queries.disclosure_view(actor, disclosure)
    return one(
        request,
        _steps(actor, view),
        title="Shared without asking her",
        caption=f"Record {view.row.code}",
        back=("All of these", reverse("rights:disclosures")),
        summary=_summary(view),
        lacking=(),
        edit=None,
        history=history(view.signatures),
    )


def _steps(actor: Actor, view: DisclosureView) -> list[Step]:
    steps = []
    if view.is_mine_to_sign:
        about = "With your signature it is shared at once."
        steps.append(Step("sign", "Sign it", "Sign as the second", PlainForm, lambda _: _signed(actor, view), about))
    if view.row.waits:
        steps.append(Step("turn-down", "Do not share", "Turn it down", PlainForm, lambda _: _turned_down(actor, view)))
    if view.is_in_force:
        steps.append(
            Step("goes-on", "Review", "Reviewed: it goes on", PlainForm, lambda _: _reviewed(actor, view, True))
        )
        steps.append(
            Step("end", "End it", "End it now", PlainForm, lambda _: _reviewed(actor, view, False), kind="warning")
        )
    return steps


def _signed(actor: Actor, view: DisclosureView) -> str:
    actions.sign(actor, view.row.id)
    return "Signed. It is shared from now on."


def _turned_down(actor: Actor, view: DisclosureView) -> str:
    actions.turn_down(actor, view.row.id)
    return "Turned down. Nothing was shared."


def _reviewed(actor: Actor, view: DisclosureView, goes_on: bool) -> str:
    actions.review(actor, view.row.id, goes_on=goes_on)
    return "Reviewed. It goes on to its end." if goes_on else "Ended. Nothing is shared by it any more."


def _summary(view: DisclosureView) -> list[SummaryRow]:
    facts = (
        ("State", view.row.state),
        ("With", view.row.to_agency),
        ("What", ", ".join(view.groups)),
        ("Ground", view.row.ground),
        ("Why it is necessary", view.necessity),
        ("The risk", view.risk),
        ("Is she told", view.told),
        ("When, or why not", view.told_words),
        ("Review", day(view.row.review_on)),
        ("Until", day(view.row.until)),
    )
    return [SummaryRow(key, text) for key, text in facts if text]

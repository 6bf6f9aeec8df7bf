"""Beds, lists and stays as a file with a number: who is here and who waits with names, stays by code."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.casework.accommodation import queries
from alongside.casework.accommodation.actions.taking_away import number_copy
from alongside.casework.accommodation.codes import EndReason, Need, WhereTo
from alongside.casework.accommodation.forms import DayField
from alongside.casework.accommodation.queries.naming import called_by
from alongside.casework.accommodation.queries.taken_away import lists_now, stays_between
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit import tables
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.screens import screen
from alongside.register.people.codes import FieldGroup

WHAT = (
    ("tonight", "Who is in our beds tonight, with names"),
    ("waiting", "Who waits for our houses, with names"),
    ("stays", "Stays of some time, by record code and without names"),
)
HEADINGS = {
    "tonight": ("Copy", "Record", "Name", "House", "Bed", "Tonight", "Since", "Note"),
    "waiting": ("Copy", "Record", "Name", "House", "Place", "Days", "Holds for her", "Why here"),
    "stays": ("Copy", "Record", "House", "Bed", "Began", "Ended", "Expected to move", "Why it ended", "Where to"),
}
WITH_NAMES = (FieldGroup.IDENTITY, FieldGroup.WHEREABOUTS)
YEARS = timedelta(days=5 * 366)
Rows = list[Sequence[tables.Value]]


class TakeForm(PageForm):
    what = forms.ChoiceField(label="What do you take away?", choices=WHAT, widget=forms.RadioSelect, initial="stays")
    since = DayField(label="Stays since which day", required=False)
    until = DayField(label="Until which day", required=False)
    kind = forms.ChoiceField(
        label="As which file?", choices=(("xlsx", "Excel"), ("csv", "CSV")), widget=forms.RadioSelect, initial="xlsx"
    )

    def clean_since(self) -> date:
        return self.cleaned_data["since"] or timezone.localdate() - timedelta(days=365)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"] or timezone.localdate()
        since = self.cleaned_data.get("since")
        if since and not since <= until <= since + YEARS:
            raise forms.ValidationError("The last day must be after the first, and within five years of it")
        return until


@page("accommodation.export", methods=("GET", "POST"))
def take_away(request: HttpRequest) -> HttpResponse:
    """A file made once and not kept. Each line says the number of the copy, which is kept with each woman in it."""
    form = TakeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return screen(request, "accommodation/take_away.html", form=form, status=422 if form.errors else 200)
    what, kind = form.cleaned_data["what"], form.cleaned_data["kind"]
    rows = _rows(request.actor, what, form.cleaned_data["since"], form.cleaned_data["until"])  # type: ignore[attr-defined]
    table: Rows = [HEADINGS[what], *rows]
    made = tables.as_csv(table) if kind == "csv" else tables.as_xlsx({"Rows": table}, title="Beds", widths=[16] * 8)
    name = f"beds-{what}-{timezone.localdate().isoformat()}.{kind}"
    return HttpResponse(
        made,
        content_type=tables.TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _rows(actor: Actor, what: str, since: date, until: date) -> Rows:
    if what == "stays":
        return _stays(actor, since, until)
    return _tonight(actor) if what == "tonight" else _waiting(actor)


def _tonight(actor: Actor) -> Rows:
    board = queries.board(actor, named=False)
    taken = [(unit.name, bed) for unit in board.units for bed in unit.beds if bed.record]
    names, number, codes = _named(actor, {bed.record for _, bed in taken if bed.record})
    return [
        (
            number,
            codes.get(bed.record, ""),
            names.get(bed.record, ""),
            unit,
            bed.name,
            bed.state,
            bed.since.strftime("%Y-%m-%d %H:%M") if bed.since else "",
            bed.note,
        )
        for unit, bed in taken
        if bed.record
    ]


def _waiting(actor: Actor) -> Rows:
    rows = lists_now(actor)
    names, number, _ = _named(actor, {row.record for row in rows})
    return [
        (
            number,
            row.code,
            names.get(row.record, ""),
            row.unit_name,
            row.place,
            row.days,
            "; ".join(Need(need).words for need in row.needs),
            row.why,
        )
        for row in rows
    ]


def _named(actor: Actor, ids: set[UUID]) -> tuple[dict[UUID, str], str, dict[UUID, str]]:
    """Names of records, the number of the copy, and their codes."""
    codes = queries.codes_of(actor, ids)
    return called_by(actor, ids), number_copy(actor, records=list(codes), groups=WITH_NAMES), codes


def _stays(actor: Actor, since: date, until: date) -> Rows:
    rows = sorted(stays_between(actor, since, until), key=lambda each: (each.begins, each.code))
    seen = {row.record for row in rows if row.code}
    number = number_copy(actor, records=seen, groups=[FieldGroup.WHEREABOUTS])
    return [
        (
            number,
            row.code,
            row.unit_name,
            row.bed_number,
            f"{row.begins:%Y-%m-%d}",
            f"{row.ends:%Y-%m-%d}" if row.ends else "",
            row.leaves_on.isoformat() if row.leaves_on else "",
            EndReason(row.reason).words if row.reason else "",
            WhereTo(row.where_to).words if row.where_to else "",
        )
        for row in rows
    ]

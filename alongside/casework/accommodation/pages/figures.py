"""Figures of the houses: who was accommodated, how full they were, what silt-up cost. On screen and as a file."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from defusedcsv import csv
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.casework.accommodation import counting
from alongside.casework.accommodation.codes import BlockedBy, EndReason, Step
from alongside.casework.accommodation.facts import Happened, happened
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Column, Download, Figure
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, number, share

MONTHS = {"3": 91, "12": 365, "24": 730}
SILT = (
    Column("House"),
    Column("Ready for"),
    Column("What is in the way"),
    Column("Bed-nights", numeric=True),
)
KEPT_OUT = (
    Column("House"),
    Column("Blocked now", numeric=True),
    Column("Nights of women on its list that these beds would have been theirs", numeric=True),
)
STANDS = (Column("House"), Column("On the list so far", numeric=True), Column("Where they stand"))
ENDED = (Column("Why stays ended"), Column("Stays", numeric=True))
HEADINGS = ("Figure", "Count", "Counted out of", "What is counted", "Since", "Until")


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with all that it needs to be honest."""

    name: str
    count: str
    of: str
    definition: str


@page("accommodation.see_figures")
def figures(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    months, since, until = _period(request)
    told = happened(actor)
    silt = counting.silt_up(told, since, until)
    names = {unit.id: unit.name for unit in told.units}
    return screen(
        request,
        "accommodation/figures.html",
        months=months,
        choices=list(MONTHS),
        since=since,
        until=until - timedelta(days=1),
        cards=[
            Figure(each.name, each.count, each.definition, day(until), of=each.of)
            for each in _lines(told, since, until)
        ],
        silt_columns=SILT,
        silt=[
            (names[row.unit], Step(step).words, BlockedBy(reason).words, number(count))
            for row in silt
            for (step, reason), count in row.by_reason.items()
        ],
        kept_out_columns=KEPT_OUT,
        kept_out=[(names[row.unit], str(row.now), number(row.kept_out)) for row in silt if row.bed_nights],
        ended_columns=ENDED,
        ended=[
            (EndReason(reason).words, str(count)) for reason, count in counting.ends(told, since, until).reasons.items()
        ],
        stands_columns=STANDS,
        stands=_stands(told, until, names),
        links=(Download("Download as CSV", f"{reverse('accommodation:figures-csv')}?months={months}"),),
    )


@page("accommodation.see_figures", takes_away=True)
def figures_csv(request: HttpRequest) -> HttpResponse:
    _, since, until = _period(request)
    last = until - timedelta(days=1)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for line in _lines(happened(request.actor), since, until):  # type: ignore[attr-defined]
        writer.writerow([line.name, line.count, line.of, line.definition, since.isoformat(), last.isoformat()])
    return HttpResponse(
        out.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="beds-{since.isoformat()}-{last.isoformat()}.csv"'},
    )


def _period(request: HttpRequest) -> tuple[str, date, date]:
    """The chosen months until yesterday's night."""
    months = request.GET.get("months", "12")
    months = months if months in MONTHS else "12"
    until = timezone.localdate()
    return months, until - timedelta(days=MONTHS[months]), until


def _lines(told: Happened, since: date, until: date) -> list[Line]:
    return [*_bed_lines(told, since, until), *_stay_lines(told, since, until)]


def _bed_lines(told: Happened, since: date, until: date) -> list[Line]:
    nights = counting.occupancy(told, since, until)
    silt = counting.silt_up(told, since, until)
    blocked, kept_out = sum(row.bed_nights for row in silt), sum(row.kept_out for row in silt)
    return [
        Line(
            "Women accommodated",
            number(len(counting.accommodated(told, since, until))),
            f"{number(counting.beds_open(told, until))} places open at the end",
            "Records with a stay in the period, however short, each once.",
        ),
        Line(
            "Nights slept",
            number(nights.slept),
            f"{share(nights.slept, nights.in_use)} nights in use",
            "Nights at whose midnight the bed was a woman’s, of the nights of open beds that were not out of use."
            f" She was away in {number(nights.away)} of them.",
        ),
        Line(
            "Silt-up",
            number(blocked),
            f"{share(blocked, nights.slept)} nights slept",
            "Bed-nights of women who were ready to move and could not.",
        ),
        Line(
            "Kept waiting by it",
            number(kept_out),
            f"{share(kept_out, blocked)} of these bed-nights",
            "Night by night, the lesser of how many were blocked in a house and how many waited for it.",
        ),
    ]


def _stay_lines(told: Happened, since: date, until: date) -> list[Line]:
    over = counting.ends(told, since, until)
    urgent = counting.emergencies(told, since, until)
    return [
        Line(
            "Stays that ended as planned",
            number(over.planned),
            f"{share(over.planned, over.ended)} stays that ended",
            "Ended for a reason that was agreed with her beforehand.",
        ),
        Line(
            "Came back",
            number(over.back),
            f"{share(over.back, over.begun)} stays that began",
            "Stays that began after an earlier one of hers had ended unplanned.",
        ),
        Line(
            "Emergency beds in time",
            number(urgent.in_time),
            f"{share(urgent.in_time, urgent.asked)} emergencies",
            "Emergencies in which a bed was given within the house’s minutes."
            + (f" The middle of those given: {urgent.minutes} minutes." if urgent.minutes is not None else ""),
        ),
    ]


def _stands(told: Happened, until: date, names: dict[UUID, str]) -> list[tuple[str, str, str]]:
    """Of every house with a list: where the women stand who were ever on it."""
    rows = []
    for unit in dict.fromkeys(row.unit for row in told.waits):
        scheme = counting.scheme_at(told, unit, until)
        where = (
            f"{scheme.entered} entered the house, {scheme.waiting} waiting, {scheme.elsewhere} moved elsewhere,"
            f" {scheme.died} died, {scheme.left} no longer wait"
        )
        came = f"{scheme.women} ({scheme.referred} referred, {scheme.met} met on outreach)"
        rows.append((names[unit], came, where))
    return rows

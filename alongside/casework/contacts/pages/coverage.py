"""Coverage. Who and where: a service manager at a desk, before she plans the next month. One page, no click."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.casework.contacts import queries
from alongside.casework.contacts.rules.coverage import BANDS, DAYS, FEWEST, AreaLine, CellOf, Flow, band_words
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Figure
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, share

PERIODS = {"4": "Four weeks", "12": "Twelve weeks", "52": "A year"}
AREAS = (
    Column("Area"),
    Column("Shifts", numeric=True),
    Column("Contacts", numeric=True),
    Column("Women", numeric=True),
    Column("Last there"),
)


@page("contacts.see")
def coverage(request: HttpRequest) -> HttpResponse:
    weeks = request.GET.get("weeks", "12")
    weeks = weeks if weeks in PERIODS else "12"
    told = queries.coverage(request.actor, int(weeks))  # type: ignore[attr-defined]
    return screen(
        request,
        "contacts/coverage.html",
        told=told,
        weeks=weeks,
        periods=PERIODS,
        week_columns=[Column("Hours"), *(Column(name) for name in DAYS)],
        week=[(words, *(_cell(told.week, number, first) for number in range(7))) for first, words in BANDS],
        area_columns=AREAS,
        areas=[_area(name, line) for name, line in told.by_area],
        nobody=[name for name, line in told.by_area if line.last is None],
        on_days=[
            (Cell(her.name, reverse("her-page", args=[her.record])), her.code, " and ".join(DAYS[d] for d in her.days))
            for her in told.on_days
        ],
        on_days_columns=(Column("Who"), Column("Record"), Column("Met on")),
        suggested=f"{DAYS[told.suggestion.day]}, {band_words(told.suggestion.band)}" if told.suggestion else "",
        figures=_figures(told.flow, day(told.until)) if told.flow else [],
    )


def _cell(week: tuple[CellOf, ...], number: int, first: int) -> Cell | str:
    """`12 in 20 h`; a dash where nobody was and nobody was met."""
    cell = next(each for each in week if (each.day, each.band) == (number, first))
    if not cell.hours and not cell.contacts:
        return "–"
    if not cell.hours:
        return f"{cell.contacts}, no shift"
    return f"{cell.contacts} in {cell.hours:.0f} h"


def _area(name: str, line: AreaLine) -> tuple[object, ...]:
    """Women are told by the small-number rule, as maps and tables get copied."""
    women = str(line.women) if line.women >= FEWEST or not line.women else f"fewer than {FEWEST}"
    return name, line.shifts, line.contacts, women, day(line.last) or "Nobody in this time"


def _figures(flow: Flow, as_of: str) -> list[Figure]:
    def days(value: float | None) -> str:
        return "" if value is None else f"Half of them within {value:.0f} days of the first contact."

    return [
        Figure("First met", str(flow.met), "Women whose first contact with your agency fell in this time.", as_of),
        Figure(
            "Came to the drop-in",
            share(flow.came, flow.met),
            f"Of those first met, who came to a session since. {days(flow.days_to_come)}".strip(),
            as_of,
        ),
        Figure(
            "Engaged",
            share(flow.engaged, flow.met),
            f"Of those first met, who came to three sessions since. {days(flow.days_to_engage)}".strip(),
            as_of,
        ),
    ]

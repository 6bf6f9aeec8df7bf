"""Coverage. Who and where: a service manager at a desk, before she plans the next month. One page, no click."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.casework.contacts import queries
from alongside.casework.contacts.codes import NoticeKind
from alongside.casework.contacts.pages.shown import HEAT, shapes_of
from alongside.casework.contacts.queries import Coverage, Together
from alongside.casework.contacts.rules.coverage import (
    BANDS,
    DAYS,
    FEWEST,
    AreaLine,
    CellOf,
    Flow,
    RouteLine,
    Suggestion,
    band_words,
)
from alongside.casework.contacts.rules.heat import SMALL
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.charts import bar_chart, grid_chart
from alongside.foundation.kit.rows import Bar, Cell, Column, Figure, Square
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, number, share

PERIODS = {"4": "Four weeks", "12": "Twelve weeks", "52": "A year"}
AREAS = (
    Column("Area"),
    Column("Shifts", numeric=True),
    Column("Contacts", numeric=True),
    Column("Women", numeric=True),
    Column("Last there"),
)


ROUTES = (
    Column("Route"),
    Column("Shifts", numeric=True),
    Column("Last gone"),
    Column("Hours", numeric=True),
    Column("Contacts", numeric=True),
    Column("Contacts an hour", numeric=True),
)
LONG_AGO = timedelta(weeks=4)


@page("contacts.see")
def coverage(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    weeks = request.GET.get("weeks", "12")
    weeks = weeks if weeks in PERIODS else "12"
    told = queries.coverage(actor, int(weeks), as_id(request.GET.get("area", "")))
    return screen(
        request,
        "contacts/coverage.html",
        told=told,
        weeks=weeks,
        periods=PERIODS,
        places=queries.areas(actor),
        area=str(told.within[0]) if told.within else "",
        heard=[each for each in queries.notices(actor) if each.kind is NoticeKind.INTELLIGENCE],
        week_picture=grid_chart(DAYS, [words for _, words in BANDS], _squares(told.week)),
        routes=[_route(line) for line in told.routes],
        route_columns=ROUTES,
        bare=_bare(told),
        way=bar_chart(_way(told.flow)) if told.flow and told.flow.met else None,
        week_columns=[Column("Hours"), *(Column(name) for name in DAYS)],
        week=[(words, *(_cell(told.week, number, first) for number in range(7))) for first, words in BANDS],
        area_columns=AREAS,
        areas=[_area(name, line) for name, line in told.by_area],
        on_days=[
            (Cell(her.name, reverse("her-page", args=[her.record])), her.code, " and ".join(DAYS[d] for d in her.days))
            for her in told.on_days
        ],
        on_days_columns=(Column("Who"), Column("Record"), Column("Met on")),
        suggested=_suggested(told.suggestion),
        figures=_figures(told.flow, day(told.until), "your agency") if told.flow else [],
    )


@page("contacts.see_together")
def together(request: HttpRequest) -> HttpResponse:
    """The co-ordinator's, over all agencies: nobody is named, and who met whom is not told."""
    weeks = request.GET.get("weeks", "12")
    weeks = weeks if weeks in PERIODS else "12"
    told = queries.together(request.actor, int(weeks))  # type: ignore[attr-defined]
    words = {each.cell: each.words for drawn in told.ground for each in drawn.hexagons}
    return screen(
        request,
        "contacts/together.html",
        told=told,
        weeks=weeks,
        periods=PERIODS,
        week_picture=grid_chart(DAYS, [words for _, words in BANDS], _squares(told.week)),
        week_columns=[Column("Hours"), *(Column(name) for name in DAYS)],
        week=[(words, *(_cell(told.week, number, first) for number in range(7))) for first, words in BANDS],
        area_columns=AREAS,
        areas=[_area(name, line) for name, line in told.by_area],
        bare=_bare(told),
        suggested=_suggested(told.suggestion),
        shapes=shapes_of(told.ground, told.cells),
        hexagon_columns=HEAT,
        hexagons=[(words[each.cell], each.women, each.contacts) for each in told.cells if each.shade],
        small=SMALL,
        way=bar_chart(_way(told.flow)) if told.flow.met else None,
        figures=_figures(told.flow, day(told.until), "any agency"),
    )


def _suggested(found: Suggestion | None) -> str:
    return f"{DAYS[found.day]}, {band_words(found.band)}" if found else ""


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _squares(week: tuple[CellOf, ...]) -> list[list[Square]]:
    """The darker, the more hours somebody was out; in it how many contacts there were."""
    found = {(cell.day, cell.band): cell for cell in week}
    lines = [[found[day_number, first] for day_number in range(7)] for first, _ in BANDS]
    return [[Square(each.hours or None, str(each.contacts or "")) for each in line] for line in lines]


def _bare(told: Coverage | Together) -> str:
    """Where an extra session should begin: the area longest without anybody, if that is long."""
    one = isinstance(told, Coverage) and told.within
    name, line = told.by_area[0] if told.by_area and not one else ("", None)
    if line is None or (line.last and told.until - line.last < LONG_AGO):
        return ""
    return f"{name}: nobody was there {'since ' + day(line.last) if line.last else f'in {told.weeks} weeks'}."


def _route(line: RouteLine) -> tuple[object, ...]:
    rate = number(line.rate, 1)
    return line.route, line.shifts, day(line.last), number(line.hours), line.contacts, rate


def _way(flow: Flow) -> list[Bar]:
    """From the first contact to engaged, with the times of half of them."""

    def within(words: str, days: float | None) -> str:
        return words if days is None else f"{words}, {days:.0f} days"

    return [
        Bar("First met", flow.met, str(flow.met)),
        Bar(within("Came", flow.days_to_come), flow.came, share(flow.came, flow.met)),
        Bar(within("Engaged", flow.days_to_engage), flow.engaged, share(flow.engaged, flow.met)),
    ]


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


def _figures(flow: Flow, as_of: str, whose: str) -> list[Figure]:
    def days(value: float | None) -> str:
        return "" if value is None else f"Half of them within {value:.0f} days of the first contact."

    return [
        Figure("First met", str(flow.met), f"Women whose first contact with {whose} fell in this time.", as_of),
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

"""Two years on one page, as pictures with their tables, and on paper.

Task: before the yearly meeting, see what moved and by how much. Who: a manager. Clicks: Two years: one.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit import charts
from alongside.foundation.kit.pdf import TYPE
from alongside.foundation.kit.rows import Column, Download, Flow, Point
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, number
from alongside.insight.commissioning import papers, queries, reviewing
from alongside.insight.commissioning.pages import shown
from alongside.insight.commissioning.reviewing import Review, Told, Trend
from alongside.insight.monitoring import release_pages, released
from alongside.insight.monitoring import shown as returns
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.outside import RULE
from alongside.insight.monitoring.passages import passages
from alongside.insight.monitoring.queries import downloaded

MOST = 8  # pictures; every figure stands in the table
FLOWS = (
    ("Women new, and women not seen", "new", "New women", "not_seen", "Not seen for three months"),
    ("Into houses, and on from them", "came_to_stay", "Came to stay", "moved_on_planned", "Moved on as planned"),
)
INTERVAL = "The thin lines are 95% intervals: how far a share of so few women moves by chance."
NOT_COUNTED = "–"


def _quarter(period: Period) -> str:
    return f"{period.since:%b} {period.since:%y}"


def _said(trend: Trend, told: Told | None) -> str:
    """ "31% (15 of 48)" or "15"; a dash where nothing was counted."""
    if told is None:
        return NOT_COUNTED
    if not trend.is_share or told.figure.percent is None:
        return number(told.figure.count)
    return f"{told.figure.percent}% ({number(told.figure.count)} of {number(told.figure.of)})"


def _chart(review: Review, trend: Trend) -> charts.TrendChart:
    points = []
    for period, told in zip(review.quarters, trend.told, strict=True):
        share = told.figure.percent if told and trend.is_share else None
        value = share if trend.is_share else told.figure.count if told else None
        words = NOT_COUNTED if value is None else f"{value}%" if trend.is_share else number(value)
        low, high = (told.low, told.high) if told and share is not None else (None, None)
        points.append(Point(_quarter(period), value, words, low, high))
    return charts.trend_chart(points, trend.aim if trend.is_share else None)


def _pictures(review: Review) -> list[tuple[Trend, charts.TrendChart]]:
    wanted = [each for each in review.trends if each.says_something and each.definition.direction != "neither"]
    return [(each, _chart(review, each)) for each in wanted[:MOST]]


def _columns(review: Review) -> tuple[Column, ...]:
    return (Column("Figure"), *(Column(_quarter(each), numeric=True) for each in review.quarters))


def _rows(review: Review) -> list[tuple[str, ...]]:
    return [(each.definition.name, *(_said(each, told) for told in each.told)) for each in review.trends]


def _flows(review: Review) -> list[tuple[str, charts.FlowChart, str, str]]:
    found = []
    for title, came_key, came_words, went_key, went_words in FLOWS:
        came, went = review.trend(came_key), review.trend(went_key)
        if came and went and (came.says_something or went.says_something):
            found.append((title, charts.flow_chart(_both(review, came, went)), came_words, went_words))
    return found


def _both(review: Review, came: Trend, went: Trend) -> list[Flow]:
    def count(told: Told | None) -> int | None:
        return told.figure.count if told else None

    return [
        Flow(_quarter(period), count(one), count(two), number(count(one)) or "–", number(count(two)) or "–")
        for period, one, two in zip(review.quarters, came.told, went.told, strict=True)
    ]


@page("commissioning.review")
def two_years(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("figures", reviewing.DEFAULT)
    found = reviewing.review(request.actor, asked)  # type: ignore[attr-defined]
    return screen(
        request,
        "commissioning/review.html",
        review=found,
        columns=_columns(found),
        rows=_rows(found),
        pictures=[(each, chart, f"At {each.aim}%") for each, chart in _pictures(found)],
        flows=_flows(found),
        interval=INTERVAL,
        meanings=[(each.definition.name, each.definition.sentence, each.out_of or "a whole") for each in found.trends],
        meaning_columns=(Column("Figure"), Column("What is counted"), Column("Out of")),
        links=(Download("As PDF", f"{reverse('commissioning:review-pdf')}?figures={found.framework}"),),
    )


@page("commissioning.review", takes_away=True)
def review_paper(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("figures", reviewing.DEFAULT)
    found = reviewing.review(request.actor, asked)  # type: ignore[attr-defined]
    half = len(found.quarters) // 2
    columns, rows = _columns(found), _rows(found)
    tables = [
        papers.table("The year before", columns[: half + 1], [row[: half + 1] for row in rows]),
        papers.table("The last year", (columns[0], *columns[half + 1 :]), [(row[0], *row[half + 1 :]) for row in rows]),
        papers.table(
            "What each figure counts",
            shown.MEANINGS,
            [(t.definition.name, t.definition.sentence) for t in found.trends],
        ),
    ]
    pictures = [papers.picture(trend.definition.name, chart) for trend, chart in _pictures(found)]
    lines = [found.whose, found.framework_name, INTERVAL]
    return _paper(papers.paper("Two years", lines, tables, pictures), "two-years.pdf")


@page("returns.download")
def return_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = downloaded(request.actor, pk)  # type: ignore[attr-defined]
    tables = [papers.table(name, returns.COLUMNS, rows) for name, rows in returns.tables(sheet)]
    if sheet.checks:
        tables.append(papers.table(returns.CHECKED, returns.CHECKS, returns.checks(sheet)))
    tables.append(papers.table("What each figure counts", returns.MEANINGS, returns.meanings(sheet)))
    lines = [f"{name}: {words}" for name, words in returns.cover(sheet)]
    return _paper(papers.paper(sheet.framework, lines, tables), f"return-{sheet.period.since}.pdf")


@page("returns.open_releases", takes_away=True)
def release_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = released.downloaded(request.actor, pk)  # type: ignore[attr-defined]
    tables = [papers.table(name, release_pages.COLUMNS, release_pages.rows_of(lines)) for name, lines in sheet.figures]
    beside = [(each.by, each.words) for each in passages(request.actor, pk)]  # type: ignore[attr-defined]
    if beside:
        tables.append(papers.table("What the agencies say", (Column("Agency"), Column("Words")), beside))
    state = f"Release {sheet.number}." if sheet.number else "Not released yet."
    lines = [f"{sheet.partnership}, {returns.between(sheet.period)}. {state} Counted on {day(sheet.as_of)}.", RULE]
    return _paper(papers.paper(sheet.framework, lines, tables), f"release-{sheet.period.since}.pdf")


@page("commissioning.see", takes_away=True)
def plan_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = queries.plan_sheet(request.actor, pk)  # type: ignore[attr-defined]
    plan = sheet.plan
    rows = [shown.target(each, plan) for each in sheet.targets]
    meanings = [(each.definition.name, each.definition.sentence) for each in sheet.targets]
    tables = [
        papers.table("Targets", shown.TARGETS, rows),
        papers.table("What each figure counts", shown.MEANINGS, meanings),
    ]
    about = [f"About {number(plan.about)} women: {plan.about_source}."] if plan.about else []
    lines = [f"{plan.of}. {plan.framework_name}, {shown.between(plan.period)}.", *about]
    counted = [f"Counted to {day(sheet.counted_to)}."] if sheet.counted_to else []
    return _paper(papers.paper(plan.name, [*lines, *counted], tables if rows else []), "plan.pdf")


def _paper(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})

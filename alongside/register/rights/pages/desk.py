"""The data protection lead's desk: she signs in in the morning and sees what waits, in the order in which it is due."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, plural
from alongside.register.rights.pages import breach, emergency, hers, keeping, outside, sharing
from alongside.register.rights.queries.desk import Desk, desk

SHARED = (Column("Agency"), Column("She agreed", numeric=True), Column("By law", numeric=True), Column("First to end"))


@page("rights.desk")
def desk_page(request: HttpRequest) -> HttpResponse:
    found = desk(request.actor)  # type: ignore[attr-defined]
    return screen(
        request,
        "rights/desk.html",
        tables=_tables(found),
        shared=_shared(found),
        outcomes=found.outcomes,
        columns=SHARED,
    )


def _tables(found: Desk) -> list[tuple[str, str, tuple[Column, ...], list[tuple[object, ...]], str, str]]:
    """(id, caption, columns, rows, words for none, where all of them are)"""
    due = "Records whose time is over" + (f": {plural(found.due_count, 'record', 'records')}" if found.due else "")
    return [
        (
            "breaches",
            "Breaches",
            breach.COLUMNS,
            breach.lines(found.breaches),
            "No breach is open.",
            reverse("rights:breaches"),
        ),
        (
            "looks",
            "Emergency looks to review",
            emergency.COLUMNS,
            emergency.lines(found.looks),
            "None waits.",
            reverse("rights:looks"),
        ),
        (
            "hers",
            "What women ask of us",
            hers.COLUMNS,
            hers.lines(found.hers),
            "Nothing is open.",
            reverse("rights:hers"),
        ),
        (
            "outside",
            "What others ask",
            outside.COLUMNS,
            outside.lines(found.outside),
            "Nothing is open.",
            reverse("rights:outside"),
        ),
        (
            "disclosures",
            "Shared without asking her: to sign or review",
            sharing.COLUMNS,
            sharing.lines(found.disclosures),
            "None waits.",
            reverse("rights:disclosures"),
        ),
        ("due", due, keeping.COLUMNS, keeping.lines(found.due), "None is due.", reverse("rights:schedule")),
    ]


def _shared(found: Desk) -> list[tuple[str, str, str, str]]:
    return [(row.agency, f"{row.agreed:,}", f"{row.by_law:,}", day(row.soonest_end)) for row in found.shared]

"""The picture on a page and as a file; counting it again; giving it."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import Denied, NotFound, decide
from alongside.foundation.gate.routes import View, page
from alongside.foundation.kit.rows import Download
from alongside.foundation.kit.screens import screen
from alongside.insight.population import files, queries, shown
from alongside.insight.population.actions import GivenAlready, OutOfDate, give_picture
from alongside.insight.population.forms import chosen
from alongside.insight.population.jobs import ask_for_picture
from alongside.insight.population.sheet import Sheet


def absent_for_some(view: View) -> View:
    """For whom the picture does not exist, the answer is that of an unknown address."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check(request.actor, "picture.exist")  # type: ignore[attr-defined]
        except Denied:
            raise NotFound("picture") from None
        return view(request, *args, **kwargs)

    return run


@absent_for_some
@page("picture.see")
def picture(request: HttpRequest) -> HttpResponse:
    """How many women, who is known to whom, how many nobody has met: as exact as the reader may have it."""
    actor = request.actor  # type: ignore[attr-defined]
    period, number = chosen(request.GET)
    sheet = queries.picture(actor, period, number)
    may_make = decide(actor, "picture.make").allowed
    return screen(
        request,
        "population/picture.html",
        sheet=sheet,
        may_make=may_make,
        period=period,
        given=queries.given(actor),
        is_up_to_date=queries.is_up_to_date(actor) if may_make else True,
        columns=shown.COLUMNS,
        meaning_columns=shown.MEANINGS,
        links=_downloads(request),
        **(_parts(sheet) if sheet else {}),
    )


def _parts(sheet: Sheet) -> dict[str, Any]:
    return {
        "headline": shown.cards(sheet, "women", "shared", "new", "street_only", "justice_only"),
        "bars": shown.agencies(sheet),
        "upset": shown.overlaps(sheet),
        "estimates": [
            (row, shown.cards(sheet, row.line.key)) for key in ("all_evidence", "all_links") for row in sheet.rows(key)
        ],
        "rows": shown.table(sheet),
        "meanings": shown.meanings(sheet),
    }


def _downloads(request: HttpRequest) -> tuple[Download, ...]:
    asked = f"?{request.GET.urlencode()}" if all(chosen(request.GET)) or any(chosen(request.GET)) else ""
    return (
        Download("Download as XLSX", reverse("picture:xlsx") + asked),
        Download("Download as CSV", reverse("picture:csv") + asked),
    )


@absent_for_some
@page("picture.download")
def csv_file(request: HttpRequest) -> HttpResponse:
    return _file(request, "csv", files.as_csv)


@absent_for_some
@page("picture.download")
def xlsx_file(request: HttpRequest) -> HttpResponse:
    return _file(request, "xlsx", files.as_xlsx)


def _file(request: HttpRequest, kind: str, write: Callable[[Sheet], bytes]) -> HttpResponse:
    sheet = queries.downloaded(request.actor, *chosen(request.GET))  # type: ignore[attr-defined]
    if sheet is None:
        raise NotFound("picture")
    name = files.file_name(sheet, kind)
    return HttpResponse(
        write(sheet), content_type=files.NAMES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@absent_for_some
@page("picture.make", methods=("POST",))
def count(request: HttpRequest) -> HttpResponse:
    """Ask for the picture to be counted again, for the period that was chosen or the usual one."""
    period, _ = chosen(request.POST)
    ask_for_picture(request.actor, period=period)  # type: ignore[attr-defined]
    messages.success(request, "The picture is being counted. It takes a minute or less: then load this page again.")
    asked = f"?since={period.since}&until={period.until}" if period else ""
    return HttpResponseRedirect(reverse("picture:picture") + asked)


@absent_for_some
@page("picture.make", methods=("POST",))
def give(request: HttpRequest) -> HttpResponse:
    """Freeze the latest picture of the chosen period and give it: the action asks whose picture it is."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        number = give_picture(actor, queries.latest_id(actor, chosen(request.POST)[0]))
    except (GivenAlready, OutOfDate) as fault:
        messages.info(request, fault.words)
        return HttpResponseRedirect(reverse("picture:picture"))
    messages.success(request, f"Picture {number} was given. It stays as it is.")
    return HttpResponseRedirect(f"{reverse('picture:picture')}?given={number}")

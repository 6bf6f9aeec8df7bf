"""Lists: to answer, sent, all of a partnership by number, and a file."""

from math import ceil

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.casework.referrals import files, queries
from alongside.casework.referrals.pages import shown
from alongside.foundation.gate.routes import page
from alongside.foundation.kit import tables
from alongside.foundation.kit.rows import Download, Pages
from alongside.foundation.kit.screens import screen


@page("referrals.open")
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this agency's answer stands first."""
    actor = request.actor  # type: ignore[attr-defined]
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isdigit() and int(typed[:6]) > 0 else 1
    rows, total = queries.sent(actor, number)
    last = max(1, ceil(total / queries.SHOWN))
    if number > last:
        raise Http404
    box = queries.inbox(actor)
    return screen(
        request,
        "referrals/index.html",
        to_answer_columns=shown.TO_ANSWER,
        to_answer=shown.to_answer(box.to_answer),
        coming_columns=shown.COMING,
        coming=shown.coming(box.coming),
        sent_columns=shown.SENT,
        sent=shown.sent(rows),
        pages=Pages(number, last, total),
        links=(
            Download("Download as CSV", reverse("referrals:csv")),
            Download("Download for Excel", f"{reverse('referrals:csv')}?as=xlsx"),
        ),
    )


@page("referrals.across")
def across(request: HttpRequest) -> HttpResponse:
    """Open referrals of the partnership: codes, agencies and days. Nobody's name and nobody's record."""
    only_overdue = request.GET.get("overdue") == "yes"
    rows = queries.across(request.actor, only_overdue)  # type: ignore[attr-defined]
    return screen(
        request,
        "referrals/across.html",
        columns=shown.ACROSS,
        rows=shown.across(rows),
        overdue=sum(row.is_overdue for row in rows),
        only_overdue=only_overdue,
    )


@page("referrals.export")
def file(request: HttpRequest) -> HttpResponse:
    """CSV, or XLSX where that is asked for."""
    kind = "xlsx" if request.GET.get("as") == "xlsx" else "csv"
    rows = queries.exported(request.actor)  # type: ignore[attr-defined]
    name = f"referrals-{timezone.localdate().isoformat()}.{kind}"
    return HttpResponse(
        files.as_file(rows, kind),
        content_type=tables.TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

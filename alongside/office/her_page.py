"""Her page: what happened, with whom, and what comes next.

Who and where: a key worker at a desk, before a call; everything that she need not tell again stands on one page.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.contacts import queries as contacts
from alongside.casework.contacts.queries import ContactRow
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Moment, SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, moment
from alongside.register.people.queries import called, her_page, reason_needed, standing
from alongside.register.people.queries.linked import linked_records
from alongside.register.people.queries.works_with import works_with

SHOWN = 50
GAP = 60  # days without a contact that are shown as a gap


@page("people.list")
def page_of_her(request: HttpRequest, record: UUID) -> HttpResponse:
    """Raises NotFound for a record that is not one of her agency's."""
    actor = request.actor  # type: ignore[attr-defined]
    her = her_page(actor, record)
    stands = standing(actor, record)
    if any(each.kind == "died" for each in stands) and reason_needed(actor, record):
        return HttpResponseRedirect(reverse("people:reason", args=[record]))
    rows = contacts.timeline(actor, [record, *linked_records(actor, record)], SHOWN)
    return screen(
        request,
        "office/her_page.html",
        her=her.record,
        standing=stands,
        name=called(her.known),
        summary=_summary(rows, her.known.phones),
        works_with=works_with(actor, record),
        look_out=contacts.look_out_for(actor, record),
        session=contacts.open_today(actor),
        entries=_moments(rows),
    )


def _summary(rows: list[ContactRow], phones: tuple[str, ...]) -> list[SummaryRow]:
    """Next step, where she stays and how to reach her, each with the day on which it was told."""
    own = [row for row in rows if row.is_own]
    step = next((row for row in own if row.outcome == "met"), None)
    staying = next((row for row in rows if row.staying), None)
    worry = next((row for row in own if row.worry), None)
    told = [
        SummaryRow("Next step", _step(step) if step and step.next_step else "Nothing is arranged"),
        SummaryRow("Staying", f"{staying.staying}, as of {day(staying.at.date())}" if staying else "Not asked yet"),
        SummaryRow("Worry", f"{worry.worry}, on {day(worry.at.date())}" if worry else ""),
        SummaryRow("Phone", ", ".join(phones) or "Not known here"),
    ]
    return [row for row in told if row.text]


def _step(row: ContactRow) -> str:
    return f"{row.next_step}, by {day(row.next_on)}" if row.next_on else row.next_step


def _moments(rows: list[ContactRow]) -> list[Moment]:
    """Contacts, newest first; what lies long between two is shown as a gap, not left out."""
    found: list[Moment] = []
    after: ContactRow | None = None
    for row in rows:
        if after is not None and (after.at - row.at).days > GAP:
            found.append(Moment("No contact that we may see", f"{(after.at - row.at).days} days", gap=True))
        found.append(_moment(row))
        after = row
    return found


def _moment(row: ContactRow) -> Moment:
    title = row.outcome.words if row.outcome != "met" else f"{row.outcome.words} {_lower(row.place.words)}"
    return Moment(title, moment(row.at), row.by or row.agency_name, " ".join(filter(None, (row.told(), row.note))))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]

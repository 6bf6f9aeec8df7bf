"""Her page: what happened, with whom, and what comes next.

Who and where: a key worker at a desk, before a call; everything that she need not tell again stands on one page.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.contacts import queries as contacts
from alongside.casework.contacts.forms.notes import NoteForm
from alongside.casework.contacts.queries import ContactRow, NoteRow, SafeContactRow
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Moment, SummaryRow
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, moment
from alongside.register.agencies.facts import agencies
from alongside.register.people.known import Known
from alongside.register.people.queries import called, names, reason_needed, standing
from alongside.register.people.queries.works_with import Linked, with_links

SHOWN = 50
GAP = 60  # days without a contact that are shown as a gap


@page("people.list")
def page_of_her(request: HttpRequest, record: UUID) -> HttpResponse:
    """Raises NotFound for a record that is not one of her agency's."""
    actor = request.actor  # type: ignore[attr-defined]
    her, linked = with_links(actor, record)
    stands = standing(actor, record)
    if any(each.kind == "died" for each in stands) and reason_needed(actor, record):
        return HttpResponseRedirect(reverse("people:reason", args=[record]))
    known = names(actor, [record]).get(record, Known())
    all_of_her = [record, *(each.record for each in linked)]
    rows, notes = contacts.story(actor, all_of_her, SHOWN)
    safe = _safest(contacts.safe_contacts(actor, all_of_her, with_words=True), record)
    return screen(
        request,
        "office/her_page.html",
        her=her,
        standing=stands,
        name=called(known),
        summary=_summary(rows, known.phones, safe),
        barred=safe.alerts() if safe else (),
        note=NoteForm(initial={"id": uuid4(), "words": contacts.draft_of(actor, record)}),
        done=_id(request.GET.get("note", "")),
        works_with=_agencies(actor, linked),
        look_out=contacts.look_out_for(actor, record),
        session=contacts.open_today(actor),
        entries=_moments(rows, notes),
    )


def _agencies(actor: Actor, linked: list[Linked]) -> list[str]:
    """The other agencies that work with her, by name, once both sides may know."""
    if not linked or actor.partnership is None:
        return []
    theirs = {each.agency for each in linked} - {actor.agency}
    return sorted(each.name for each in agencies(actor.partnership) if each.id in theirs)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _safest(told: dict[UUID, SafeContactRow], record: UUID) -> SafeContactRow | None:
    """What the own agency was told, or, where it never asked, the latest that another may let it know."""
    return told.get(record) or max(told.values(), key=lambda each: each.told_at, default=None)


def _summary(rows: list[ContactRow], phones: tuple[str, ...], safe: SafeContactRow | None) -> list[SummaryRow]:
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
        SummaryRow("To reach her safely", _reaching(safe) if safe else "Not asked yet"),
    ]
    return [row for row in told if row.text]


def _reaching(safe: SafeContactRow) -> str:
    told = "; ".join(f"{way.words.lower()}: {answer.words.lower()}" for way, answer in safe.ways)
    whole = ". ".join(filter(None, (f"{told[:1].upper()}{told[1:]}", safe.words.rstrip("."))))
    return f"{whole}. Told {day(safe.told_at.date())}." if whole else f"Asked {day(safe.told_at.date())}."


def _step(row: ContactRow) -> str:
    return f"{row.next_step}, by {day(row.next_on)}" if row.next_on else row.next_step


def _moments(rows: list[ContactRow], notes: list[NoteRow]) -> list[Moment]:
    """Contacts and notes, newest first; what lies long between two contacts is shown as a gap, not left out."""
    found: list[tuple[datetime, Moment]] = []
    after: ContactRow | None = None
    for row in rows:
        if after is not None and (after.at - row.at).days > GAP:
            gap = Moment("No contact that we may see", f"{(after.at - row.at).days} days", gap=True)
            found.append((after.at - timedelta(seconds=1), gap))
        found.append((row.at, _moment(row)))
        after = row
    found += [(note.at, Moment("Note", moment(note.at), note.by, note.words)) for note in notes]
    return [each for _, each in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _moment(row: ContactRow) -> Moment:
    title = row.outcome.words if row.outcome != "met" else f"{row.outcome.words} {_lower(row.place.words)}"
    return Moment(title, moment(row.at), row.by or row.agency_name, " ".join(filter(None, (row.told(), row.note))))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]

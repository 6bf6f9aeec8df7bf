"""How contacts are told to her, in the copy of what her agency holds."""

from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.queries import ContactRow, notes_on, timeline
from alongside.casework.contacts.queries.look_outs import look_outs
from alongside.casework.contacts.queries.notes import safe_contact_history
from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.show import day, moment
from alongside.register.rights.about_her import Section, holding

ALL = 100_000


@holding("contacts", "contacts.contact")
def contacts(actor: Actor, record: UUID) -> Section:
    """Every contact that stands, newest first, with what was told and written."""
    rows = tuple(
        (moment(timezone.localtime(row.at)), row.outcome.words, row.by, _told(row), row.note)
        for row in timeline(actor, [record], ALL)
        if row.is_own
    )
    return Section("When we met", ("When", "How it went", "Who", "What was told", "Note"), rows)


def _told(row: ContactRow) -> str:
    """A hexagon is told by the number that it has in the world, which she can look up."""
    return ". ".join(filter(None, (row.told(), f"hexagon {row.hexagon}" if row.hexagon else "")))


@holding("notes", "contacts.note", "contacts.notedraft")
def notes(actor: Actor, record: UUID) -> Section:
    """Every note that stands, newest first. A draft is a worker's own until she saves it."""
    rows = tuple((moment(row.at), row.by, row.words) for row in notes_on(actor, record, ALL))
    return Section("What we wrote down", ("When", "Who", "Note"), rows)


@holding("look-outs", "contacts.lookout")
def looked_out(actor: Actor, record: UUID) -> Section:
    """When the van was asked to look out for her, and why, newest first."""
    rows = tuple((day(row.asked_on), day(row.until), row.reason.words, row.words) for row in look_outs(actor, record))
    return Section("When we looked out for you", ("Day", "Until", "Why", "What we wrote"), rows)


@holding("safe contact", "contacts.safecontact")
def reaching_her(actor: Actor, record: UUID) -> Section:
    """What she said about how to reach her, newest first."""
    rows = tuple(
        (moment(row.told_at), "; ".join(f"{way.words}: {answer.words}" for way, answer in row.ways), row.words)
        for row in safe_contact_history(actor, record)
        if row.is_own
    )
    return Section("How to reach you safely", ("When", "What you said", "How, and when"), rows)

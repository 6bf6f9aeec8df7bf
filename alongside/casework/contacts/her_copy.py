"""How contacts are told to her, in the copy of what her agency holds."""

from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.queries import timeline
from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.show import moment
from alongside.register.rights.about_her import Section, holding

ALL = 100_000


@holding("contacts", "contacts.contact")
def contacts(actor: Actor, record: UUID) -> Section:
    """Every contact that stands, newest first, with what was told and written."""
    rows = tuple(
        (moment(timezone.localtime(row.at)), row.outcome.words, row.by, row.told(), row.note)
        for row in timeline(actor, [record], ALL)
        if row.is_own
    )
    return Section("When we met", ("When", "How it went", "Who", "What was told", "Note"), rows)

"""How these answers are told to her, in the copy of what her agency holds."""

from uuid import UUID

from alongside.casework.needs.queries import answers
from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.show import day
from alongside.register.rights.about_her import Section, holding


@holding("needs", "needs.healthanswer", "needs.courtanswer", "needs.lifeanswer")
def told(actor: Actor, record: UUID) -> Section:
    """Every answer that stands, the latest day first."""
    rows = tuple((day(row.on), row.subject.words, row.answer.words) for row in answers(actor, record))
    return Section("What you told us, or we knew", ("Day", "About", "Answer"), rows)

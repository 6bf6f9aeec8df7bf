"""Answers as dated, coded, nameless rows: the one door for counting. Call as the counting job, inside `acting_as`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.casework.needs.models import MODELS
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check


@dataclass(frozen=True, slots=True)
class AnswerFact:
    record: UUID
    agency: UUID
    subject: str
    answer: str
    on: date


def answers(actor: Actor) -> Iterator[AnswerFact]:
    """Every answer of the partnership that stands, by day."""
    check(actor, "needs.count")
    for model in MODELS.values():
        rows = model.objects.visible_to(actor).filter(taken_back_at=None).order_by("on", "id")
        for row in rows.values_list("record_id", "agency_id", "subject", "answer", "on").iterator():
            yield AnswerFact(*row)

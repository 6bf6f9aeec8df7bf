"""What is known of her, each answer with its day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.needs import rules
from alongside.casework.needs.codes import QUESTIONS, Answer, Kept, Question, Subject
from alongside.casework.needs.models import MODELS
from alongside.casework.needs.policy import kinds_open_to
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check

MOST = 200


@dataclass(frozen=True, slots=True)
class AnswerRow:
    subject: Subject
    answer: Answer
    on: date
    recorded_at: datetime
    recorded_by: UUID | None


@dataclass(frozen=True, slots=True)
class Known:
    """One question with its latest answer; None where nobody asked. `times`: how often something happened."""

    question: Question
    row: AnswerRow | None
    times: int


def questions(actor: Actor) -> tuple[Question, ...]:
    """Those that the actor's role may ask and read, in the order in which they are shown."""
    may = kinds_open_to(actor)
    return tuple(each for each in QUESTIONS.values() if each.kept in may)


def answers(actor: Actor, record: UUID, kept: Kept | None = None) -> list[AnswerRow]:
    """The agency's own answers that stand about a record, as far as the actor may see them, the latest day first."""
    check(actor, "needs.see")
    asked = [
        MODELS[each]
        .objects.visible_to(actor)
        .filter(record_id=record, agency_id=actor.agency, taken_back_at=None)
        .order_by()
        .values_list("subject", "answer", "on", "recorded_at", "recorded_by")
        for each in kinds_open_to(actor)
        if kept in (None, each)
    ]
    if not asked:
        return []
    rows = asked[0].union(*asked[1:], all=True).order_by("-on", "subject")[:MOST]
    return [
        AnswerRow(Subject(subject), Answer(answer), on, timezone.localtime(at), by)
        for subject, answer, on, at, by in rows
    ]


def known(actor: Actor, record: UUID) -> list[Known]:
    """Every question that the actor may read, with the answer of its latest day."""
    rows = answers(actor, record)
    last = rules.latest(rows)
    return [
        Known(each, last.get(each.subject), sum(row.subject is each.subject for row in rows))
        for each in questions(actor)
    ]

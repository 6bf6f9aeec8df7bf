"""Writing down what she tells, for a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.needs import rules
from alongside.casework.needs.codes import QUESTIONS, Answer, Kept, Subject
from alongside.casework.needs.models import MODELS
from alongside.casework.needs.policy import kinds_open_to
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import insert_rows
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.gate.permissions import Subject as GateSubject
from alongside.register.people.models import Record


@action("needs.write", Record)
def write_down(actor: Actor, *, record: Record, told: rules.Told, on: date | None = None) -> None:
    """Keep answers that were true on a day; None takes back what stands for that day. Raises NotAnAnswer."""
    if record.removed_at is not None:
        raise NotFound("Record")
    today = timezone.localdate()
    day = on or today
    rules.checked(told, day, today)
    _refuse_what_she_does_not_see(actor, told)
    for kept, model in MODELS.items():
        here = {subject: answer for subject, answer in told.items() if QUESTIONS[subject].kept is kept}
        if not here:
            continue
        stands = model.objects.visible_to(actor).filter(record_id=record.pk, agency_id=actor.agency, on=day)
        stands.filter(subject__in=list(here), taken_back_at=None).update(
            taken_back_at=timezone.now(), taken_back_by=actor.user
        )
        rows = [(record.pk, subject, answer, day) for subject, answer in here.items() if answer is not None]
        try:
            with transaction.atomic():
                _insert(actor, kept, rows)
        except IntegrityError:
            raise rules.NotAnAnswer(rules.MEANWHILE) from None


def _refuse_what_she_does_not_see(actor: Actor, subjects: Iterable[Subject]) -> None:
    may = kinds_open_to(actor)
    if any(QUESTIONS[subject].kept not in may for subject in subjects):
        raise Denied("needs.write", GateSubject())


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of a woman on a day, of many that are taken in together."""

    record: UUID
    subject: Subject
    answer: Answer
    on: date


@action("needs.take_in")
def take_in_answers(actor: Actor, *, entries: Iterable[Entry]) -> int:
    """An agency's own book of answers at once, about its own records. Returns how many were kept.

    A second answer to the same question on the same day is left out, also of an earlier taking in: the same book twice
    changes nothing. Raises NotAnAnswer, NotFound (a record that is not the agency's).
    """
    given = list({(each.record, each.subject, each.on): each for each in entries}.values())
    today = timezone.localdate()
    for each in given:
        rules.checked({each.subject: each.answer}, each.on, today)
    _refuse_what_she_does_not_see(actor, {each.subject for each in given})
    asked = {each.record for each in given}
    own = Record.objects.visible_to(actor).filter(pk__in=asked, agency_id=actor.agency, removed_at=None)
    if set(own.order_by("pk").values_list("pk", flat=True)) != asked:
        raise NotFound("Record")
    return sum(_add_new(actor, kept, given, asked) for kept in Kept)


def _add_new(actor: Actor, kept: Kept, given: list[Entry], asked: set[UUID]) -> int:
    here = [each for each in given if QUESTIONS[each.subject].kept is kept]
    if not here:
        return 0
    rows = MODELS[kept].objects.visible_to(actor).filter(record_id__in=asked, taken_back_at=None)
    known = set(rows.order_by("pk").values_list("record_id", "subject", "on"))
    new = [each for each in here if (each.record, each.subject.value, each.on) not in known]
    return _insert(actor, kept, [(each.record, each.subject, each.answer, each.on) for each in new])


def _insert(actor: Actor, kept: Kept, rows: list[tuple[UUID, Subject, Answer, date]]) -> int:
    every: dict[str, Any] = {
        "partnership": actor.partnership,
        "agency": actor.agency,
        "recorded_by": actor.user,
    }
    values = [(uuid4(), record, subject.value, answer.value, day) for record, subject, answer, day in rows]
    return insert_rows(MODELS[kept], ("id", "record", "subject", "answer", "on"), values, every=every)

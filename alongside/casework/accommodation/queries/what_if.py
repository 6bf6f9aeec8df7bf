"""Answers to what-if questions, as far as the reader may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.casework.accommodation.codes import Step
from alongside.casework.accommodation.models import WhatIf
from alongside.casework.accommodation.rules import LONDON
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import load

Interval = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    id: UUID
    question: str
    made: datetime
    is_given: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """`now` and `then`: measure -> middle, low and high of 90 % of the runs, a year. `opens`: a high-support unit where
    there was none, so that what it does is assumed."""

    id: UUID
    question: str
    is_given: bool
    now: dict[str, Interval]
    then: dict[str, Interval]
    difference: dict[str, Interval]
    since: date
    until: date
    ended: int
    runs: int
    places: tuple[tuple[str, int], ...]
    opens: bool


def answers(actor: Actor) -> list[AnswerRow]:
    rows = WhatIf.objects.visible_to(actor).order_by("-made_at", "id")[:30]
    return [AnswerRow(row.pk, question(row.asked), row.made_at.astimezone(LONDON), bool(row.given_at)) for row in rows]


def answer(actor: Actor, id: UUID) -> Answer:
    """Raises NotFound."""
    row: WhatIf = load(actor, WhatIf, id)
    kept = row.answer
    return Answer(
        row.pk,
        question(row.asked),
        row.given_at is not None,
        _measures(kept["now"]),
        _measures(kept["then"]),
        _measures(kept["difference"]),
        date.fromisoformat(kept["since"]),
        date.fromisoformat(kept["until"]),
        kept["ended"],
        kept["runs"],
        tuple((Step(step).words, number) for step, number in kept["places"].items()),
        bool(kept["opens"]),
    )


def _measures(kept: dict[str, list[float]]) -> dict[str, Interval]:
    return {name: (middle, low, high) for name, (middle, low, high) in kept.items()}


def question(asked: dict[str, object]) -> str:
    """`3 more: move-on flat; 20% shorter waits for detox or rehab`."""
    more = asked.get("more") or {}
    assert isinstance(more, dict)
    parts = [f"{number} more: {Step(step).words.lower()}" for step, number in more.items()]
    if asked.get("quicker"):
        parts.append(f"{asked['quicker']}% shorter waits for detox or rehab")
    return "; ".join(parts) or "Nothing changed"

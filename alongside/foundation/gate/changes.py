"""Third door: changes happen in actions.

An action finds its subject through the sealed manager (absent and out of reach are the same 404), opens the
transaction, checks the permission, runs, and leaves a trail row in that same transaction.
"""

import functools
from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import NOTHING, Denied, NeedsPasskey, NotFound, Subject, decide
from alongside.foundation.gate.questions import Question
from alongside.foundation.gate.rows import writing
from alongside.foundation.trail.writing import leave

R = TypeVar("R")


class HasSubject(Protocol):
    """A model says in one place what the gate needs to know of its row."""

    def as_subject(self) -> Subject: ...


def check(actor: Actor, permission: str, subject: Subject = NOTHING, *, takes_away: bool = False) -> None:
    """Raise Denied, with a trail row, unless the gate allows it. For reads; actions do it themselves.

    `takes_away`: what is read leaves as a file. NeedsPasskey, a kind of Denied, is all that a passkey would mend.
    """
    try:
        _require(actor, permission, subject, takes_away)
    except Denied:
        _keep_refusal(actor, permission, subject, takes_away)
        raise


def _require(actor: Actor, permission: str, subject: Subject, takes_away: bool = False) -> str:
    verdict = decide(actor, permission, subject, takes_away=takes_away)
    if verdict.needs_passkey:
        raise NeedsPasskey(permission, subject)
    if not verdict.allowed:
        raise Denied(permission, subject)
    return verdict.rule


def _keep_refusal(actor: Actor, permission: str, subject: Subject, takes_away: bool = False) -> None:
    rule = decide(actor, permission, subject, takes_away=takes_away).rule
    leave(actor, permission, allowed=False, rule=rule, kind=subject.kind, subjects=_ids(subject))


def action(permission: str, model: type[models.Model] | None = None) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Make `fn(actor, [<model name>=row,] **facts)` an action, called as `fn(actor, [id,] **facts)`."""

    def wrap(fn: Callable[..., R]) -> Callable[..., R]:
        @functools.wraps(fn)
        def run(actor: Actor, subject_id: UUID | None = None, **facts: Any) -> R:
            token = writing.set(permission)
            try:
                with transaction.atomic():
                    return _run(fn, actor, permission, model, subject_id, facts)
            except Denied as denied:
                # Outside the undone transaction: a refusal is kept.
                if denied.args[0] == permission:
                    _keep_refusal(actor, permission, denied.args[1])
                raise
            finally:
                writing.reset(token)

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return wrap


def _run(
    fn: Callable[..., R],
    actor: Actor,
    permission: str,
    model: type[models.Model] | None,
    subject_id: UUID | None,
    facts: dict[str, Any],
) -> R:
    subject = facts.pop("subject", NOTHING)
    if model is not None:
        row = load(actor, model, subject_id, for_change=True)
        subject = row.as_subject()
        facts[model.__name__.lower()] = row
    rule = _require(actor, permission, subject)
    result = fn(actor, **facts)
    leave(actor, permission, rule=rule, kind=subject.kind, subjects=_ids(subject))
    return result


def load(actor: Actor, model: type[models.Model], pk: UUID | None, *, for_change: bool = False) -> Any:
    """The row if the actor may see it; else NotFound, the same for absent and out of reach."""
    if for_change:
        take_turn_on(pk)
    found = _row_of(model)(actor, pk=pk) if isinstance(pk, UUID) else []
    if not found:
        raise NotFound(model.__name__)
    return found[0]


@functools.cache
def _row_of(model: type[models.Model]) -> Question:
    return Question(lambda actor, pk: model.objects.visible_to(actor).filter(pk=pk))  # type: ignore[attr-defined]


def take_turn_on(pk: UUID | None) -> None:
    """Two actions on one row run one after the other. An advisory lock: a row lock would need the right to update."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(pk)])


def _ids(subject: Subject) -> list[UUID]:
    return [subject.id] if subject.id else []

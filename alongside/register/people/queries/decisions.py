"""Who decided what about which records, when and why; and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.queries import names_of
from alongside.register.people.acting import settlement_job
from alongside.register.people.chances import number
from alongside.register.people.codes import Judgement
from alongside.register.people.grouping import standing
from alongside.register.people.models import Decision
from alongside.register.people.queries.decided import decided, said
from alongside.register.people.remarks import remark

PAGE = 20


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision. `state` says what became of it; `can_undo`: it stands or waits, and may be taken back."""

    id: UUID
    codes: str
    judgement: str
    reason: str
    chance: str
    by: str
    at: datetime
    state: str
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    rows: tuple[DecisionRow, ...]
    total: int
    page: int
    last_page: int


def decisions(actor: Actor, page: int = 1) -> Decisions:
    """A page of the decisions that the actor may see, newest first."""
    check(actor, "people.review")
    seen = Decision.objects.visible_to(actor)
    total = seen.count()
    last = max(1, -(-total // PAGE))
    page = min(max(1, page), last)
    columns = seen.select_related("a", "b", "undone_by").order_by("-decided_at", "id")
    return Decisions(_rows(actor, list(columns[(page - 1) * PAGE : page * PAGE])), total, page, last)


def decision_row(actor: Actor, decision_id: UUID) -> DecisionRow | None:
    """One decision that the actor made herself: what she is offered to undo. None for any other."""
    mine = Decision.objects.visible_to(actor).filter(pk=decision_id, decided_by=actor.user)
    rows = _rows(actor, list(mine.select_related("a", "b", "undone_by")))
    return rows[0] if rows else None


def _rows(actor: Actor, page: list[Decision]) -> tuple[DecisionRow, ...]:
    everything = settlement_job(actor.partnership) if actor.reach == "coordinator" and actor.partnership else actor
    stands = standing(said(decided(everything)))
    in_force = {each.id for each in stands.in_force}
    people = names_of(row.decided_by for row in page)
    return tuple(
        DecisionRow(
            id=row.pk,
            codes=f"{row.a.code} and {row.b.code}",
            judgement=Judgement(row.judgement).words,
            reason=remark(row.partnership_id, Place("people_decision", row.pk, "reason"), row.reason),
            chance=number(row.probability) if row.probability is not None else "",
            by=people.get(row.decided_by, "Someone who left"),
            at=timezone.localtime(row.decided_at),
            state=_state(row, in_force, set(stands.overruled)),
            can_undo=_can_undo(row),
        )
        for row in page
    )


def _can_undo(row: Decision) -> bool:
    return row.judgement != Judgement.WITHDRAWN and not hasattr(row, "undone_by")


def _state(row: Decision, in_force: set[UUID], overruled: set[UUID]) -> str:
    if row.judgement == Judgement.WITHDRAWN:
        return "Undid an earlier decision"
    if not _can_undo(row):
        return "Undone"
    if row.pk in in_force:
        return "Stands"
    return "Without effect: an agency says otherwise" if row.pk in overruled else "Replaced by a later one"

"""Moves that are expected: a calendar of who leaves when, who comes back, and what is to do before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.casework.accommodation.codes import AwayKind, TaskKind, UseKind
from alongside.casework.accommodation.models import Away, BedUse, MoveTask
from alongside.casework.accommodation.queries.board import bed_name
from alongside.casework.accommodation.queries.naming import UNKNOWN, called_by
from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class ExpectedMove:
    """What is expected on a day. `stay`: the stay it is about."""

    on: date
    what: str
    stay: UUID
    who: str
    where: str
    is_late: bool


def expected_moves(actor: Actor, days: int = 60, named: bool = True) -> list[ExpectedMove]:
    """From what is overdue to `days` from today, by day; names for own workers, codes for the co-ordinator; neither
    where they are not `named`."""
    today = timezone.localdate()
    until = today + timedelta(days=days)
    found = sorted(_found(actor, until), key=lambda each: (each[0], each[1], each[2].pk))
    called = called_by(actor, [stay.record_id for _, _, stay in found]) if named else {}
    return [
        ExpectedMove(
            on,
            what,
            stay.pk,
            called.get(stay.record_id, UNKNOWN),  # type: ignore[arg-type]
            f"{stay.unit.name}, {bed_name(stay.bed).lower()}",
            on < today,
        )
        for on, what, stay in found
    ]


def _found(actor: Actor, until: date) -> Iterator[tuple[date, str, BedUse]]:
    standing = Q(kind=UseKind.STAY, ends=None)
    stays = BedUse.objects.visible_to(actor).filter(standing).select_related("unit", "bed").order_by("id")
    by_id = {stay.pk: stay for stay in stays}
    for stay in by_id.values():
        if stay.leaves_on and stay.leaves_on <= until:
            yield stay.leaves_on, "Expected to move", stay
    for away in Away.objects.visible_to(actor).filter(ends=None, back_on__lte=until).order_by("id"):
        if away.stay_id in by_id and away.back_on:
            yield away.back_on, f"Expected back ({AwayKind(away.kind).words.lower()})", by_id[away.stay_id]
    for task in MoveTask.objects.visible_to(actor).filter(done_at=None, due_on__lte=until).order_by("id"):
        if task.stay_id in by_id:
            yield task.due_on, TaskKind(task.kind).words, by_id[task.stay_id]

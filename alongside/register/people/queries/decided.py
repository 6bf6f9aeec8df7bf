"""What was decided and what the evidence is, as the rules of grouping read it."""

from collections.abc import Iterable

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.register.people.codes import Judgement
from alongside.register.people.comparing import Edge
from alongside.register.people.grouping import Said
from alongside.register.people.models import Decision, Pair


def decided(actor: Actor) -> list[Decision]:
    """The decisions that nothing undid, as far as the actor sees them, oldest first."""
    rows = Decision.objects.visible_to(actor).filter(undone_by=None).exclude(judgement=Judgement.WITHDRAWN)
    return list(rows.order_by("decided_at", "id"))


def said(rows: Iterable[Decision]) -> list[Said]:
    """Decisions as the rules read them."""
    return [
        Said(
            row.pk,
            row.a_id,
            row.b_id,
            Judgement(row.judgement),
            row.agency_a_id == row.agency_b_id,
            row.decided_at,
        )
        for row in rows
    ]


def edges(actor: Actor, where: Q) -> list[Edge]:
    """The evidence of pairs, in a steady order."""
    rows = Pair.objects.visible_to(actor).filter(where).order_by("a_id", "b_id")
    return [Edge(*row) for row in rows.values_list("a_id", "b_id", "probability", "weight", "evidence")]

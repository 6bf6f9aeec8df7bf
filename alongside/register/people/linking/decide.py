"""A person decides about two records, or takes a decision back. Decisions are added, never changed."""

from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.vault.seal import Place
from alongside.register.people.acting import settlement_job, take_turn
from alongside.register.people.codes import Judgement
from alongside.register.people.grouping import Said, against
from alongside.register.people.linking.settle import settle
from alongside.register.people.models import Decision, Pair, Record
from alongside.register.people.queries.decided import decided, said
from alongside.register.people.remarks import sealed_remark

REASON = 300  # letters


class ContradictoryDecision(Exception):
    """The decision can't stand beside an earlier one; `words` say which, and what can be done."""

    def __init__(self, words: str, decision: UUID) -> None:
        super().__init__("An earlier decision stands against it.")
        self.words = words
        self.decision = decision


class AlreadyUndone(Exception):
    """The decision was undone before, or is itself the undoing of one."""

    words = "This decision was undone before."


@action("people.decide", Pair)
def decide(actor: Actor, *, pair: Pair, judgement: Judgement, reason: str = "") -> UUID:
    """Keep what a person decided, with the evidence then, and regroup the records around it. Returns the decision.

    Raises ContradictoryDecision when an earlier decision that the actor may see stands against it.
    """
    if judgement is Judgement.WITHDRAWN:
        raise ValueError("A decision is withdrawn by undoing it.")
    take_turn(pair.partnership_id)
    _check(actor, pair, judgement)
    row = _decision(actor, pair, judgement, reason)
    row.probability, row.evidence = pair.probability, pair.evidence
    row.model_version = str(pair.run_id)
    Decision.objects.bulk_create([row])
    settle(actor, pair.a_id, pair.b_id)
    return row.pk


@action("people.decide", Decision)
def undo(actor: Actor, *, decision: Decision, reason: str = "") -> UUID:
    """Take a decision back by one more. What it changed is as it was before. Returns the undoing decision."""
    take_turn(decision.partnership_id)
    done = Decision.objects.visible_to(actor).filter(undoes=decision).exists()
    if done or decision.judgement == Judgement.WITHDRAWN:
        raise AlreadyUndone
    row = _decision(actor, decision, Judgement.WITHDRAWN, reason)
    row.undoes = decision
    row.model_version = decision.model_version
    Decision.objects.bulk_create([row])
    settle(actor, decision.a_id, decision.b_id)
    return row.pk


def _decision(actor: Actor, about: Pair | Decision, judgement: Judgement, reason: str) -> Decision:
    assert actor.user is not None
    row = uuid4()
    return Decision(
        id=row,
        partnership_id=about.partnership_id,
        a_id=about.a_id,
        b_id=about.b_id,
        agency_a_id=about.agency_a_id,
        agency_b_id=about.agency_b_id,
        judgement=judgement,
        reason=sealed_remark(about.partnership_id, Place("people_decision", row, "reason"), reason.strip()[:REASON]),
        decided_by=actor.user,
    )


def _check(actor: Actor, pair: Pair, judgement: Judgement) -> None:
    """For the co-ordinator among all decisions; for an agency among those about its own records only, for else the
    answer would tell of other lists."""
    seen_by = settlement_job(pair.partnership_id) if actor.reach == "coordinator" else actor
    new = Said(uuid4(), pair.a_id, pair.b_id, judgement, pair.agency_a_id == pair.agency_b_id, timezone.now())
    earlier = against(said(decided(seen_by)), new)
    if earlier is not None:
        raise ContradictoryDecision(_words(actor, earlier), earlier.id)


def _words(actor: Actor, earlier: Said) -> str:
    rows = Record.objects.visible_to(actor).filter(pk__in=[earlier.a, earlier.b]).order_by("code")
    codes = " and ".join(rows.values_list("code", flat=True))
    day = timezone.localtime(earlier.at)
    said_then = "are the same woman" if earlier.judgement is Judgement.SAME else "are not the same woman"
    return (
        f"This can’t stand beside the decision of {day.day} {day:%B %Y} that {codes} {said_then}."
        " Look at that one again and undo it first, or choose “Not sure” here."
    )

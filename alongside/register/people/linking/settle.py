"""What follows from decisions and acceptances, in the transaction that changed them.

All of it runs as the settlement job and does the same work whether or not another agency knows the woman: the same
queries, the same writes. What it finds never goes back to the one who began it.
"""

from datetime import date
from uuid import UUID

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.register.people.acting import settlement_job, take_turn
from alongside.register.people.codes import Judgement
from alongside.register.people.comparing import groups
from alongside.register.people.grouping import NEAR, neighbourhood, standing
from alongside.register.people.models import Acceptance, CaseworkLink, Grouping, Pair
from alongside.register.people.queries.decided import decided, edges, said


def settle(actor: Actor, a: UUID, b: UUID) -> None:
    """Draw what follows from a decision about two records: their neighbourhood's groups, then who may know."""
    assert actor.partnership is not None
    take_turn(actor.partnership)
    job = settlement_job(actor.partnership)
    with acting_as(job):
        regroup(job, a=a, b=b)
        settle_links(job, decided_by=actor.user)


@action("people.settle")
def regroup(actor: Actor, *, a: UUID, b: UUID) -> None:
    """Group the neighbourhood of two records again, by evidence and by the decisions that stand."""
    all_said = said(decided(actor))
    joined = [(each.a, each.b) for each in all_said if each.judgement is Judgement.SAME]
    near = Pair.objects.visible_to(actor).filter(held_by=None, probability__gt=NEAR).order_by("a_id", "b_id")
    around = neighbourhood((a, b), [*near.values_list("a_id", "b_id"), *joined])
    placed = groups(around, edges(actor, Q(held_by=None, a_id__in=around, b_id__in=around)), standing(all_said))
    moves = [When(record_id=record, then=Value(person)) for record, person in sorted(placed.items())]
    Grouping.objects.visible_to(actor).filter(record_id__in=around).update(
        person_id=Case(*moves, default=F("person_id"))
    )


@action("people.settle")
def settle_links(actor: Actor, *, decided_by: UUID | None = None) -> None:
    """Make and end casework links: one for each "same" between two agencies that stands and that both accepted."""
    today = timezone.localdate()
    wanted = _wanted(actor, today)
    now = timezone.now()
    links = CaseworkLink.objects.visible_to(actor)
    ending: list[UUID | int] = []
    for link in links.filter(ended_at=None).order_by("id"):
        due = wanted.get((link.a_id, link.b_id))
        if (
            due is not None
            and due.acceptance_a_id == link.acceptance_a_id
            and due.acceptance_b_id == link.acceptance_b_id
        ):
            del wanted[link.a_id, link.b_id]
        else:
            ending.append(link.pk)
    links.filter(pk__in=ending).update(ended_at=now, ended_by=decided_by)
    for link in wanted.values():
        link.since_by = decided_by
    CaseworkLink.objects.bulk_create(wanted.values())


def _wanted(actor: Actor, today: date) -> dict[tuple[UUID, UUID], CaseworkLink]:
    """The links that ought to be, by pair."""
    rows = decided(actor)
    stands = {each.id for each in standing(said(rows)).in_force if each.judgement is Judgement.SAME and not each.within}
    accepted = _accepted(actor, today)
    wanted: dict[tuple[UUID, UUID], CaseworkLink] = {}
    for row in rows:
        ours, theirs = accepted.get(row.a_id), accepted.get(row.b_id)
        if row.pk in stands and ours is not None and theirs is not None:
            wanted[row.a_id, row.b_id] = CaseworkLink(
                partnership_id=row.partnership_id,
                a_id=row.a_id,
                b_id=row.b_id,
                agency_a_id=row.agency_a_id,
                agency_b_id=row.agency_b_id,
                decision_id=row.pk,
                acceptance_a=ours,
                acceptance_b=theirs,
                until=min(ours.until, theirs.until),
            )
    return wanted


def _accepted(actor: Actor, today: date) -> dict[UUID, Acceptance]:
    """The partnership's acceptances in force today, by record. All of them: asking for some would tell which."""
    rows = Acceptance.objects.visible_to(actor).filter(withdrawn_at=None, until__gte=today, record__removed_at=None)
    return {row.record_id: row for row in rows.order_by("id")}

"""The data protection lead's desk: what waits for her, in one place."""

from dataclasses import dataclass

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.rights import rules
from alongside.register.rights.queries import breach, emergency, hers, keeping, outside, sharing
from alongside.register.rights.queries.breach import BreachRow
from alongside.register.rights.queries.emergency import LookRow
from alongside.register.rights.queries.hers import HerRow
from alongside.register.rights.queries.keeping import Due
from alongside.register.rights.queries.outside import Outcomes, OutsideRow
from alongside.register.rights.queries.sharing import DisclosureRow, SharedWith


@dataclass(frozen=True, slots=True)
class Desk:
    """Each list soonest due first."""

    looks: list[LookRow]
    hers: list[HerRow]
    outside: list[OutsideRow]
    outcomes: Outcomes
    disclosures: list[DisclosureRow]
    shared: list[SharedWith]
    due: list[Due]
    due_count: int
    breaches: list[BreachRow]


def desk(actor: Actor) -> Desk:
    """Everything that waits for the data protection lead of the actor's agency."""
    check(actor, "rights.desk")
    today = timezone.localdate()
    due, due_count = keeping.due(actor)
    return Desk(
        looks=emergency.to_review(actor),
        hers=hers.open_requests(actor),
        outside=outside.open_requests(actor),
        outcomes=outside.outcomes(actor, rules.months_after(today, -12), today),
        disclosures=[each for each in sharing.register(actor) if each.waits or each.is_to_review],
        shared=sharing.shared_now(actor),
        due=due[:10],
        due_count=due_count,
        breaches=[each for each in breach.breaches(actor) if each.is_open],
    )

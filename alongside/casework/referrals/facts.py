"""Referrals and refusals as dated, coded, nameless rows: the one door for counting.

Call as the counting job, inside `acting_as` of it. A woman is told by the id of her sender's record.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.casework.referrals.codes import DeclineReason, State
from alongside.casework.referrals.models import CountedReferral, TurnedAway
from alongside.casework.referrals.queries.lists import SEALED
from alongside.casework.referrals.queries.rows import rows_of_referrals
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.agencies.codes import ServiceKind, Source

COUNT = "referrals.count"


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """One referral with its clocks; a clock that has not struck is None. `reason`: coded, of its last step."""

    id: UUID
    record: UUID
    agency: UUID
    service: UUID
    service_agency: UUID
    kind: ServiceKind
    source: Source
    state: State
    reason: str
    asked_on: date
    sent_on: date
    received_on: date | None
    decided_on: date | None
    offered_on: date | None
    started_on: date | None
    ended_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class RefusalFact:
    """A service said no. `service` None: not in the directory. `referral` None: there was none of ours."""

    record: UUID
    agency: UUID
    service: UUID | None
    kind: ServiceKind
    reason: DeclineReason
    on: date
    referral: UUID | None = None


def referrals(actor: Actor) -> list[ReferralFact]:
    """All referrals of the partnership by day sent."""
    check(actor, COUNT)
    held = _held(actor)
    homes = {row.service_id: row.service.agency_id for row in held}
    ends = (State.DECLINED, State.WITHDRAWN, State.TAKEN_UP, State.RETURNED)
    return [
        ReferralFact(
            row.id,
            row.record,
            row.agency,
            row.service,
            homes[row.service],
            row.kind,
            row.source,
            row.state,
            row.steps[-1].code if row.state in ends else "",
            row.clocks.asked,
            row.clocks.sent,
            row.clocks.received,
            row.clocks.decided,
            row.clocks.offered,
            row.clocks.started,
            row.steps[-1].on if row.state in ends else row.lapses_on if row.state is State.EXPIRED else None,
            row.is_overdue,
        )
        for row in rows_of_referrals(actor, held)
    ]


def refusals(actor: Actor) -> list[RefusalFact]:
    """Every time that a service said no: to a referral, with another offer too, and outside one. By day."""
    check(actor, COUNT)
    no = (State.DECLINED, State.RETURNED)
    found = [
        RefusalFact(row.record, row.agency, row.service, row.kind, DeclineReason(step.code), step.on, row.id)
        for row in rows_of_referrals(actor, _held(actor))
        for step in row.steps
        if step.state in no
    ]
    columns = ("record_id", "agency_id", "service_id", "kind", "reason", "occurred_on")
    others = TurnedAway.objects.visible_to(actor).order_by("occurred_on", "id").values_list(*columns)
    found += [
        RefusalFact(record, agency, service, ServiceKind(kind), DeclineReason(reason), on)
        for record, agency, service, kind, reason, on in others
    ]
    return sorted(found, key=lambda each: (each.on, each.record))


def _held(actor: Actor) -> list[CountedReferral]:
    rows = CountedReferral.objects.visible_to(actor).select_related("service__agency", "agency").defer(*SEALED)
    return list(rows.order_by("sent_on", "id"))

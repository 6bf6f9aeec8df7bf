"""Times that a service said no, as the agency wrote them down."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.casework.referrals.codes import DeclineReason
from alongside.casework.referrals.models import TurnedAway
from alongside.casework.referrals.queries.lists import SHOWN
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.codes import ServiceKind
from alongside.register.people.remarks import remark


@dataclass(frozen=True, slots=True)
class TurnedAwayRow:
    on: date
    service: str
    reason: str
    words: str


def turned_away_list(actor: Actor, record: UUID, most: int = SHOWN) -> list[TurnedAwayRow]:
    """What the reader's agency wrote down for one record, newest first."""
    check(actor, "referrals.open")
    rows = TurnedAway.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    found = rows.select_related("service").order_by("-occurred_on", "id")[:most]
    return [
        TurnedAwayRow(
            row.occurred_on,
            row.service.name if row.service else f"{ServiceKind(row.kind).words} not in the directory",
            DeclineReason(row.reason).words,
            remark(row.agency_id, Place("referrals_turnedaway", row.pk, "words"), row.words),
        )
        for row in found
    ]

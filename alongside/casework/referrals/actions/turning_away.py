"""A service said no to her, outside any referral of ours."""

import uuid
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.casework.referrals import rules
from alongside.casework.referrals.codes import DeclineReason
from alongside.casework.referrals.models import TurnedAway
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.codes import ServiceKind
from alongside.register.agencies.queries import service as service_called
from alongside.register.people.models import Record
from alongside.register.people.remarks import sealed_remark


@action("referrals.turned_away", Record)
def turned_away(
    actor: Actor,
    *,
    record: Record,
    reason: DeclineReason,
    kind: ServiceKind,
    service: UUID | None = None,
    on: date | None = None,
    words: str = "",
) -> UUID:
    """Write it down. `service`: one of the directory; without one its `kind` alone is kept."""
    assert actor.agency is not None
    assert actor.partnership is not None
    if record.removed_at is not None:
        raise NotFound("Record")
    today = timezone.localdate()
    if on is not None and on > today:
        raise rules.OutOfOrder("That day has not come yet. Check the day.")
    known = service_called(service, actor.partnership) if service else None
    if service and known is None:
        raise NotFound("Service")
    id = uuid.uuid4()
    TurnedAway.objects.create(
        id=id,
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        record_id=record.pk,
        service_id=known.id if known else None,
        kind=known.kind if known else kind,
        reason=reason,
        occurred_on=on or today,
        words=sealed_remark(actor.agency, Place("referrals_turnedaway", id, "words"), words.strip()),
        recorded_by=actor.user,
    )
    return id

"""Records of other agencies that are the same woman, once both holders may know of each other."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.people.models import CaseworkLink, Record


def linked_records(actor: Actor, record_id: UUID) -> list[UUID]:
    """Their ids, in order; what may be read of them each room decides by what she agreed. Raises NotFound."""
    record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    links = CaseworkLink.objects.visible_to(actor).filter(
        Q(a_id=record_id) | Q(b_id=record_id), ended_at=None, until__gte=timezone.localdate()
    )
    sides = links.order_by("id").values_list("a_id", "b_id")
    return sorted({each for pair in sides for each in pair} - {record_id})

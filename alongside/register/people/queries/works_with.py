"""Which agencies work with a woman too, once both sides may know."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.questions import Question
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.models import Agency
from alongside.register.people.codes import AcceptanceBasis
from alongside.register.people.models import Acceptance, CaseworkLink, Record
from alongside.register.people.queries.her_page import record_row
from alongside.register.people.queries.record import RecordRow
from alongside.register.people.remarks import remark


@dataclass(frozen=True, slots=True)
class Asking:
    """What is agreed for a record now; `until` None: nothing is."""

    record: UUID
    code: str
    basis: str = ""
    how_asked: str = ""
    asked_on: date | None = None
    until: date | None = None


def works_with(actor: Actor, record_id: UUID) -> list[str]:
    """Names of the other agencies, by name; of nothing else. Empty where nobody may know, or nobody does.

    Raises NotFound for a record that the actor may not see. The day on which an acceptance ends counts when read.
    """
    record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    return others(actor, record_id, record.agency_id)


def others(actor: Actor, record_id: UUID, holder: UUID) -> list[str]:
    """As `works_with`, for a page that has found the record to be the actor's to open."""
    found = sorted({each.agency for each in _links(actor, record_id)} - {holder})
    if not found:
        return []
    return list(Agency.objects.filter(pk__in=found).order_by("name").values_list("name", flat=True))


@dataclass(frozen=True, slots=True)
class Linked:
    """Another agency's record of the same woman, where both sides may know of each other."""

    record: UUID
    agency: UUID
    partnership: UUID


def with_links(actor: Actor, record_id: UUID) -> tuple[RecordRow, list[Linked]]:
    """The record itself and the linked ones. Raises NotFound: the same for absent, removed and out of reach."""
    return record_row(actor, record_id), _links(actor, record_id)


_linked = Question(
    lambda actor, record: (
        CaseworkLink.objects.visible_to(actor)
        .filter(Q(a_id=record) | Q(b_id=record), ended_at=None, until__gte=timezone.localdate())
        .order_by("id")
    )
)
_acceptances = Question(
    lambda actor, record: (
        Acceptance.objects.visible_to(actor)
        .filter(record_id=record, withdrawn_at=None, until__gte=timezone.localdate())
        .order_by("id")[:1]
    )
)


def _links(actor: Actor, record_id: UUID) -> list[Linked]:
    return [
        Linked(link.b_id, link.agency_b_id, link.partnership_id)
        if link.a_id == record_id
        else Linked(link.a_id, link.agency_a_id, link.partnership_id)
        for link in _linked(actor, record=record_id)
    ]


def asking(actor: Actor, record_id: UUID) -> Asking:
    """What the agency keeps of asking her. Raises NotFound for a record that the actor may not see."""
    record: Record = load(actor, Record, record_id)
    check(actor, "people.accept", record.as_subject())
    if record.removed_at is not None:
        raise NotFound("Record")
    return accepted(actor, record.id, record.code)


def accepted(actor: Actor, record_id: UUID, code: str) -> Asking:
    """What is agreed for a record of the actor's agency today."""
    found = _acceptances(actor, record=record_id)
    if not found:
        return Asking(record_id, code)
    row = found[0]
    basis = AcceptanceBasis(row.basis).words
    how_asked = remark(row.agency_id, Place("people_acceptance", row.pk, "how_asked"), row.how_asked)
    return Asking(record_id, code, basis, how_asked, row.asked_on, row.until)

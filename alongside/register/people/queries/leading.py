"""Lead workers: of one woman, of all women of the agency, and what other agencies ask ours to take over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.agencies.codes import CASEWORKERS
from alongside.register.agencies.models import Agency, Membership
from alongside.register.people.models import Lead, Record
from alongside.register.people.sharing.leading import linked_agencies, linked_here


@dataclass(frozen=True, slots=True)
class LeadRow:
    """`has_left`: the worker has no role here any more, so somebody else has to lead."""

    id: UUID
    record: UUID
    code: str
    worker: str
    since: date
    has_left: bool
    offered_to: str
    reads_on: bool


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An agency asks ours to lead; `code`: of our own record of her."""

    id: UUID
    code: str
    agency: str
    reads_on: bool


def lead_of(actor: Actor, record_id: UUID) -> LeadRow | None:
    """Who leads for a record of the actor's agency now. Raises NotFound."""
    record: Record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    return next(iter(_rows(actor, record_id)), None)


def leads(actor: Actor) -> list[LeadRow]:
    """All of the agency: first those whose worker has left, then by worker."""
    check(actor, "people.list")
    return sorted(_rows(actor), key=lambda row: (not row.has_left, row.worker, row.code))


def led_by(actor: Actor) -> list[UUID]:
    """The records for which the actor leads."""
    rows = Lead.objects.visible_to(actor).filter(agency_id=actor.agency, worker_id=actor.user, ended_at=None)
    return list(rows.order_by("record_id").values_list("record_id", flat=True))


def offers(actor: Actor) -> list[OfferRow]:
    """What other agencies ask the actor's to take over, the oldest first."""
    check(actor, "people.take_lead")
    rows = Lead.objects.visible_to(actor).filter(offered_to_id=actor.agency, ended_at=None)
    found = list(rows.select_related("agency").order_by("offered_at", "id"))
    ours = {row.pk: next(iter(linked_here(actor, row.record_id)), None) for row in found}
    here = Record.objects.visible_to(actor).filter(pk__in=[each for each in ours.values() if each])
    codes = dict(here.order_by("pk").values_list("pk", "code"))
    return [
        OfferRow(row.pk, codes[record], row.agency.name, row.reads_on)
        for row in found
        if (record := ours[row.pk]) in codes
    ]


def may_lead(actor: Actor) -> list[tuple[UUID, str]]:
    """Colleagues who work with women here, by name."""
    held = _members(actor).select_related("worker").order_by("worker__name", "id")
    return list({each.worker_id: each.worker.name for each in held}.items())


def may_take_over(actor: Actor, record_id: UUID) -> list[tuple[UUID, str]]:
    """Agencies that work with her too and may know of it, by name."""
    ids = linked_agencies(actor, record_id)
    return list(Agency.objects.filter(pk__in=ids).order_by("name").values_list("id", "name")) if ids else []


def record_led(actor: Actor, lead_id: UUID) -> UUID:
    """The record that a lead is about. Raises NotFound."""
    record: UUID = load(actor, Lead, lead_id).record_id
    return record


def _members(actor: Actor) -> QuerySet[Membership]:
    today = timezone.localdate()
    held = Membership.objects.filter(agency_id=actor.agency, role__in=CASEWORKERS, worker__is_active=True)  # type: ignore[misc]
    return held.exclude(until__lt=today)


def _rows(actor: Actor, record: UUID | None = None) -> list[LeadRow]:
    rows = Lead.objects.visible_to(actor).filter(agency_id=actor.agency, ended_at=None, record__removed_at=None)
    if record is not None:
        rows = rows.filter(record_id=record)
    here = set(_members(actor).order_by("worker_id").values_list("worker_id", flat=True))
    return [
        LeadRow(
            row.pk,
            row.record_id,
            row.record.code,
            row.worker.name,
            timezone.localdate(row.since_at),
            row.worker_id not in here,
            row.offered_to.name if row.offered_to else "",
            row.reads_on,
        )
        for row in rows.select_related("record", "worker", "offered_to").order_by("since_at", "id")
    ]

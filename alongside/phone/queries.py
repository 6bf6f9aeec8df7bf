"""The agency's phones, and what of theirs waits for a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.foundation.trail.writing import leave
from alongside.phone.applying import read_held
from alongside.phone.codes import AsideFor, EnvelopeState, HeldFor
from alongside.phone.models import Device, Envelope
from alongside.phone.rules import TRUSTED_SKEW, Event, OfShift
from alongside.register.agencies import queries as agencies


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of the agency. `missing`: envelopes that it numbered and that never arrived."""

    id: UUID
    name: str
    worker: str
    is_own: bool
    set_up_at: datetime
    seen_at: datetime | None
    list_taken_at: datetime | None
    closed_at: datetime | None
    wiped_at: datetime | None
    received: int
    held: int
    missing: int
    skew_minutes: int  # 0 unless its clock is more than ten minutes off


@dataclass(frozen=True, slots=True)
class Held:
    """An envelope that waits, or waited, for a person; without what it holds."""

    id: UUID
    phone: str
    worker: str
    why: HeldFor
    received_at: datetime
    claimed_at: datetime | None
    skew_minutes: int
    state: EnvelopeState
    aside_for: AsideFor | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class LetIn:
    """A phone that showed its own secret: the job that receives from it, and whose it is."""

    job: Actor
    device: UUID
    worker: UUID


def let_in(token: Token, route: str = "") -> LetIn | None:
    """Whose phone shows this token; None when no phone does. A phone out of use is let in too: it may give, and is
    told to delete what it holds.
    """
    agency = agencies.agency(token.agency)
    if agency is None:
        return None
    job = Actor(
        partnership=agency.partnership, agency=agency.id, job="phone", reach="agency", purpose="recording", route=route
    )
    with acting_as(job):
        row = Device.objects.visible_to(job).filter(pk=token.id).select_related("membership").first()
    if row is None or not token.fits(row.token_digest):
        return None
    return LetIn(job, row.pk, row.membership.worker_id)


def phones(actor: Actor) -> list[Phone]:
    """The agency's phones: those in use first, lately seen first."""
    check(actor, "phone.see")
    rows = list(
        Device.objects.visible_to(actor)
        .select_related("membership")
        .order_by("closed_at", "-seen_at", "-set_up_at", "id")
    )
    sent = {
        device: (received, held)
        for device, received, held in Envelope.objects.visible_to(actor)
        .values_list("device_id")
        .annotate(received=Count("number", distinct=True), held=Count("id", filter=Q(state=EnvelopeState.HELD)))
        .order_by("device_id")
    }
    names = agencies.names_of(row.membership.worker_id for row in rows)
    return [_phone(row, names, actor, *sent.get(row.pk, (0, 0))) for row in rows]


def _phone(row: Device, names: dict[UUID, str], actor: Actor, received: int, held: int) -> Phone:
    worker = row.membership.worker_id
    return Phone(
        row.pk,
        row.name,
        names.get(worker, ""),
        worker == actor.user,
        row.set_up_at,
        row.seen_at,
        row.list_taken_at,
        row.closed_at,
        row.wiped_at,
        received,
        held,
        max(0, row.highest - received),
        _told(row.skew_seconds),
    )


def waiting(actor: Actor) -> list[Held]:
    """What waits for a person in the actor's agency, oldest first."""
    check(actor, "phone.see")
    return _held(Envelope.objects.visible_to(actor).filter(state=EnvelopeState.HELD).order_by("received_at", "id"))


def settled(actor: Actor, most: int = 50) -> list[Held]:
    """What was held and then settled, latest first."""
    check(actor, "phone.see")
    rows = Envelope.objects.visible_to(actor).exclude(held_for="").exclude(state=EnvelopeState.HELD)
    return _held(rows.order_by("-resolved_at", "id")[:most])


def one_held(actor: Actor, envelope: UUID) -> tuple[Held, Event | OfShift | None]:
    """One of them with what it holds, opened for this actor (one trail row). Raises NotFound."""
    row = load(actor, Envelope, envelope)
    check(actor, "phone.resolve", row.as_subject())
    leave(actor, "phone.resolve", rule="phone.resolve: opened", kind="Envelope", subjects=[row.pk])
    return _held(Envelope.objects.visible_to(actor).filter(pk=row.pk).order_by("id"))[0], read_held(row)


def _held(rows: QuerySet[Envelope]) -> list[Held]:
    found = list(rows.select_related("device", "device__membership"))
    names = agencies.names_of(row.device.membership.worker_id for row in found)
    return [
        Held(
            row.pk,
            row.device.name,
            names.get(row.device.membership.worker_id, ""),
            HeldFor(row.held_for),
            row.received_at,
            row.claimed_at,
            _told(row.skew_seconds),
            EnvelopeState(row.state),
            AsideFor(row.aside_for) if row.aside_for else None,
            row.resolved_at,
        )
        for row in found
    ]


def _told(skew_seconds: int) -> int:
    return round(skew_seconds / 60) if abs(skew_seconds) > TRUSTED_SKEW.total_seconds() else 0

"""From a sealed envelope to a contact: open, read, record. What stands in the way is a reason, never an error."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError

from alongside.casework.contacts import actions as contacts
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.vault.keys import KeysUnreachable
from alongside.foundation.vault.outbox import open_sealed
from alongside.foundation.vault.seal import SealBroken
from alongside.phone import rules
from alongside.phone.codes import EnvelopeState, HeldFor
from alongside.phone.models import Device, Envelope
from alongside.phone.rules import Event, NotTaken, OfShift
from alongside.register.people.known import Known

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of trying. `held_for` is empty when it was taken in."""

    state: EnvelopeState
    held_for: str = ""
    claimed_at: datetime | None = None


def attempt(
    device: Device, worker: Actor | None, op: UUID, sealed: bytes, *, received_at: datetime, skew: int
) -> Attempt:
    """Take an envelope in as the worker of its phone; if her phone or role is out of use it is held for a person.

    `worker`: None when her role is not in force.
    """
    claimed: datetime | None = None
    try:
        plain = _opened(device.agency_id, sealed)
        claimed = rules.claimed_at(plain)
        event = rules.read_event(plain, device.pk, op)
        if worker is None or device.closed_at is not None:
            raise NotTaken(HeldFor.CLOSED_PHONE)
        _record(worker, event, timedelta(seconds=skew), received_at)
    except NotTaken as reason:
        return Attempt(EnvelopeState.HELD, reason.held_for, claimed)
    return Attempt(EnvelopeState.TAKEN_IN, claimed_at=claimed)


def attempt_mended(actor: Actor, envelope: Envelope, changes: Mapping[str, Any]) -> Attempt:
    """Take a held envelope in as `actor`, for the worker who met her. `changes`: fields of Event that she changed."""
    try:
        plain = rules.without_extra_words(_opened(envelope.agency_id, bytes(envelope.sealed)))
        event = rules.read_event(plain, envelope.device_id, envelope.op)
        if changes and isinstance(event, Event):
            event = replace(event, **changes)
        phone = Device.objects.visible_to(actor).select_related("membership").get(pk=envelope.device_id)
        met_by = phone.membership.worker_id
        _record(actor, event, timedelta(seconds=envelope.skew_seconds), envelope.received_at, met_by=met_by)
    except NotTaken as reason:
        return Attempt(EnvelopeState.HELD, reason.held_for, envelope.claimed_at)
    return Attempt(EnvelopeState.TAKEN_IN, claimed_at=envelope.claimed_at)


def read_held(envelope: Envelope) -> Event | OfShift | None:
    """What a held envelope holds, without extra words; None when it can't be opened or understood."""
    try:
        plain = rules.without_extra_words(_opened(envelope.agency_id, bytes(envelope.sealed)))
        return rules.read_event(plain, envelope.device_id, envelope.op)
    except NotTaken:
        return None


def _opened(agency: UUID, sealed: bytes) -> bytes:
    try:
        return open_sealed(agency, sealed)
    except SealBroken:
        raise NotTaken(HeldFor.SEALED_WRONG) from None


def _record(
    actor: Actor, event: Event | OfShift, skew: timedelta, received_at: datetime, met_by: UUID | None = None
) -> None:
    """Record it under the actor's own rights. Raises NotTaken; nothing of a refused one stays."""
    at = rules.happened_at(event.at, skew, received_at)
    try:
        with acting_as(actor):
            if isinstance(event, OfShift):
                _of_shift(actor, event, at)
            else:
                contacts.record_contact(actor, id=event.op, **_told(event, at, met_by))
    except (NotFound, Denied):
        raise NotTaken(HeldFor.SHIFT_GONE if isinstance(event, OfShift) else HeldFor.OUT_OF_REACH) from None
    except contacts.ShiftOver:
        raise NotTaken(HeldFor.SHIFT_OVER) from None
    except contacts.AlreadyRecorded:
        raise NotTaken(HeldFor.OTHER_BODY) from None
    except contacts.NoSuchArea:
        raise NotTaken(HeldFor.PLACE_GONE) from None
    except contacts.NoSuchShift:
        raise NotTaken(HeldFor.SHIFT_GONE) from None
    except (KeysUnreachable, OperationalError):
        raise  # not of this envelope: nothing is kept or acknowledged, and the phone tries again
    except Exception as fault:
        # Whatever it was, the worker's contact is not lost for it. A rule that speaks of itself (`words`) was broken by
        # what was told; anything else is our own fault, and goes to our log.
        if getattr(fault, "words", ""):
            raise NotTaken(HeldFor.NOT_UNDERSTOOD) from None
        log.exception("An envelope could not be taken in")
        raise NotTaken(HeldFor.FAULT) from None


def _of_shift(actor: Actor, event: OfShift, at: datetime) -> None:
    if event.what == "begin":
        contacts.begin_shift(actor, id=event.shift, at=at)
    elif event.what == "safe":
        contacts.safety_call(actor, event.shift, at=at)
    else:
        said = dict(each.split(":", 1) for each in event.said if ":" in each)
        contacts.end_shift(actor, event.shift, said=said, hand_over=event.hand_over, at=at)


def _told(event: Event, at: datetime, met_by: UUID | None) -> dict[str, Any]:
    return {
        "occurred_at": at,
        "place": event.place,
        "outcome": event.outcome,
        "record": event.record,
        "new": Known(names=(event.called,)) if event.called and not event.record else None,
        "shift": event.shift,
        "area": event.area,
        "hexagon": event.hexagon,
        "staying": event.staying,
        "topics": event.topics,
        "given": event.given,
        "next_step": event.next_step,
        "worry": event.worry,
        "note": event.note,
        "worker": met_by,
    }

"""Setting a phone up, receiving what it sends exactly once, taking it out of use, and settling what was held."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.tokens import Token
from alongside.phone.applying import Attempt, attempt, attempt_mended
from alongside.phone.codes import AsideFor, EnvelopeState
from alongside.phone.models import Device, Envelope
from alongside.phone.tonight import TonightsList, tonights_list
from alongside.register.agencies import queries as agencies
from alongside.register.people.actions import hand_out_all
from alongside.register.people.codes import FieldGroup, HandoutKind
from alongside.register.people.queries import may_still_read

LIST_LIFE = timedelta(hours=13)  # the phone itself deletes it after twelve; its clock may be off
# What a greeting changes.
GREETED = ("seen_at", "seen_by", "skew_seconds", "closed_at", "closed_by", "wiped_at", "wiped_by")


class OtherBody(Exception):
    """The same envelope was received before and said something else: neither is lost, the first one stands."""


class NotWaiting(Exception):
    """The envelope does not wait any more: somebody settled it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone that calls is told. `wipe`: to delete what it holds; `forget_list`: tonight's list alone."""

    wipe: bool
    forget_list: bool


NOTHING = Told(wipe=False, forget_list=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an envelope. `again`: it was here already, and nothing was done a second time."""

    received_at: datetime
    state: EnvelopeState
    again: bool
    told: Told = NOTHING


@action("phone.set_up")
def set_up_phone(actor: Actor, *, membership: UUID, name: str) -> Token:
    """A phone for the actor herself, in the role she acts in. The secret is told this once."""
    assert actor.agency is not None
    device = uuid4()
    token = Token.fresh(actor.agency, device)
    Device.objects.create(
        id=device,
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        membership_id=membership,
        name=name,
        token_digest=token.digest(),
        set_up_by=actor.user,
    )
    return token


@action("phone.receive", Device)
def receive(
    actor: Actor, *, device: Device, worker: UUID, op: UUID, number: int, sealed: bytes, skew: int, leave: bool = False
) -> Receipt:
    """One envelope, once, and the phone's greeting with it: the same a second time changes nothing. Raises OtherBody.

    `worker`: who sends it. `skew`: seconds that the phone's clock is ahead of ours. What can't be taken in is held for
    a person, and never sent back to the phone.
    """
    acting = agencies.acting_in(device.membership_id)
    wipe = _greeted(device, acting, worker, skew, leave)
    receipt = _receive(device, acting, worker, op, number, sealed, skew)
    device.save(update_fields=[*GREETED, "highest"])
    return replace(receipt, told=Told(wipe, _list_is_over(device, acting)))


@action("phone.hand_in")
def hand_in(actor: Actor, *, device: UUID, op: UUID, number: int, sealed: bytes) -> Receipt:
    """One envelope out of a phone's file. Raises NotFound for a phone that is not of this agency, and OtherBody."""
    assert actor.user is not None
    row = Device.objects.visible_to(actor).filter(pk=device).first()
    if row is None:
        raise NotFound("Device")
    acting = agencies.acting_in(row.membership_id)
    receipt = _receive(row, acting, actor.user, op, number, sealed, row.skew_seconds)
    row.save(update_fields=["highest"])
    return receipt


def _receive(
    device: Device, acting: Actor | None, worker: UUID, op: UUID, number: int, sealed: bytes, skew: int
) -> Receipt:
    """`acting`: the worker of the phone, while her role is in force. The device is for the caller to save."""
    digest = hashlib.sha256(sealed).digest()
    known = Envelope.objects.unscoped("the device's own envelopes").filter(device=device, op=op).first()
    if known is not None:
        if bytes(known.digest) != digest:
            raise OtherBody
        return Receipt(known.received_at, EnvelopeState(known.state), again=True)
    now = timezone.now()
    tried = attempt(device, acting, op, sealed, received_at=now, skew=skew)
    hers = acting.user if acting else _worker_of(device)
    Envelope.objects.create(
        partnership_id=device.partnership_id,
        agency_id=device.agency_id,
        device=device,
        op=op,
        number=number,
        sealed=sealed,
        digest=digest,
        state=tried.state,
        held_for=tried.held_for,
        received_at=now,
        received_by=worker,
        claimed_at=tried.claimed_at,
        claimed_by=hers if tried.claimed_at else None,
        skew_seconds=skew,
    )
    device.highest = max(device.highest, number)
    return Receipt(now, tried.state, again=False)


def _worker_of(device: Device) -> UUID:
    return device.membership.worker_id


@action("phone.set_up")
def take_list(actor: Actor, *, device: UUID) -> TonightsList:
    """Tonight's list for the actor's own phone. Raises NotFound for any other, and for one out of use."""
    row = Device.objects.visible_to(actor).filter(pk=device, closed_at=None).first()
    if row is None or _worker_of(row) != actor.user or row.agency_id != actor.agency:
        raise NotFound("Device")
    found = tonights_list(actor)
    row.list_taken_at, row.list_taken_by = timezone.now(), actor.user
    row.list_number = hand_out_all(actor, [her.record for her in found.women], HandoutKind.PHONE, [FieldGroup.IDENTITY])
    row.save(update_fields=["list_taken_at", "list_taken_by", "list_number"])
    return found


@action("phone.receive", Device)
def greet(actor: Actor, *, device: Device, worker: UUID, skew: int, leave: bool = False) -> Told:
    """The phone is there: note when, and how its clock stands.

    `leave`: its second PIN was typed, or its worker is done with it; it is out of use from now on.
    """
    acting = agencies.acting_in(device.membership_id)
    wipe = _greeted(device, acting, worker, skew, leave)
    device.save(update_fields=GREETED)
    return Told(wipe, _list_is_over(device, acting))


def _list_is_over(device: Device, acting: Actor | None) -> bool:
    """A woman on its list whom its worker may not read about any more: the whole list goes, without saying who."""
    taken = device.list_taken_at
    if acting is None or taken is None or not device.list_number or timezone.now() - taken > LIST_LIFE:
        return False
    return not may_still_read(acting, device.list_number)


def _greeted(device: Device, acting: Actor | None, worker: UUID, skew: int, leave: bool) -> bool:
    now = timezone.now()
    device.seen_at, device.seen_by, device.skew_seconds = now, worker, skew
    if leave and device.closed_at is None:
        device.closed_at, device.closed_by = now, worker
    out_of_use = device.closed_at is not None or acting is None
    if out_of_use and device.wiped_at is None:
        device.wiped_at, device.wiped_by = now, worker
    return out_of_use


@action("phone.close", Device)
def close_phone(actor: Actor, *, device: Device) -> None:
    """Lost, or not needed any more. What it still sends is held; it deletes its list when it next reaches us."""
    if device.closed_at is None:
        device.closed_at, device.closed_by = timezone.now(), actor.user
        device.save(update_fields=["closed_at", "closed_by"])


@action("phone.resolve", Envelope)
def take_in_held(actor: Actor, *, envelope: Envelope, changes: Mapping[str, Any]) -> Attempt:
    """Try once more, as the actor, with what she changed. Says why not when it is still held. Raises NotWaiting."""
    _must_wait(envelope)
    tried = attempt_mended(actor, envelope, changes)
    if tried.state is EnvelopeState.TAKEN_IN:
        _resolve(envelope, actor, EnvelopeState.TAKEN_IN)
    elif tried.held_for != envelope.held_for:
        envelope.held_for = tried.held_for
        envelope.save(update_fields=["held_for"])
    return tried


@action("phone.resolve", Envelope)
def set_aside(actor: Actor, *, envelope: Envelope, why: AsideFor) -> None:
    """It will not be taken in. The sealed message stays. Raises NotWaiting."""
    _must_wait(envelope)
    envelope.aside_for = why
    _resolve(envelope, actor, EnvelopeState.SET_ASIDE)


def _must_wait(envelope: Envelope) -> None:
    if envelope.state != EnvelopeState.HELD:
        raise NotWaiting


def _resolve(envelope: Envelope, actor: Actor, state: EnvelopeState) -> None:
    envelope.state = state
    envelope.resolved_at, envelope.resolved_by = timezone.now(), actor.user
    envelope.save(update_fields=["state", "aside_for", "resolved_at", "resolved_by"])

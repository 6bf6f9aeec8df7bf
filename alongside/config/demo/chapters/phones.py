"""Nightlight's phones: last night's contacts came in by air, two wait for a person, and an old phone was lost."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.foundation.vault.outbox import seal_for
from alongside.phone import queries
from alongside.phone.actions import close_phone, greet, receive, set_up_phone
from alongside.phone.queries import LetIn
from alongside.register.agencies.queries import actor_of_membership, memberships_in_force
from alongside.register.people.queries import records

LAST_NIGHT: tuple[dict[str, Any], ...] = (
    {"outcome": "met", "staying": "outside", "given": {"hot_drink": 1, "condoms": 2}, "topics": ["chat"]},
    {"outcome": "met", "staying": "sofa", "given": {"food": 1, "card": 1}, "topics": ["place"], "next_step": "dropin"},
    {"outcome": "seen"},
    {"outcome": "met", "staying": "not_said", "given": {"naloxone": 1}, "worry": "unwell", "next_step": "look"},
    {"outcome": "not_seen"},
)


def tell(partnership: UUID, say: Any) -> None:
    say("Last night's contacts come in from a phone …")
    amara, jo = (_membership(partnership, name) for name in ("Amara Obi", "Jo Tandy"))
    worker = _actor(amara)
    with acting_as(worker):
        women = [row.id for row in records(worker)][: len(LAST_NIGHT) + 1]
    began = timezone.now().replace(minute=10, second=0, microsecond=0) - timedelta(hours=14)
    phone = _phone(amara, "Van phone")
    for number, (told, woman) in enumerate(zip(LAST_NIGHT, women, strict=False), 1):
        _sends(phone, number, began + timedelta(minutes=25 * number), told | {"record": str(woman)})
    after = len(LAST_NIGHT) + 1
    _sends(phone, after, began + timedelta(hours=4), {"outcome": "met", "area": str(uuid4()), "staying": "car"})
    _sends(phone, after + 1, began + timedelta(hours=5), {"outcome": "seen", "note": "Red coat, by the bridge"})
    old = _phone(jo, "Old phone")
    with acting_as(old.job):
        greet(old.job, old.device, worker=old.worker, skew=26 * 60)
    with acting_as(worker):
        close_phone(worker, old.device)


def _membership(partnership: UUID, worker: str) -> UUID:
    members = memberships_in_force(partnership)
    return next(each.id for each in members if each.worker_name == worker and each.role == "outreach_worker")


def _actor(membership: UUID) -> Actor:
    actor = actor_of_membership(membership)
    assert actor is not None
    return actor


def _phone(membership: UUID, name: str) -> LetIn:
    actor = _actor(membership)
    with acting_as(actor):
        token: Token = set_up_phone(actor, membership=membership, name=name)
    phone = queries.let_in(token)
    assert phone is not None
    return phone


def _sends(phone: LetIn, number: int, at: datetime, told: dict[str, Any]) -> None:
    op = uuid4()
    event = {"version": 1, "device": str(phone.device), "op": str(op), "at": at.isoformat(), "place": "street", **told}
    assert phone.job.agency is not None
    sealed = seal_for(phone.job.agency, json.dumps(event).encode())
    with acting_as(phone.job):
        greet(phone.job, phone.device, worker=phone.worker, skew=0)
        receive(phone.job, phone.device, worker=phone.worker, op=op, number=number, sealed=sealed, skew=0)

"""A small world with phones in it, and what they send."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from alongside.casework.contacts.models import Contact, UnnamedContact
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.foundation.vault.outbox import seal_for
from alongside.phone.actions import set_up_phone
from alongside.phone.models import Device, Envelope
from tests.world import World


@dataclass
class SetUp:
    """A phone as the server knows it, driven by hand."""

    world: World
    persona: str
    token: Token
    numbers: int = 0
    client: Client = field(default_factory=Client)

    @property
    def agency(self) -> UUID:
        return self.world.memberships[self.persona].agency_id

    def event(self, **told: Any) -> dict[str, Any]:
        """A contact in the street now, as the phone would tell it."""
        base = {"version": 1, "device": str(self.token.id), "op": str(uuid4()), "at": timezone.now().isoformat()}
        return base | {"outcome": "met", "place": "street"} | told

    def envelope(self, event: dict[str, Any], **changes: Any) -> dict[str, Any]:
        self.numbers += 1
        whole = base64.b64encode(seal_for(self.agency, json.dumps(event).encode())).decode()
        told = {"op": event["op"], "number": self.numbers, "sealed": whole, "clock": timezone.now().isoformat()}
        return told | changes

    def post(self, body: Any, token: str | None = None) -> Any:
        shown = str(self.token) if token is None else token
        text = body if isinstance(body, str) else json.dumps(body)
        headers = {"authorization": f"Bearer {shown}"} if shown else {}
        return self.client.post("/phone/sync/", text, content_type="application/json", headers=headers)

    def sends(self, clock: datetime | None = None, **told: Any) -> Any:
        """Records, seals and sends one contact; what the server answers."""
        changes = {"clock": clock.isoformat()} if clock else {}
        return self.post(self.envelope(self.event(**told), **changes))

    # --- what became of it, as the house sees it

    def envelopes(self) -> list[Envelope]:
        with acting_as(self.world.job("phone", "van")):
            rows = Envelope.objects.unscoped("a test").filter(device_id=self.token.id)
            return list(rows.order_by("number"))

    def only(self) -> Envelope:
        (envelope,) = self.envelopes()
        return envelope

    def device(self) -> Device:
        with acting_as(self.world.job("phone", "van")):
            return Device.objects.unscoped("a test").get(pk=self.token.id)

    def contacts(self) -> list[Any]:
        with acting_as(self.world.actor(self.persona)):
            rows = [each for model in (Contact, UnnamedContact) for each in model.objects.unscoped("a test")]
        return sorted(rows, key=lambda row: (row.occurred_at, row.pk))


@pytest.fixture
def phone(world: World) -> SetUp:
    return set_up(world, "outreach_worker")


def set_up(world: World, persona: str) -> SetUp:
    actor = world.actor(persona)
    with acting_as(actor):
        token = set_up_phone(actor, membership=world.memberships[persona].id, name="Work phone")
    return SetUp(world, persona, token)


@pytest.fixture
def hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)

"""Nights that go wrong, made at random from a seed: phones of two agencies, bad network, wrong clocks, dead batteries.

A schedule is played against the product's own door for phones. Afterwards every contact that a phone said was saved has
to be there exactly once, as it was told and when it happened (P13).
"""

import base64
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from alongside.foundation.vault.outbox import seal_for

OUTCOMES = ("met", "met", "met", "seen", "not_seen")
STAYING = ("", "outside", "sofa", "hostel", "not_said")
SKEWS = (timedelta(0), timedelta(0), timedelta(minutes=4), timedelta(hours=48), timedelta(hours=-48))
MOST_EVENTS, MOST_REPEATS = 4, 5
NEAR_ENOUGH = timedelta(minutes=10, seconds=30)  # a clock that is wrong by less is believed
Post = Callable[[str, dict[str, Any]], int]  # token and body in, status out


@dataclass(frozen=True)
class Told:
    """What really happened: what the server has to hold in the end."""

    op: str
    agency: UUID
    at: datetime
    outcome: str
    staying: str


@dataclass
class Handset:
    """A phone as the app behaves: what is written lies on its disk, and leaves it only when the server has said so."""

    token: Any
    agency: UUID
    records: list[UUID]
    skew: timedelta = timedelta(0)
    numbers: int = 0
    disk: list[dict[str, Any]] = field(default_factory=list)

    def writes(self, chance: random.Random, now: datetime) -> Told:
        """Up to 72 hours ago, without a signal."""
        at = now - timedelta(minutes=chance.randrange(72 * 60))
        outcome = chance.choice(OUTCOMES)
        told = Told(str(uuid4()), self.agency, at, outcome, chance.choice(STAYING) if outcome == "met" else "")
        event: dict[str, Any] = {
            "version": 1,
            "device": str(self.token.id),
            "op": told.op,
            "at": (at + self.skew).isoformat(),
            "outcome": outcome,
            "place": "street",
        }
        if told.staying:
            event["staying"] = told.staying
        if outcome == "not_seen" or chance.random() < 0.8:
            event["record"] = str(chance.choice(self.records))
        self.numbers += 1
        whole = base64.b64encode(seal_for(self.agency, json.dumps(event).encode())).decode()
        self.disk.append({"op": told.op, "number": self.numbers, "sealed": whole})
        return told

    def request(self, envelope: dict[str, Any]) -> dict[str, Any]:
        return {**envelope, "clock": (timezone.now() + self.skew).isoformat()}

    def arrived(self, op: str) -> None:
        self.disk = [each for each in self.disk if each["op"] != op]


@dataclass
class Network:
    """Loses requests, loses answers, sends the same again, and brings old requests late and out of order."""

    post: Post
    chance: random.Random
    late: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def carries(self, phone: Handset, envelope: dict[str, Any]) -> None:
        token, body, fate = str(phone.token), phone.request(envelope), self.chance.random()
        if fate < 0.15:
            return  # the request is lost
        if fate < 0.30:
            self.late.append((token, body))  # the phone gives up; the request comes later
            return
        status = self.post(token, body)
        for _ in range(self.chance.randrange(MOST_REPEATS) if self.chance.random() < 0.3 else 0):
            status = self.post(token, body)
        if fate < 0.50:
            return  # the answer is lost: for the phone it is as if nothing had arrived
        if status == 200:
            phone.arrived(envelope["op"])

    def brings_what_is_late(self) -> None:
        self.chance.shuffle(self.late)
        while self.late:
            self.post(*self.late.pop())


def play(seed: int, phones: list[Handset], post: Post) -> list[Told]:
    """One schedule from its seed; in the end the network is whole again and every phone sends what it has."""
    chance, happened = random.Random(seed), []
    network = Network(post, chance)
    for phone in phones:
        phone.skew = chance.choice(SKEWS)
    for _ in range(chance.randint(3, MOST_EVENTS * len(phones))):
        phone = chance.choice(phones)
        if chance.random() < 0.5:
            happened.append(phone.writes(chance, timezone.now()))  # and killed before it sends, more often than not
        for envelope in chance.sample(phone.disk, chance.randint(0, len(phone.disk))):
            network.carries(phone, envelope)
        if chance.random() < 0.3:
            network.brings_what_is_late()
    network.brings_what_is_late()
    for phone in phones:
        for envelope in list(phone.disk):
            if post(str(phone.token), phone.request(envelope)) == 200:
                phone.arrived(envelope["op"])
    return happened


def by_air(client: Client) -> Post:
    def post(token: str, body: dict[str, Any]) -> int:
        answer = client.post(
            "/phone/sync/",
            json.dumps(body),
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )
        return int(answer.status_code)

    return post


def wrong(happened: list[Told], phones: list[Handset], rows: list[tuple[UUID, UUID, datetime, str, str]]) -> list[str]:
    """What the server holds (id, agency, at, outcome, staying) against what happened: lost, double, changed, stuck."""
    found = [f"{len(phone.disk)} never left a phone" for phone in phones if phone.disk]
    held: dict[str, list[tuple[UUID, UUID, datetime, str, str]]] = {}
    for row in rows:
        held.setdefault(str(row[0]), []).append(row)
    for told in happened:
        mine = held.pop(told.op, [])
        if len(mine) != 1:
            found.append(f"{told.op} is there {len(mine)} times")
            continue
        _, agency, at, outcome, staying = mine[0]
        if (agency, outcome, staying) != (told.agency, told.outcome, told.staying):
            found.append(f"{told.op} says something else")
        if abs(at - told.at) > NEAR_ENOUGH:
            found.append(f"{told.op} is off by {at - told.at}")
    return found + [f"{op} never happened" for op in held]

"""A small invented partnership for tests: agencies, a worker for each role, women whose names are canaries.

A canary is a token that stands nowhere else in the product, so that finding it anywhere is proof that a name got
there. Each woman has canaries of her own for each field and each agency that holds a record of her.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, Membership, Partnership, Worker
from alongside.register.people.actions import take_in
from alongside.register.people.intake import Incoming
from alongside.register.people.known import Age, Known

SignIn = Callable[[str], Client]  # a persona of the world, signed in
SEEN = date(2026, 3, 4)
AGENCIES = {
    # by slug: name, kind, setting and prefix
    "van": ("Night Van", "specialist", "street", "NV"),
    "house": ("Green House", "specialist", "accommodation", "GH"),
    "custody": ("Custody List", "contributor", "justice", "CL"),
    "council": ("Council", "commissioner", "none", "CO"),
    "office": ("Partnership Office", "generic", "none", "PO"),
}
PERSONAS = {
    "outreach_worker": "van",
    "key_worker": "van",
    "manager": "van",
    "dp_lead": "van",
    "hostel_worker": "house",
    "coordinator": "office",
    "commissioner": "council",
    "contributor": "custody",
    "system_admin": "office",
}


@dataclass
class World:
    """What was made: agencies by slug, workers and memberships by persona, records by (agency, woman)."""

    partnership: Partnership
    agencies: dict[str, Agency] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    records: dict[tuple[str, int], UUID] = field(default_factory=dict)

    def actor(self, persona: str) -> Actor:
        return actor_for(self.memberships[persona], by_passkey=True)

    def job(self, name: str, agency: str | None = None, reach: str = "agency") -> Actor:
        held = self.agencies[agency].id if agency else None
        return Actor(partnership=self.partnership.id, agency=held, job=name, reach=reach)  # type: ignore[arg-type]


def prove(client: Client, worker: Worker, how: str = "webauthn", at: float | None = None) -> None:
    """In this browser she has used a passkey, or a code of her app ("totp"), as her second factor."""
    session = client.session
    proof = {"method": "mfa", "type": how, "at": time.time() if at is None else at}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = str(worker.pk)
    session.save()


def enter(client: Client, worker: Worker, how: str = "webauthn") -> Client:
    """The browser in which this worker has signed in so."""
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    prove(client, worker, how)
    return client


def canary(slug: str, agency: str, woman: int, what: str) -> str:
    """A token of letters only, so that it survives every reading of a name."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    number = letters[woman // 26] + letters[woman % 26]
    return f"Zq{slug[:1]}{agency[:2]}{number}{what}xv".capitalize()


def canaries(slug: str, agency: str, woman: int) -> dict[str, str]:
    return {what: canary(slug, agency, woman, what) for what in ("name", "alias", "last", "area", "mark", "note")}


def phone(slug: str, agency: str, woman: int) -> str:
    """A number that no other woman, agency or partnership has."""
    return f"07700{sum(map(ord, slug)) % 90 + 10}{list(AGENCIES).index(agency)}{woman:03d}"


def reference(slug: str, agency: str, woman: int) -> str:
    return f"{slug}{agency}{woman}ref"


def known(slug: str, agency: str, woman: int) -> Known:
    tokens = canaries(slug, agency, woman)
    return Known(
        reference=reference(slug, agency, woman),
        names=(tokens["name"], tokens["alias"]),
        last_names=(tokens["last"],),
        age=Age(25 + woman, 30 + woman, SEEN),
        area=tokens["area"],
        marks=(f"{tokens['mark']}@hand",),
        phones=(phone(slug, agency, woman),),
        note=tokens["note"],
    )


def build(slug: str = "riverside", women: int = 8) -> World:
    """Women 0.. are known to the van; the even ones to the house too; every third to the custody list."""
    world = World(Partnership.objects.create(slug=slug, name=slug.title(), area="Fernhill", is_invented=True))
    for key, (name, kind, setting, prefix) in AGENCIES.items():
        world.agencies[key] = Agency.objects.create(
            partnership=world.partnership, slug=key, name=name, kind=kind, setting=setting, prefix=prefix
        )
    for persona, agency in PERSONAS.items():
        worker = Worker(email=f"{persona}@{slug}.example", name=f"{Role(persona).words} Example")
        worker.set_password("a long enough pass phrase")
        worker.save()
        world.workers[persona] = worker
        world.memberships[persona] = Membership.objects.create(
            worker=worker, agency=world.agencies[agency], role=persona, since=date(2020, 1, 1)
        )
    for agency, step in (("van", 1), ("house", 2), ("custody", 3)):
        _take_in(world, slug, agency, range(0, women, step))
    return world


def _take_in(world: World, slug: str, agency: str, women: range) -> None:
    job = world.job("intake", agency)
    rows = [Incoming(known(slug, agency, woman), SEEN, SEEN) for woman in women]
    with acting_as(job):
        taken = take_in(job, rows=rows, source=UUID(int=1))
    world.records.update({(agency, woman): record for woman, record in zip(women, taken.records, strict=True)})


@contextmanager
def as_persona(world: World, persona: str) -> Iterator[Actor]:
    actor = world.actor(persona)
    with acting_as(actor):
        yield actor


def does(world: World, persona: str, action: Callable[..., Any], *args: Any, **facts: Any) -> Any:
    """What `action(actor, *args, **facts)` returns when this persona does or asks it."""
    with as_persona(world, persona) as actor:
        return action(actor, *args, **facts)

"""Many workers say yes to the same referral, or give the woman a bed, at the same moment: she is taken once (P12).

8 workers and 6 rounds here; 40 workers and 1,000 rounds with ALONGSIDE_NIGHTLY=1.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from uuid import UUID

import pytest
from django.db import IntegrityError, connections
from psycopg import sql

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import BedKind, Step
from alongside.casework.accommodation.tests.beds_world import OPENED, manager_of
from alongside.casework.referrals import actions as referrals
from alongside.casework.referrals import rules
from alongside.casework.referrals.actions import ReferralFault
from alongside.casework.referrals.tests.conftest import open_services
from alongside.config import postgres
from alongside.foundation.gate import changes
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.people.actions import make_record
from alongside.register.people.known import Known
from tests.policy.stage import tear_down
from tests.world import build

WORKERS, ROUNDS = (40, 1_000) if os.environ.get("ALONGSIDE_NIGHTLY") else (8, 6)


@dataclass
class House:
    """`van` sends, `worker` answers for the house's one unit."""

    van: Actor
    worker: Actor
    hostel: UUID
    unit: UUID

    def referred(self) -> UUID:
        """A new woman, referred to the house."""
        with acting_as(self.van):
            her = make_record(self.van, known=Known(names=("Somebody",)))
            made: UUID = referrals.send(self.van, her, asked=referrals.Asked(service=self.hostel))
        return made


@pytest.fixture
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:
    """Committed, as others' connections must see it; emptied afterwards."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            world = build()
            services, worker = open_services(world), world.actor("hostel_worker")
            manager = manager_of(worker)
            with acting_as(manager):
                facts = {"name": "Green House", "step": Step.FIRST_STAGE, "service": services.hostel}
                unit = actions.set_up_unit(manager, **facts)
                actions.add_beds(manager, unit, number=1, kind=BedKind.BED, opened_on=OPENED)
            yield House(world.actor("key_worker"), worker, services.hostel, unit)
        finally:
            tear_down()


def rush(house: House, say_yes: Callable[[House, UUID], object], rounds: int) -> Counter[str]:
    """Each round all workers answer one new referral at once."""
    told: Counter[str] = Counter()
    asked = [house.referred() for _ in range(rounds)]
    start = Barrier(WORKERS)

    def work(_: int) -> Counter[str]:
        mine: Counter[str] = Counter()
        try:
            for referral in asked:
                start.wait(60)
                mine[one_try(house, say_yes, referral)] += 1
        finally:
            connections.close_all()
        return mine

    connections.close_all()
    with ThreadPoolExecutor(WORKERS) as pool:
        for counted in pool.map(work, range(WORKERS)):
            told += counted
    return told


def one_try(house: House, say_yes: Callable[[House, UUID], object], referral: UUID) -> str:
    try:
        with acting_as(house.worker):
            say_yes(house, referral)
    except (ReferralFault, IntegrityError) as fault:
        return type(fault).__name__
    return "yes"


def rows(table: str) -> int:
    with postgres.address().connect() as owner:
        found = owner.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found is not None
    return int(found[0])


def onto_the_list(house: House, referral: UUID) -> object:
    return actions.accept_onto_list(house.worker, house.unit, referral=referral, seen=1)


def test_one_yes_one_place_one_record(house: House) -> None:
    told = rush(house, onto_the_list, ROUNDS)
    assert told == {"yes": ROUNDS, "MovedOn": ROUNDS * (WORKERS - 1)}
    assert rows("accommodation_waiting") == rows("referrals_openedrecord") == ROUNDS


def test_the_database_alone_would_hold(house: House, unlooked: None) -> None:
    told = rush(house, say_yes, 2)
    assert told["yes"] == 2


# --- the same test finds a planted defect ---

CONSTRAINTS = (
    ("referrals_referralstep", "one_step_at_a_time", "UNIQUE (referral_id, number)"),
    ("referrals_openedrecord", "referrals_openedrecord_referral_id_key", "UNIQUE (referral_id)"),
)


@contextmanager
def without_constraints() -> Iterator[None]:
    for table, name, _ in CONSTRAINTS:
        _alter(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    try:
        yield
    finally:
        tear_down()
        for table, name, words in CONSTRAINTS:
            add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(sql.Identifier(table), sql.Identifier(name))
            _alter(add + sql.SQL(words))


def _alter(statement: sql.Composed) -> None:
    with postgres.address().connect() as owner:
        owner.execute(statement)


@pytest.fixture
def unlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A yes that looks at nothing and takes no turns."""
    monkeypatch.setattr(rules, "check_seen", lambda steps, seen: None)
    monkeypatch.setattr(rules, "check_move", lambda state, to, side: None)
    monkeypatch.setattr(changes, "take_turn_on", lambda pk: None)


def say_yes(house: House, referral: UUID) -> object:
    return referrals.accept(house.worker, referral, seen=1)


def test_without_the_constraints_she_would_be_taken_twice(house: House, unlooked: None) -> None:
    with without_constraints():
        told = rush(house, say_yes, 2)
    assert told["yes"] > 2

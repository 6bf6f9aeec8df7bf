"""Many workers give the same bed, or the same woman a bed, at the same moment: one of them does (P12).

8 workers and 12 rounds here; 40 workers and 1,000 rounds with ALONGSIDE_NIGHTLY=1.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import EndReason, UseKind, WhereTo
from alongside.casework.accommodation.models import BedUse
from alongside.casework.accommodation.rules import BedTaken, WomanElsewhere
from alongside.casework.accommodation.tests.beds_world import Beds, beds_world
from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from tests.policy.stage import tear_down

WORKERS, ROUNDS = (40, 1_000) if os.environ.get("ALONGSIDE_NIGHTLY") else (8, 12)
DOUBLE = """
SELECT count(*) FROM accommodation_beduse a JOIN accommodation_beduse b ON a.id < b.id AND a.{0} = b.{0}
WHERE tstzrange(a.begins, a.ends) && tstzrange(b.begins, b.ends)
"""
Try = Callable[[Beds, int], object]


@pytest.fixture
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Beds]:
    """Committed, as others' connections must see it; emptied afterwards."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield beds_world(women=2 * WORKERS, beds=WORKERS)
        finally:
            tear_down()


def rush(house: Beds, attempt: Try, rounds: int = ROUNDS) -> Counter[str]:
    """Each round all workers try at once; then whoever has a bed leaves it, so that the next round begins anew."""
    told: Counter[str] = Counter()

    def all_leave() -> None:
        with acting_as(house.worker):
            mine = BedUse.objects.visible_to(house.worker).filter(kind=UseKind.STAY, ends=None).order_by("id")
            for stay in list(mine.values_list("pk", flat=True)):
                actions.end_stay(house.worker, stay, reason=EndReason.HER_CHOICE, where_to=WhereTo.NOT_ASKED)
        connections.close_all()

    start, end = Barrier(WORKERS), Barrier(WORKERS, action=all_leave)

    def work(number: int) -> Counter[str]:
        mine: Counter[str] = Counter()
        for _ in range(rounds):
            start.wait(60)
            mine[one_try(house, attempt, number)] += 1
            end.wait(60)
        connections.close_all()
        return mine

    with ThreadPoolExecutor(WORKERS) as pool:
        for counted in pool.map(work, range(WORKERS)):
            told += counted
    return told


def one_try(house: Beds, attempt: Try, number: int) -> str:
    try:
        with acting_as(house.worker):
            attempt(house, number)
    except (BedTaken, WomanElsewhere) as refusal:
        return type(refusal).__name__
    return "given"


def doubles(column: str) -> int:
    with postgres.address().connect() as owner:
        found = owner.execute(DOUBLE.format(column)).fetchone()
    assert found is not None
    return int(found[0])


def same_bed(house: Beds, number: int) -> object:
    return actions.give_bed(house.worker, house.beds[0], record=house.her(2 * number))


def same_woman(house: Beds, number: int) -> object:
    return actions.give_bed(house.worker, house.beds[number], record=house.her(0))


def test_one_bed_many_women(house: Beds) -> None:
    told = rush(house, same_bed)
    assert told == {"given": ROUNDS, "BedTaken": ROUNDS * (WORKERS - 1)}
    assert doubles("bed_id") == 0


def test_one_woman_many_beds(house: Beds) -> None:
    told = rush(house, same_woman)
    assert told == {"given": ROUNDS, "WomanElsewhere": ROUNDS * (WORKERS - 1)}
    assert doubles("record_id") == 0


# --- the same tests find a planted defect ---


@contextmanager
def without(constraint: str) -> Iterator[None]:
    with postgres.address().connect() as owner:
        row = owner.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint])
        (words,) = row.fetchone() or ("",)
        owner.execute(f"ALTER TABLE accommodation_beduse DROP CONSTRAINT {constraint}")
    try:
        yield
    finally:
        tear_down()
        with postgres.address().connect() as owner:
            owner.execute(f"ALTER TABLE accommodation_beduse ADD CONSTRAINT {constraint} {words}")


def check_then_insert(house: Beds, number: int) -> UUID | None:
    """What a careful programmer writes without a constraint: look whether it is free, then write."""
    taken = BedUse.objects.visible_to(house.worker).filter(bed_id=house.beds[0], ends=None)
    if taken.exists():
        raise BedTaken
    token = writing.set("a planted defect")
    try:
        use = BedUse(
            bed_id=house.beds[0],
            unit_id=house.unit,
            record_id=house.her(2 * number),
            kind=UseKind.STAY,
            begins=timezone.now(),
            partnership_id=house.worker.partnership,
            agency_id=house.worker.agency,
        )
        use.save()
    finally:
        writing.reset(token)
    return use.pk


def test_looking_before_writing_is_not_enough(house: Beds) -> None:
    with without("one_use_of_a_bed"):
        told = rush(house, check_then_insert, rounds=min(ROUNDS, 60))
        assert told["given"] > min(ROUNDS, 60)
        assert doubles("bed_id") > 0

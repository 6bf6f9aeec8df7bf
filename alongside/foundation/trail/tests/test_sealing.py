"""Sealing in PostgreSQL as the sealer, and 1,000 ways to tamper as the database's owner: all found, batch named."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from alongside.config import postgres
from alongside.foundation.trail import seals
from alongside.foundation.trail.sealing import Keeper, TakenBack, accept_restore, last_seal, seal_once, verify
from alongside.foundation.trail.writing import INSERT

TRIES = 1_000
BATCHES, IN_A_BATCH = 12, 8


@pytest.fixture
def owner(django_db_setup) -> Iterator[psycopg.Connection]:
    with postgres.address().connect() as connection:
        yield connection
        connection.execute("TRUNCATE trail_trailrow, trail_seal, trail_kepthead RESTART IDENTITY")


@pytest.fixture
def sealer(owner) -> Iterator[psycopg.Connection]:
    with postgres.connect_as_sealer() as connection:
        yield connection


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "seals")


def add(connection: psycopg.Connection, number: int) -> None:
    some = uuid.UUID(int=number % 5)
    values = [
        some,
        some,
        some,
        "",
        "direct support",
        "people.open",
        True,
        f"rule {number}",
        "Record",
        [some],
        ["identity"],
    ]
    connection.execute(INSERT, [*values, 1, "GET people/<uuid:record>/"])


def fill(owner, sealer, keeper, batches: int = BATCHES, rows: int = IN_A_BATCH) -> None:
    for batch in range(batches):
        for row in range(rows):
            add(owner, batch * rows + row)
        assert seal_once(sealer, keeper) is not None


def test_every_row_comes_under_a_seal_and_nothing_is_wrong(owner, sealer, keeper):
    assert seal_once(sealer, keeper) is None
    fill(owner, sealer, keeper)
    assert seal_once(sealer, keeper) is None
    add(owner, 1)
    found = verify(sealer, keeper)
    assert (found.seals, found.rows, found.faults, found.waiting) == (BATCHES, BATCHES * IN_A_BATCH, (), 1)


def test_the_sealer_can_only_read_and_add(owner, sealer, keeper):
    fill(owner, sealer, keeper, 1)
    for statement in (
        "UPDATE trail_trailrow SET rule = ''",
        "DELETE FROM trail_trailrow",
        "INSERT INTO trail_trailrow (at) VALUES (now())",
        "UPDATE trail_seal SET rows = 0",
        "DELETE FROM trail_seal",
        "SELECT * FROM people_record",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sealer.execute(statement)


def test_the_product_can_not_add_or_change_a_seal(owner, sealer, keeper):
    fill(owner, sealer, keeper, 1)
    at = postgres.address()
    with psycopg.connect(
        host=at.host, port=at.port, dbname=at.name, user=postgres.APP, password=postgres.app_password(), autocommit=True
    ) as app:
        assert app.execute("SELECT count(*) FROM trail_seal").fetchone() == (1,)
        for statement in ("UPDATE trail_seal SET rows = 0", "DELETE FROM trail_seal", "SET ROLE alongside_sealer"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_a_row_still_on_its_way_is_waited_for(owner, sealer, keeper):
    """A transaction took a lower id and commits after a higher one was there."""
    with postgres.address().connect() as slow:
        slow.autocommit = False
        add(slow, 1)
        add(owner, 2)
        assert seal_once(sealer, keeper, patience=0.2) is None
        slow.commit()
    made = seal_once(sealer, keeper)
    assert made is not None
    assert made.rows == 2
    assert verify(sealer, keeper).faults == ()


def test_an_undone_transaction_leaves_a_gap_and_no_fault(owner, sealer, keeper):
    with owner.transaction(force_rollback=True):
        add(owner, 1)
    add(owner, 2)
    made = seal_once(sealer, keeper)
    assert (made.first_id, made.last_id, made.rows) == (1, 2, 1)
    assert verify(sealer, keeper).faults == ()


def test_two_sealers_and_many_writers_seal_every_row_once(owner, keeper):
    stop = threading.Event()

    def write() -> None:
        with postgres.address().connect() as connection:
            for number in range(60):
                with connection.transaction():
                    add(connection, number)

    def seal() -> None:
        with postgres.connect_as_sealer() as connection:
            while not stop.is_set():
                seal_once(connection, keeper)

    keeper.private_key()
    writers, sealers = ([threading.Thread(target=each) for _ in range(many)] for each, many in ((write, 6), (seal, 2)))
    writers, sealers = list(writers), list(sealers)
    for each in (*writers, *sealers):
        each.start()
    for each in writers:
        each.join()
    stop.set()
    for each in sealers:
        each.join()
    with postgres.connect_as_sealer() as connection:
        seal_once(connection, keeper)
        found = verify(connection, keeper)
    assert (found.rows, found.faults, found.waiting) == (360, (), 0)


# --- tampering, as somebody who owns the database

COLUMNS = {
    "at": "at + interval '1 second'",
    "agency_id": "gen_random_uuid()",
    "user_id": "gen_random_uuid()",
    "job": "job || 'x'",
    "purpose": "purpose || 'x'",
    "permission": "permission || 'x'",
    "allowed": "NOT allowed",
    "rule": "rule || 'x'",
    "kind": "kind || 'x'",
    "subjects": "subjects || gen_random_uuid()",
    "field_groups": "'{}'",
    "count": "count + 1",
    "route": "route || 'x'",
    "partnership_id": "NULL",
}
Tamper = Callable[[psycopg.Connection, random.Random], set[int]]  # gives the batches that may be named


def batch_of(id: int) -> int:
    return (id - 1) // IN_A_BATCH + 1


def edit(owner: psycopg.Connection, chance: random.Random) -> set[int]:
    id, column = chance.randint(1, BATCHES * IN_A_BATCH), chance.choice(sorted(COLUMNS))
    owner.execute(f"UPDATE trail_trailrow SET {column} = {COLUMNS[column]} WHERE id = %s", [id])  # noqa: S608
    return {batch_of(id)}


def delete(owner: psycopg.Connection, chance: random.Random) -> set[int]:
    id = chance.randint(1, BATCHES * IN_A_BATCH)
    owner.execute("DELETE FROM trail_trailrow WHERE id = %s", [id])
    return {batch_of(id)}


def insert(owner: psycopg.Connection, chance: random.Random) -> set[int]:
    """In the gap that a deleted row leaves, or before the first."""
    id = chance.choice([0, -5, chance.randint(2, BATCHES * IN_A_BATCH)])
    if id > 0:
        owner.execute("DELETE FROM trail_trailrow WHERE id = %s", [id])
    add(owner, chance.randint(1, 99))
    owner.execute("UPDATE trail_trailrow SET id = %s WHERE id = (SELECT max(id) FROM trail_trailrow)", [id])
    return {max(batch_of(id), 1)}


def swap(owner: psycopg.Connection, chance: random.Random) -> set[int]:
    one, other = chance.sample(range(1, BATCHES * IN_A_BATCH + 1), 2)
    for before, after in ((one, -1), (other, one), (-1, other)):
        owner.execute("UPDATE trail_trailrow SET id = %s WHERE id = %s", [after, before])
    return {batch_of(one), batch_of(other)}


def truncate(owner: psycopg.Connection, chance: random.Random) -> set[int]:
    after = chance.randint(0, BATCHES * IN_A_BATCH - 1)
    owner.execute("DELETE FROM trail_trailrow WHERE id > %s", [after])
    return set(range(batch_of(after + 1), BATCHES + 1))


def roll_back(owner: psycopg.Connection, chance: random.Random) -> set[int]:
    """As if a copy from before had come back: rows and seals end together, each whole in itself."""
    kept = chance.randint(0, BATCHES - 1)
    owner.execute("DELETE FROM trail_seal WHERE number > %s", [kept])
    owner.execute("DELETE FROM trail_trailrow WHERE id > %s", [kept * IN_A_BATCH])
    return {BATCHES}


WAYS: tuple[Tamper, ...] = (edit, insert, delete, swap, truncate, roll_back)


@contextmanager
def tampered(owner: psycopg.Connection, way: Tamper, chance: random.Random) -> Iterator[set[int]]:
    with owner.transaction(force_rollback=True):
        yield way(owner, chance)


def unseen(owner, keeper, tries: int, ways=WAYS) -> list[str]:
    """What went unnoticed, or was laid to the wrong batch. The owner reads too: nothing is committed."""
    chance, missed = random.Random(20261122), []
    for number in range(tries):
        way = ways[number % len(ways)]
        with tampered(owner, way, chance) as batches:
            named = {fault.batch for fault in verify(owner, keeper).faults}
            if not named or not named <= batches:
                missed.append(f"{way.__name__} {number}: {named} of {batches}")
    return missed


def test_a_thousand_ways_to_tamper_are_all_found_and_their_batch_is_named(owner, sealer, keeper, capsys):
    fill(owner, sealer, keeper)
    missed = unseen(owner, keeper, TRIES)
    with capsys.disabled():
        print(f"\ntampering with the trail: {TRIES - len(missed)} of {TRIES} found")
    assert missed == []


def test_the_same_search_fails_on_a_planted_defect(owner, sealer, keeper, monkeypatch):
    """Seals that leave the rule out; seals that nobody kept outside."""
    monkeypatch.setattr(seals, "LEAF", tuple(name for name in seals.LEAF if name != "rule"))
    fill(owner, sealer, keeper)
    assert unseen(owner, keeper, 60, (edit,))
    monkeypatch.undo()
    (keeper.folder / "last-head.json").unlink()
    assert Counter(each.split()[0] for each in unseen(owner, keeper, 5, (roll_back,)))["roll_back"] == 5


def test_a_rolled_back_trail_is_not_sealed_over(owner, sealer, keeper):
    fill(owner, sealer, keeper, 3)
    owner.execute("DELETE FROM trail_seal WHERE number = 3")
    with pytest.raises(TakenBack):
        seal_once(sealer, keeper)
    made = accept_restore(sealer, keeper, "disk failed")
    assert (made.number, made.rows) == (3, 0)
    assert "lost up to seal 3" in made.note
    assert "disk failed" in made.note
    assert seal_once(sealer, keeper).number == 4
    assert verify(sealer, keeper).faults == ()
    with pytest.raises(ValueError, match="Nothing was taken back"):
        accept_restore(sealer, keeper, "again")


def test_an_agency_that_kept_a_head_finds_the_rollback_without_the_sealers_file(owner, sealer, keeper):
    fill(owner, sealer, keeper, 3)
    last = last_seal(sealer)
    owner.execute(
        "INSERT INTO trail_kepthead (id, agency_id, number, head, kept_at, kept_by)"
        " VALUES (gen_random_uuid(), %s, %s, %s, now(), gen_random_uuid())",
        [uuid.UUID(int=7), last.number, last.head],
    )
    owner.execute("DELETE FROM trail_seal WHERE number = 3")
    owner.execute("DELETE FROM trail_trailrow WHERE id > %s", [2 * IN_A_BATCH])
    (keeper.folder / "last-head.json").unlink()
    (fault,) = verify(sealer, keeper).faults
    assert fault.batch == 3
    assert str(uuid.UUID(int=7)) in fault.words


def test_the_sealers_key_is_its_own(keeper):
    key = keeper.private_key()
    assert (keeper.folder / "private").stat().st_mode & 0o777 == 0o400
    assert Keeper(keeper.folder).private_key().private_bytes_raw() == key.private_bytes_raw()
    assert keeper.public_key().public_bytes_raw() == key.public_key().public_bytes_raw()

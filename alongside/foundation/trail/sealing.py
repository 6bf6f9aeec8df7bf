"""Sealing the trail and checking it whole, as the sealer's own database role. A row is under a seal within a minute.

Which rows are ready: those up to the largest id that is there, once every transaction has ended that had a number
before that id was read. A row takes its transaction's number before its id (see writing.py): none slips in behind.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from psycopg import sql

from alongside.foundation.trail import seals
from alongside.foundation.trail.seals import Fault, Sealed

EVERY_SECONDS = 30.0
PATIENCE_SECONDS = 20.0  # how long one round waits for transactions that are on their way
MOST_ROWS = 100_000  # in one seal
COLUMNS = "number, first_id, last_id, rows, root, previous, sealed_at, note, head, signature"


class TakenBack(Exception):
    """The database holds fewer seals than were made: it came back from a copy, or somebody removed them."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What checking the whole trail found. `waiting`: rows after the last seal; the oldest for `waiting_seconds`."""

    seals: int
    rows: int
    faults: tuple[Fault, ...]
    waiting: int
    waiting_seconds: float


class Keeper:
    """The sealer's files: its private key (0400), its public key, and the head it made last, outside the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def public_key(self) -> Ed25519PublicKey:
        """Raises FileNotFoundError before the first seal."""
        return Ed25519PublicKey.from_public_bytes((self.folder / "public").read_bytes())

    def private_key(self) -> Ed25519PrivateKey:
        """Made the first time it is asked for."""
        path = self.folder / "private"
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = Ed25519PrivateKey.generate()
            path.touch(mode=0o600)
            path.write_bytes(key.private_bytes_raw())
            path.chmod(0o400)
            (self.folder / "public").write_bytes(key.public_key().public_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())

    def last_head(self) -> tuple[int, bytes] | None:
        path = self.folder / "last-head.json"
        if not path.exists():
            return None
        told = json.loads(path.read_text())
        return int(told["number"]), bytes.fromhex(told["head"])

    def remember(self, made: Sealed) -> None:
        draft = self.folder / "last-head.new"
        draft.write_text(json.dumps({"number": made.number, "head": made.head.hex()}))
        draft.replace(self.folder / "last-head.json")


def seal_once(connection: psycopg.Connection, keeper: Keeper, *, patience: float = PATIENCE_SECONDS) -> Sealed | None:
    """Seal the rows that are ready; None when there are none, or when a long transaction holds them back.

    Raises TakenBack when the seals are not those that were made.
    """
    connection.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'")
    (newest,) = _one(connection, "SELECT max(id) FROM trail_trailrow")
    last = last_seal(connection)
    _check_not_taken_back(keeper, last)
    if newest is None or (last and newest <= last.last_id) or not _all_ended(connection, patience):
        return None
    first = last.last_id + 1 if last else 1
    with connection.transaction():
        _one(connection, "SELECT pg_advisory_xact_lock(hashtext('alongside trail'))")
        if last_seal(connection) != last:
            return None  # another sealer was faster
        rows = list(_rows(connection, first, newest, MOST_ROWS))
        if len(rows) == MOST_ROWS:
            newest = rows[-1][0]
        leaves = [seals.leaf_hash(row) for _, row in rows]
        made = seals.seal(keeper.private_key(), last, (first, newest), leaves, datetime.now(UTC), "")
        _add(connection, made)
    keeper.remember(made)
    return made


def accept_restore(connection: psycopg.Connection, keeper: Keeper, reason: str) -> Sealed:
    """Go on from what the database holds after it came back from a copy. The seal that says so names what was lost."""
    connection.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'")
    last, lost = last_seal(connection), keeper.last_head()
    if lost is None or (last and last.number >= lost[0] and last.head == lost[1]):
        raise ValueError("Nothing was taken back.")
    first = last.last_id + 1 if last else 1
    note = f"restored; lost up to seal {lost[0]} {lost[1].hex()[:16]}: {reason}"[:200]
    made = seals.seal(keeper.private_key(), last, (first, first - 1), [], datetime.now(UTC), note)
    _add(connection, made)
    keeper.remember(made)
    return made


def verify(connection: psycopg.Connection, keeper: Keeper) -> Whole:
    """Read the whole trail and say what is not as it was sealed. Rows stream through; seals stay in memory."""
    connection.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'")
    all_seals = list(_seals(connection))
    faults = list(seals.chain_faults(keeper.public_key(), all_seals)) if all_seals else []
    faults += seals.kept_faults(all_seals, _kept(connection, keeper))
    last = all_seals[-1].last_id if all_seals else 0
    faults += seals.row_faults(all_seals, _rows(connection, None, last, None))
    waiting, oldest = _one(
        connection, "SELECT count(*), extract(epoch FROM now() - min(at)) FROM trail_trailrow WHERE id > %s", [last]
    )
    return Whole(len(all_seals), sum(each.rows for each in all_seals), tuple(faults), waiting, float(oldest or 0))


def last_seal(connection: psycopg.Connection) -> Sealed | None:
    return next(_seals(connection, newest=True), None)


def _check_not_taken_back(keeper: Keeper, last: Sealed | None) -> None:
    known = keeper.last_head()
    if known is None:
        return
    if last is None or last.number < known[0] or (last.number == known[0] and last.head != known[1]):
        raise TakenBack(f"Seal {known[0]} was made and is not in the database any more.")


def _all_ended(connection: psycopg.Connection, patience: float) -> bool:
    """Whether every transaction that had a number by now has ended, within so many seconds."""
    (after,) = _one(connection, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    deadline = time.monotonic() + patience
    while True:
        (oldest,) = _one(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        if oldest >= after:
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)


def _one(connection: psycopg.Connection, query: str, values: list[object] | None = None) -> tuple[Any, ...]:
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return row


def _rows(
    connection: psycopg.Connection, first: int | None, last: int, most: int | None
) -> Iterator[tuple[int, bytes]]:
    """(id, the row as COPY writes it), in the order of ids."""
    wanted = sql.SQL("COPY (SELECT {} FROM trail_trailrow WHERE id <= {}{} ORDER BY id{}) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, seals.LEAF)),
        sql.Literal(last),
        sql.SQL(" AND id >= {}").format(sql.Literal(first)) if first is not None else sql.SQL(""),
        sql.SQL(" LIMIT {}").format(sql.Literal(most)) if most is not None else sql.SQL(""),
    )
    with connection.cursor() as cursor, cursor.copy(wanted) as copied:
        for line in copied:
            row = bytes(line)
            yield int(row[: row.index(b"\t")]), row


def _seals(connection: psycopg.Connection, newest: bool = False) -> Iterator[Sealed]:
    order = "DESC LIMIT 1" if newest else ""
    for row in connection.execute(f"SELECT {COLUMNS} FROM trail_seal ORDER BY number {order}"):  # noqa: S608
        yield Sealed(*cast(Any, row))


def _kept(connection: psycopg.Connection, keeper: Keeper) -> Iterator[tuple[int, bytes, str]]:
    for number, head, agency in connection.execute("SELECT number, head, agency_id FROM trail_kepthead ORDER BY id"):
        yield number, bytes(head), f"agency {agency}"
    if known := keeper.last_head():
        yield *known, "the sealer"


def _add(connection: psycopg.Connection, made: Sealed) -> None:
    values = [getattr(made, name) for name in COLUMNS.split(", ")]
    places = ", ".join(["%s"] * len(values))
    connection.execute(f"INSERT INTO trail_seal ({COLUMNS}) VALUES ({places})", values)  # noqa: S608

"""The functions of the database that reach across all rooms for one record of the acting agency."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Reader(NamedTuple):
    """One row of the trail about a record."""

    at: datetime
    agency: UUID | None
    user: UUID | None
    job: str
    permission: str
    allowed: bool


def is_held(record: UUID) -> bool:
    """Whether the acting agency has such a record, removed ones too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_record WHERE id = %s", [record])
        return bool(cursor.fetchone()[0])


def erase(record: UUID) -> dict[UUID, list[bytes]]:
    """Erase in the database; the data keys to destroy, by holder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT holder, key FROM traces_erase(%s) ORDER BY holder, key", [record])
        return _by_holder(cursor.fetchall())


def empty_what_left() -> int:
    """Everything sealed of the acting agency, which has left, is emptied. How many records it had; 0 if it has not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT traces_leave()")
        return int(cursor.fetchone()[0])


def readers(record: UUID) -> list[Reader]:
    """The newest 500 rows of the trail about a record of the acting agency, newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM traces_readers(%s)", [record])
        return [Reader(*row) for row in cursor.fetchall()]


def _by_holder(rows: Iterable[tuple[UUID, memoryview | bytes]]) -> dict[UUID, list[bytes]]:
    keys: dict[UUID, list[bytes]] = {}
    for holder, key in rows:
        keys.setdefault(holder, []).append(bytes(key))
    return keys


class Unmet(NamedTuple):
    """A worker opened a record though nobody of the agency met the woman around that day."""

    user: UUID
    record: UUID
    times: int
    last: datetime


def unmet(since: datetime) -> list[Unmet]:
    """The latest first, at most 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM traces_unmet(%s)", [since])
        return [Unmet(*row) for row in cursor.fetchall()]

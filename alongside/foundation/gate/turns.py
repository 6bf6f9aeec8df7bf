"""Long work of a partnership that others must not be in the middle of: said to go on, waited for, or refused.

Locks of PostgreSQL, not rows: when the process that works dies, its work is over, and nothing stays locked.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import DatabaseError, connection

LISTS, COUNTING = "lists", "counting"  # a list is taken in or back; returns are counted


@contextmanager
def under_way(partnership: UUID | None, work: str) -> Iterator[None]:
    """For a job: from here to its end this work goes on. Several may at once. Waits for who may not be disturbed."""
    _ask("pg_advisory_lock_shared", partnership, work)
    try:
        yield
    finally:
        with suppress(DatabaseError):  # a broken connection has lost its locks, and its own error goes up
            _ask("pg_advisory_unlock_shared", partnership, work)


def wait_for_the_end_of(partnership: UUID | None, work: str) -> None:
    """Wait until nobody does this work, and keep it from beginning until this transaction ends."""
    _ask("pg_advisory_xact_lock", partnership, work)


def goes_on(partnership: UUID | None, work: str) -> bool:
    """Whether somebody is in the middle of it; if not, it can't begin until this transaction ends."""
    return not _ask("pg_try_advisory_xact_lock", partnership, work)


def _ask(function: str, partnership: UUID | None, work: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 1))", [f"{work} {partnership}"])
        row = cursor.fetchone()
    return row[0] is True

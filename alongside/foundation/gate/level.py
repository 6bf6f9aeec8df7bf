"""Row-level security: the second line behind the gate.

`acting_as` opens a transaction and tells PostgreSQL who acts, for that transaction only. Outside one, every sealed
table is empty. Policies have the measured shape (equality with a scalar sub-select, never a function per row).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.migrations import RunSQL

from alongside.foundation.gate.actor import Actor

ROLES = {
    "agency": "alongside_app",
    "coordinator": "alongside_coordinator",
    "linker": "alongside_linker",
    "counter": "alongside_counter",
    "nothing": "alongside_app",
}
OWN_AGENCY = "agency_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"
OWN_PARTNERSHIP = "partnership_id = (SELECT nullif(current_setting('app.partnership', true), '')::uuid)"


class Condition(NamedTuple):
    """A condition on a row that may be read, and one on a row as it is written."""

    sees: str
    writes: str


class Told(NamedTuple):
    """What PostgreSQL knows of who acts: its role, and three settings."""

    role: str
    partnership: str
    agency: str
    user: str


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """One transaction in which PostgreSQL shows what `actor` may see. Restores the outer actor when nested."""
    told = Told(ROLES[actor.reach], _text(actor.partnership), _text(actor.agency), _text(actor.user))
    before: Told | None = getattr(connection, "alongside_told", None)
    outer = (before or _current()) if connection.in_atomic_block else None
    with transaction.atomic():
        if told != outer:
            _set(told)
        # Kept beside the connection for those within: to ask PostgreSQL costs as much as to tell it.
        connection.alongside_told = told  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connection.alongside_told = before  # type: ignore[attr-defined]
    # After an error the undone savepoint has brought the outer actor back already.
    if outer is not None and outer != told and not connection.needs_rollback:
        _set(outer)


def _current() -> Told:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('app.partnership', true), current_setting('app.agency', true),"
            " current_setting('app.user', true)"
        )
        return Told(*(each or "" for each in cursor.fetchone()))


def _set(told: Told) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.partnership', %s, true),"
            " set_config('app.agency', %s, true), set_config('app.user', %s, true)",
            told,
        )


def _text(id: UUID | None) -> str:
    return str(id or "")


def protect(table: str, policies: Mapping[str, str | Condition], grants: dict[str, str]) -> RunSQL:
    """A migration step: enable and force row-level security on `table`.

    `policies`: database role -> condition on a row (one for reading and writing, or one for each).
    `grants`: database role -> what it may do ("SELECT, INSERT"); a role that is not named may do nothing.
    """
    lines = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    # The owner migrates and builds nothing else; FORCE would hide rows from its data migrations.
    lines.append(f"CREATE POLICY owner_migrates ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    for role, condition in policies.items():
        sees, writes = condition if isinstance(condition, Condition) else (condition, condition)
        lines.append(f"CREATE POLICY {role}_sees ON {table} TO {role} USING ({sees}) WITH CHECK ({writes})")
    for role, what in grants.items():
        lines.append(f"GRANT {what} ON {table} TO {role}")
    return RunSQL(";\n".join(lines), f"DROP TABLE IF EXISTS {table} CASCADE")

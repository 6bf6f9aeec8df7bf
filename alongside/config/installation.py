"""From nothing to a database that can be used: server, roles, migrations, grants, keys; and whether it is safe."""

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from psycopg import sql

from alongside.config import machine, postgres
from alongside.foundation.gate import level

if TYPE_CHECKING:
    from alongside.foundation.vault.keys import Kept

CLOCK_WRONG = timedelta(minutes=10)
Say = Callable[[str], None]
# Tables without a woman in them that every database role of the product may use.
SHARED_PREFIXES = (
    *("agencies_", "django_", "auth_", "account_", "mfa_", "socialaccount_", "usersessions_"),
    "sign_in_limits",
)


def ready(say: Say = print) -> None:
    """Everything before the first request; quick when it was done before."""
    if not _is_operators_own():
        say("Starting the database …")
        postgres.start_embedded()
    at = postgres.address()
    postgres.wait_until_ready(at)
    postgres.prepare(at)
    machine.start_keys()
    say("Bringing the tables up to date …")
    migrate()


def migrate() -> None:
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    grant()


def rebuild_database() -> None:
    """Drop and make the database of this installation anew (tests only)."""
    at = postgres.address()
    for connection in connections.all():
        connection.close()
    with at.connect("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(at.name)))
    postgres.prepare(at)
    machine.start_keys()
    migrate()


def grant() -> None:
    """Rights on tables without women in them; tables with women grant their own in their migrations."""
    roles = sorted(set(level.ROLES.values()))
    with postgres.address().connect() as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for role in roles:
            server.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))
            server.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(sql.Identifier(role)))
            for (table,) in tables:
                if table.startswith(SHARED_PREFIXES):
                    server.execute(
                        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(
                            sql.Identifier(table), sql.Identifier(role)
                        )
                    )
        _grant_jobs(server, [table for (table,) in tables if table.startswith("procrastinate_")])


def _grant_jobs(server: psycopg.Connection, tables: list[str]) -> None:
    for table in tables:
        server.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(
                sql.Identifier(table), sql.Identifier(postgres.APP)
            )
        )


def _is_operators_own() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def problems(alias: str = "default") -> list[str]:
    """What makes this installation unsafe, in words that say what to do. Empty when it may start."""
    found: list[str] = []
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit FROM pg_roles"
            " WHERE rolname = current_user"
        )
        name, is_super, bypasses, makes_roles, inherits = cursor.fetchone()
        if is_super or bypasses or makes_roles or inherits:
            found.append(
                f"The database role {name} could bypass row-level security. Make it NOSUPERUSER NOBYPASSRLS"
                " NOCREATEROLE NOINHERIT."
            )
        cursor.execute("SELECT tablename FROM pg_tables WHERE tableowner = current_user")
        if owned := [row[0] for row in cursor.fetchall()]:
            found.append(f"The database role {name} owns tables ({', '.join(owned[:3])}). It must own nothing.")
        found += _unprotected(cursor)
        cursor.execute("SELECT current_setting('server_version_num')::int")
        found += unpatched(cursor.fetchone()[0])
    found += _durability(alias)
    return found + _clock()


def unpatched(version: int) -> list[str]:
    """Whether the server's fault CVE-2024-10976 is mended, by which a plan that is kept, as ours are, could run under
    the policies of another role. `version`: as PostgreSQL numbers itself, 150_008 for 15.8."""
    major, minor = divmod(version, 10_000)
    first = {14: 14, 15: 9, 16: 5, 17: 1}.get(major, 0)
    if minor >= first and major >= 14:
        return []
    return [f"PostgreSQL {major}.{minor} could show rows to the wrong asker. Update it: 15.9, 16.5, 17.1 or later."]


def _clock() -> list[str]:
    """Agreements end by these clocks: one that is behind would let somebody read for too long."""
    with postgres.connect_as_sealer() as connection:
        row = connection.execute("SELECT at FROM trail_trailrow ORDER BY id DESC LIMIT 1").fetchone()
        now = connection.execute("SELECT clock_timestamp()").fetchone()
    assert now is not None
    if row is not None and row[0] - now[0] > CLOCK_WRONG:
        return [
            "The clock of this machine is behind: somebody read something later than now. Put the clock right, else"
            " agreements would end too late."
        ]
    if abs(now[0] - timezone.now()) > CLOCK_WRONG:
        return ["The clocks of this machine and of the database differ by more than ten minutes. Put them right."]
    return []


def _unprotected(cursor: object) -> list[str]:
    from alongside.config.tables import sealed_tables

    wanted = sealed_tables()
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
    )
    protected = {row[0] for row in cursor.fetchall()}  # type: ignore[attr-defined]
    return [
        f"Table {table} has no forced row-level security. Run the migrations again; if it stays, restore its policy."
        for table in sorted(wanted - protected)
    ]


def _durability(alias: str) -> list[str]:
    wanted = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    found = []
    with connections[alias].cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] != value:
                found.append(
                    f"PostgreSQL runs with {name} off: an acknowledged record could be lost. Set it to {value}."
                )
    return found


def advice(agencies: Mapping[UUID, str]) -> list[str]:
    """What could be safer, of keys and passwords. It may start all the same: a trial does.

    `agencies`: names by id of those that whoever asks may hear of.
    """
    from alongside.foundation.vault.keys import KeysUnreachable, key_service
    from alongside.register.agencies import queries

    keys = key_service()
    try:
        found = []
        if keys.user() == os.geteuid():
            found.append(
                "The key process runs under the same system account as this: whoever takes that account over can read"
                " the key files. Give it an account of its own: docs/how-to/keys-and-restores.md."
            )
        invented = any(each.is_invented for each in queries.partnerships())
        if not invented and not settings.STOLEN_PASSWORDS.exists():
            found.append(
                "There is no list of stolen passwords on this machine: new passwords are held against common ones only."
                " docs/how-to/run-it.md says where to put one."
            )
        whole = [name for id, name in agencies.items() if _lies_whole(keys.kept(id))]
        if whole and not invented:
            found.append(
                f"The key of {' and of '.join(whole)} lies whole on this machine. It can be divided among three"
                " people, of whom any two open it: alongside keys divide."
            )
        return found
    except KeysUnreachable:
        return ["The key process does not answer: names stay shut until it does."]


def _lies_whole(kept: "Kept") -> bool:
    return bool(kept.version) and not kept.divided

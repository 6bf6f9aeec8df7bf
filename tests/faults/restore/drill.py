"""The restore drill: `python -m tests.faults.restore.drill --contacts 1000000 --folder NEW` (P17). Weekly.

An installation of its own is filled, copied while it runs, and its log shipped as it grows. A woman is erased after the
copy; then somebody drops a table. Database and keys are wiped, brought back to the moment before the accident, erasures
are done again, and what is there is compared with what was: rows, names, the erased woman, the trail and its heads.

Each check is shown to bite: before the erasures are done again the woman who was erased must be found, and a row taken
out by hand must be missed. Needs nothing but the programs that come with the embedded PostgreSQL.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

MOST_LOST_SECONDS, MOST_BACK_SECONDS = 60.0, 15 * 60.0
WOMEN, ERASED = 8, 2
MARK_EVERY = 0.25  # seconds between two acknowledged rows while the log is shipped
SETTINGS = """
restore_command = '{copy} "{archive}/%f" "%p" || {copy} "{archive}/%f.partial" "%p"'
recovery_target_time = '{moment}'
recovery_target_action = 'promote'
"""


@dataclass
class Drill:
    """What was there before the accident, and what was measured."""

    folder: Path
    contacts: int
    world: Any = None
    rows: dict[str, int] = field(default_factory=dict)
    marks: list[datetime] = field(default_factory=list)
    moment: datetime | None = None
    back_seconds: float = 0.0

    @property
    def archive(self) -> Path:
        return self.folder / "archive"


def main(contacts: int, folder: Path) -> int:
    os.environ["ALONGSIDE_HOME"] = str(folder / "home")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    from alongside.config import machine, postgres
    from alongside.foundation.vault.starting import stop

    drill = Drill(folder, contacts)
    try:
        return run(drill)
    finally:
        stop(machine.keys_sockets())
        postgres.stop_embedded()


def run(drill: Drill) -> int:
    prepare(drill)
    with shipping(drill):
        copy(drill)
        work_goes_on(drill)
    accident(drill)
    began = time.monotonic()
    wipe()
    bring_back(drill)
    came_back = found_wrong(drill)
    erase_again()
    go_on_sealing()
    wrong = found_wrong(drill)
    drill.back_seconds = time.monotonic() - began
    lost = lost_seconds(drill)
    bites = came_back == ["an erased woman's names are there again"] and bool(taken_out_by_hand(drill))
    print(f"{sum(drill.rows.values()):,} rows of {len(drill.rows)} tables, {drill.contacts:,} of them contacts.")
    print(
        f"Lost: {lost:.1f} s of work (limit {MOST_LOST_SECONDS:.0f}). Back in {drill.back_seconds:.1f} s (limit 900)."
    )
    print(f"Found before the erasures were done again: {came_back}. Every check bites: {bites}.")
    print(f"Wrong after all: {wrong or 'nothing'}.")
    return int(bool(wrong) or not bites or lost > MOST_LOST_SECONDS or drill.back_seconds > MOST_BACK_SECONDS)


# --- before


def prepare(drill: Drill) -> None:
    from alongside.casework.contacts.models import Contact
    from alongside.config import installation, postgres
    from alongside.foundation.gate.level import acting_as
    from alongside.foundation.gate.rows import writing
    from benchmarks.gate.bench import fill
    from tests.world import build

    installation.ready(lambda _: None)
    drill.world = build(women=WOMEN)
    actor, token = drill.world.actor("key_worker"), writing.set("a drill")
    with acting_as(actor):
        Contact.objects.create(
            partnership_id=actor.partnership,
            agency_id=actor.agency,
            record_id=drill.world.records["van", 1],
            occurred_at=datetime.now().astimezone(),
            outcome="met",
            place="street",
            recorded_by=actor.user,
        )
    writing.reset(token)
    with postgres.address().connect() as owner:
        if drill.contacts:
            fill(owner, drill.contacts)
        owner.execute("CREATE TABLE drill_mark (at timestamptz NOT NULL)")
    seal()


def seal() -> None:
    from alongside.config import machine, postgres
    from alongside.foundation.trail.sealing import Keeper, seal_once

    with postgres.connect_as_sealer() as sealer:
        seal_once(sealer, Keeper(machine.seals_folder()))


@contextmanager
def shipping(drill: Drill) -> Iterator[None]:
    """The write-ahead log leaves the cluster as it grows, as to another machine."""
    handed_over(drill.archive)
    shipper = start("pg_receivewal", "-D", str(drill.archive), "--synchronous")
    try:
        yield
    finally:
        shipper.kill()
        shipper.wait()


def copy(drill: Drill) -> None:
    """The base copy of the database, and the key database's own."""
    from alongside.foundation.vault.keys import key_service

    handed_over(drill.folder / "base")
    done = start("pg_basebackup", "-D", str(drill.folder / "base"), "-X", "none", "--checkpoint=fast", "--no-sync")
    assert done.wait() == 0
    key_service().ask("copy", to=str(drill.folder / "keys.copy"))


def work_goes_on(drill: Drill) -> None:
    """Rows are acknowledged, the moment to come back to passes, a woman is erased, and all of it is sealed."""
    from alongside.config import postgres
    from alongside.foundation.gate.level import acting_as
    from alongside.register.people.queries import names

    lead = drill.world.actor("key_worker")
    with acting_as(lead):
        assert len(names(lead, [drill.world.records["van", 1]])) == 1  # a reading after the copy, for the trail
    seal()
    with postgres.address().connect() as owner:
        for _ in range(12):
            row = owner.execute("INSERT INTO drill_mark VALUES (clock_timestamp()) RETURNING at").fetchone()
            assert row
            drill.marks.append(row[0])
            time.sleep(MARK_EVERY)
        drill.rows = counts(owner)
        drill.moment = owner.execute("SELECT clock_timestamp()").fetchone()[0]  # type: ignore[index]
        time.sleep(1)
        erase(drill)
        owner.execute("INSERT INTO drill_mark VALUES (clock_timestamp())")
    seal()
    time.sleep(1)  # what was acknowledged is on its way


def erase(drill: Drill) -> None:
    from alongside.config import postgres
    from alongside.foundation.gate.level import acting_as
    from alongside.foundation.vault.keys import key_service
    from alongside.register.traces.actions import erase_record

    lead, record = drill.world.actor("dp_lead"), drill.world.records["van", ERASED]
    with acting_as(lead):
        assert erase_record(lead, record) > 0
    with postgres.address().connect() as owner:  # what the process for jobs does
        jobs = owner.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'traces.destroy_keys'").fetchall()
    for (told,) in jobs:
        ids = [bytes.fromhex(each) for each in told["ids"]]
        key_service().destroy(UUID(told["holder_id"]), UUID(told["record_id"]), ids)


def counts(owner: Any) -> dict[str, int]:
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    return {name: owner.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608


# --- the accident and the way back


def accident(drill: Drill) -> None:
    from alongside.config import postgres

    with postgres.address().connect() as owner:
        owner.execute("DROP TABLE contacts_contact CASCADE")


def wipe() -> None:
    """The machine is gone: database, key database. Key files and the ledger of erasures are kept elsewhere."""
    from django.db import connections

    from alongside.config import machine, postgres
    from alongside.foundation.vault.starting import stop

    for each in connections.all():
        each.close()
        if hasattr(each, "close_pool"):
            each.close_pool()
    stop(machine.keys_sockets())
    postgres._run("pg_ctl", "-D", str(machine.home() / "postgres"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(machine.home() / "postgres")
    for path in machine.keys_folder().glob("keys.sqlite*"):
        path.unlink()


def bring_back(drill: Drill) -> None:
    from alongside.config import machine, postgres

    data = machine.home() / "postgres"
    shutil.move(drill.folder / "base", data)
    settings = SETTINGS.format(copy="/bin/cp", archive=drill.archive, moment=drill.moment)
    with (data / "postgresql.auto.conf").open("a") as handle:
        handle.write(settings)
    (data / "recovery.signal").touch()
    for path in (data, data / "recovery.signal", data / "postgresql.auto.conf"):
        postgres._hand_over(path)
    postgres.start_embedded()
    with postgres.address().connect() as owner:
        while owner.execute("SELECT pg_is_in_recovery()").fetchone()[0]:  # type: ignore[index]
            time.sleep(0.1)
    shutil.copy(drill.folder / "keys.copy", machine.keys_folder() / "keys.sqlite")
    machine.start_keys()


def erase_again() -> None:
    from alongside.register.traces.terminal import restore_erasures

    restore_erasures()


def go_on_sealing() -> None:
    from alongside.config import machine, postgres
    from alongside.foundation.trail.sealing import Keeper, TakenBack, accept_restore

    try:
        seal()
    except TakenBack:
        with postgres.connect_as_sealer() as sealer:
            accept_restore(sealer, Keeper(machine.seals_folder()), "the drill")
        seal()
    else:
        raise AssertionError("The sealer did not see that the database came back from a copy.")


# --- what is there


def found_wrong(drill: Drill) -> list[str]:
    from alongside.config import postgres
    from alongside.foundation.gate.level import acting_as
    from alongside.register.people.queries import names

    found, actor, records = [], drill.world.actor("key_worker"), drill.world.records
    with acting_as(actor):
        for woman in range(WOMEN):
            known = readable(names, actor, records["van", woman])
            if known and woman == ERASED:
                found.append("an erased woman's names are there again")
            if not known and woman != ERASED:
                found.append(f"the names of woman {woman} are gone")
    with postgres.address().connect() as owner:
        now = counts(owner)
    # What the restore itself writes, and what erasing takes away, is looked at above and by the seals.
    moving = ("trail_", "procrastinate_", "django_session", "people_identity", "people_grouping", "people_person")
    found += [
        f"{table} has {now.get(table)} rows, not {rows}"
        for table, rows in drill.rows.items()
        if not table.startswith(moving) and now.get(table) != rows
    ]
    return found + trail_faults(drill, now)


def readable(names: Any, actor: Any, record: UUID) -> bool:
    from alongside.foundation.vault.keys import KeyGone

    try:
        return bool(names(actor, [record]))
    except KeyGone:
        return False


def trail_faults(drill: Drill, now: dict[str, int]) -> list[str]:
    """Rows of the trail are all there up to the moment; and it is whole, but for what the restore itself took back."""
    from alongside.config import machine, postgres
    from alongside.foundation.trail.sealing import Keeper, verify

    found = [] if now["trail_trailrow"] >= drill.rows["trail_trailrow"] else ["rows of the trail are missing"]
    with postgres.connect_as_sealer() as sealer:
        whole = verify(sealer, Keeper(machine.seals_folder()))
        sealed = sealer.execute("SELECT count(*) FROM trail_seal WHERE note LIKE 'restored%'").fetchone()
    return found + ([str(each) for each in whole.faults] if sealed and sealed[0] else [])


def lost_seconds(drill: Drill) -> float:
    """From the newest row that came back to the moment asked for."""
    from alongside.config import postgres

    with postgres.address().connect() as owner:
        row = owner.execute("SELECT max(at), count(*) FROM drill_mark").fetchone()
    assert row
    assert drill.moment
    assert row[1] == len(drill.marks), f"{len(drill.marks) - row[1]} acknowledged rows were lost"
    return float((drill.moment - row[0]).total_seconds())


def taken_out_by_hand(drill: Drill) -> list[str]:
    """A planted defect: one row less must be missed."""
    from alongside.config import postgres

    with postgres.address().connect() as owner:
        owner.execute("DELETE FROM contacts_contact WHERE id = (SELECT min(id::text)::uuid FROM contacts_contact)")
    return found_wrong(drill)


# --- PostgreSQL's own programs


def start(program: str, *arguments: str) -> "subprocess.Popen[bytes]":
    from alongside.config import postgres

    at = postgres.address()
    return subprocess.Popen(
        [str(postgres._programs() / program), "-h", at.host, "-p", str(at.port), "-U", at.owner, *arguments],
        env={**os.environ, "PGPASSWORD": at.owner_password},
        user=postgres._system_user(),
        cwd="/",
    )


def handed_over(folder: Path) -> None:
    from alongside.config import postgres

    folder.mkdir(mode=0o700)
    postgres._hand_over(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--contacts", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, required=True, help="a new folder, removed afterwards")
    given = parser.parse_args()
    given.folder.mkdir(mode=0o711, parents=True)
    try:
        sys.exit(main(given.contacts, given.folder))
    finally:
        shutil.rmtree(given.folder, ignore_errors=True)

"""Handing lists in: seconds to a preview, rows a second through the product, beside a plain COPY, and memory.

Run: ALONGSIDE_HOME=<an empty directory> python -m benchmarks.lists.bench
Each size runs in a process of its own, so that its peak memory is its own. The lists are made of the labelled invented
records; a list longer than those repeats them under new references.
"""

import argparse
import csv
import gzip
import io
import json
import os
import resource
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

SIZES = (5_000, 50_000)
HERE = Path(__file__).parent
RECORDS = HERE.parents[2] / "shared" / "data" / "linkage-dev" / "records.csv.gz"
HEADINGS = ["Ref", "Date seen", "Name/street name", "Surname", "D.O.B.", "Age?", "Ethnicity", "Where", "Tel", "Notes"]
TABLES = ("people_record", "people_person", "people_grouping", "people_identity")


def made_list(rows: int) -> bytes:
    """A list of an outreach team with `rows` rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    with gzip.open(RECORDS, "rt") as source:
        records = list(csv.DictReader(source))
    for number, her in enumerate(islice(cycle(records), rows)):
        year, month, day = her["rec_date"].split("-")
        alias = f" aka {her['other_name']}" if her["other_name"] else ""
        marks = her["marks"].rstrip(";").replace(";", ", ").replace("@", " on ")
        age = f"c.{float(her['approx_age']):.0f}" if her["approx_age"] else ""
        writer.writerow(
            [
                f"B{number}",
                f"{day}/{month}/{year}",
                her["known_as"] + alias,
                her["last_name"],
                her["dob"],
                age,
                her["ethnicity"],
                f"{her['area']} {her['hood']}",
                her["phone"],
                marks or ("seen by the van" if number % 3 else ""),
            ]
        )
    return out.getvalue().encode()


def run_one(rows: int) -> dict[str, float]:
    """One list handed in and taken in by a fresh installation's agency."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    os.environ["ALONGSIDE_DATABASE"] = "alongside_bench_lists"
    import django

    django.setup()
    from alongside.config import installation, postgres
    from alongside.foundation.gate.level import acting_as
    from alongside.insight.interchange.actions import hand_in, let_go_in_here, undo
    from alongside.insight.interchange.storing import intake_job
    from alongside.insight.interchange.taking import take_all_back, take_all_in
    from alongside.register.agencies.models import Agency, Partnership

    if not os.environ.get("DATABASE_URL"):
        postgres.start_embedded()
    installation.rebuild_database()
    home = Partnership.objects.create(slug="bench", name="Bench", area="Bench", is_invented=True)
    agency = Agency.objects.create(partnership=home, slug="a", name="A", kind="specialist", prefix="AA")
    job, content = intake_job(home.id, agency.id), made_list(rows)
    before = time.perf_counter()
    with acting_as(job):
        received = hand_in(job, content=content)
    preview = time.perf_counter() - before
    with acting_as(job):
        let_go_in_here(job, received.id)
    before, own, server = time.perf_counter(), time.process_time(), server_cpu()
    take_all_in(job, received.id)
    taking = time.perf_counter() - before
    cpu = {"cpu_own": time.process_time() - own, "cpu_server": server_cpu() - server}
    mine = resource.getrusage(resource.RUSAGE_SELF)
    read = resource.getrusage(resource.RUSAGE_CHILDREN)
    copy = plain_copy()
    with acting_as(job):
        undo(job, received.id)
    before = time.perf_counter()
    take_all_back(job, received.id)
    undoing = time.perf_counter() - before
    return {
        "rows": rows,
        "preview": preview,
        "taking": taking,
        "undoing": undoing,
        "copy": copy,
        **cpu,
        "memory": mine.ru_maxrss / 1024,
        "reader": read.ru_maxrss / 1024,
    }


def server_cpu() -> float:
    """Seconds of processor time that PostgreSQL's process for this connection has used (Linux)."""
    from django.db import connection

    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def plain_copy() -> float:
    """Seconds that PostgreSQL needs to COPY the very same columns into tables with the same indexes, as superuser."""
    from alongside.config import postgres

    seconds = 0.0
    with postgres.address().connect() as server:
        for table in TABLES:
            with server.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                content = b"".join(copy)
            server.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            before = time.perf_counter()
            with server.cursor().copy(f"COPY bench_{table} FROM STDIN (FORMAT binary)") as copy:
                copy.write(content)
            seconds += time.perf_counter() - before
    return seconds


def words(results: list[dict[str, float]]) -> str:
    head = (
        "## Lists that agencies hand in\n\n`python -m benchmarks.lists.bench`: a CSV of ten columns, vault encryption"
        f" on, {os.cpu_count()} cores shared with the database (load when it ended: {os.getloadavg()[0]:.1f}).\n\n"
        "| Rows | Preview, s | Taken in, s | Rows a second | Plain COPY, s | Ratio"
        " | CPU a row, product + PostgreSQL, µs | Undone, s | Memory, MB | Reader, MB |\n"
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    )
    lines = [
        f"| {one['rows']:,.0f} | {one['preview']:.1f} | {one['taking']:.1f} | {one['rows'] / one['taking']:,.0f} |"
        f" {one['copy']:.2f} | {one['taking'] / one['copy']:.1f} |"
        f" {one['cpu_own'] / one['rows'] * 1e6:.0f} + {one['cpu_server'] / one['rows'] * 1e6:.0f} |"
        f" {one['undoing']:.1f} | {one['memory']:.0f} | {one['reader']:.0f} |\n"
        for one in results
    ]
    return (
        head
        + "".join(lines)
        + (
            "\nPreview: the file is read in its child process, understood from end to end, sealed and kept. Taken in: the"
            " rows as understood then, sealed field by field, keyed for look-up, and written under row-level security, the"
            " next batch made ready while PostgreSQL writes this one: a row can't take less than the larger of the two"
            " processor times. Plain"
            " COPY: the same columns, already sealed, into the same indexes, without row-level security or foreign keys.\n"
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run_one(given.one)))
        return
    results = []
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.lists.bench", "--one", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        results.append(json.loads(done.stdout.splitlines()[-1]))
        print(results[-1], flush=True)
    (HERE / "results.md").write_text(words(results))


if __name__ == "__main__":
    main()

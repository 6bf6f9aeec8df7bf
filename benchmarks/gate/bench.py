"""What row-level security costs: on each of a few pages, and on a return over a million rows.

Run: python -m benchmarks.gate.bench [rows]
It uses a database of its own, that of the tests, and writes benchmarks/gate/results.md. What is compared takes turns
in one run, so that other work on the machine burdens both alike; pages are told in processor time, ours and that of
our connection in PostgreSQL, which other work burdens least.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.policy.bench import prepare

REQUEST_LIMIT, RETURN_LIMIT = 0.5, 30  # milliseconds more a request; per cent more for the return
ROUNDS, ASKED, WARM = 4, 40, 12
RETURNS = 7
WOMEN = 20_000
PLANNED = ("people_record", "people_identity", "contacts_contact", "people_grant", "people_exclusion")
PAGES = {"her page": "people:record", "the list of records": "people:records", "the first page": "home"}
RETURN = (
    "SELECT date_trunc('month', occurred_at AT TIME ZONE 'Europe/London'), outcome, place, count(*),"
    " count(DISTINCT record_id) FROM contacts_contact WHERE {} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
)


@contextmanager
def one_line_less() -> Iterator[None]:
    """Row-level security off. Who may read which table stays: a key worker's role reads them all."""
    from alongside.config import postgres
    from alongside.config.tables import sealed_tables

    def all_of_them(what: str) -> None:
        words = ";".join(f"ALTER TABLE {table} {what} ROW LEVEL SECURITY" for table in sorted(sealed_tables()))
        owner.execute(words)

    with postgres.address().connect() as owner:
        all_of_them("DISABLE")
        try:
            yield
        finally:
            all_of_them("ENABLE")


@contextmanager
def nobody_told() -> Iterator[None]:
    """PostgreSQL is not even told who acts: the transaction alone."""
    from alongside.foundation.gate import level

    kept = level._set
    level._set = lambda *_: None
    try:
        with one_line_less():
            yield
    finally:
        level._set = kept


def requests() -> list[tuple[str, list[float], list[float]]]:
    """Page; medians in milliseconds of all processor time, and of PostgreSQL's: as it is, without policies, and without
    telling PostgreSQL who acts."""
    from alongside.office.accounts import limits
    from tests.policy.browsers import Browsers
    from tests.policy.routes import routes
    from tests.policy.stage import standing

    with standing() as stage:
        client, at = Browsers(stage)._open("key_worker"), routes()
        limits.LIMITS = ()  # nobody is held back
        hers = stage.targets["record"]["van's"]
        addresses = {
            what: at[name].address(*([hers] if name == "people:record" else [])) for what, name in PAGES.items()
        }
        ways: tuple[Callable[[], Any], ...] = (nullcontext, one_line_less, nobody_told)
        taken: dict[str, tuple[list[tuple[float, float]], ...]] = {what: ([], [], []) for what in addresses}
        for number in range(ROUNDS):
            for way in (0, 1, 2) if number % 2 else (2, 1, 0):
                with ways[way]():
                    for what, address in addresses.items():
                        timed(client, address, WARM)  # plans are made anew after the change
                        taken[what][way].extend(timed(client, address, ASKED))
        return [
            (what, *([statistics.median(each[part] for each in way) for way in taken[what]] for part in (0, 1)))
            for what in addresses
        ]


def timed(client: Any, address: str, times: int) -> list[tuple[float, float]]:
    """Milliseconds of each, and PostgreSQL's; nothing is undone, as nothing is when a worker asks: plans stay kept."""
    found = []
    for _ in range(times):
        before, began = servers_time(), processor_time()
        answer = client.get(address)
        found.append(((processor_time() - began) * 1000, (servers_time() - before) * 1000))
        assert answer.status_code == 200, answer.status_code
    return found


def processor_time() -> float:
    """Seconds that this process and its connection in PostgreSQL, on this machine, have worked."""
    return time.process_time() + servers_time()


def servers_time() -> float:
    """Seconds that our connection in PostgreSQL has worked."""
    from django.db import connection

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    return int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9


def returns(rows: int) -> list[tuple[str, float, float]]:
    """Who counts; medians in milliseconds under the policy, and with the same condition written into the query."""
    from alongside.config import postgres
    from alongside.foundation.gate.level import OWN_PARTNERSHIP
    from alongside.register.people import second_line
    from alongside.register.people.acting import counting_job
    from alongside.register.people.codes import FieldGroup
    from tests.policy.stage import standing

    with standing() as stage, postgres.address().connect() as owner:
        fill(owner, rows)
        counts = counting_job(stage.riverside.partnership.id)
        asked = {
            "the counting job": (counts, OWN_PARTNERSHIP),
            "an agency, with what others share": (
                stage.actor("key_worker"),
                second_line.about(FieldGroup.WHEREABOUTS).sees,
            ),
        }
        return [(who, *in_turns(owner, actor, condition)) for who, (actor, condition) in asked.items()]


def fill(owner: Any, rows: int) -> None:
    """So many contacts of 20,000 women, each a copy of one that stands there."""
    owner.execute("SET session_replication_role = replica")  # copies of sound rows
    copy = (
        "INSERT INTO {0} SELECT row.* FROM (SELECT to_jsonb(t) AS sound FROM {0} t WHERE {2} LIMIT 1) t,"
        " generate_series(1, {3}) n, LATERAL jsonb_populate_record(NULL::{0}, sound || {1}) row"
    )
    record = "jsonb_build_object('id', md5('w' || n)::uuid, 'code', 'B' || n)"
    van = "agency_id = (SELECT agency_id FROM contacts_contact LIMIT 1)"
    owner.execute(copy.format("people_record", record, van, WOMEN))
    contact = (
        "jsonb_build_object('id', gen_random_uuid(), 'record_id', md5('w' || (1 + n % 20000))::uuid,"
        " 'occurred_at', now() - n % 730 * interval '1 day')"
    )
    owner.execute(copy.format("contacts_contact", contact, "true", rows))
    owner.execute("SET session_replication_role = DEFAULT")
    owner.execute("ANALYZE")


def in_turns(owner: Any, actor: Any, condition: str) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    counted = []
    for _ in range(RETURNS):
        for place, where in enumerate(("true", condition)):
            if place:
                owner.execute("ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY")
            try:
                milliseconds, found = one_return(actor, RETURN.format(where))
            finally:
                owner.execute("ALTER TABLE contacts_contact ENABLE ROW LEVEL SECURITY")
            taken[place].append(milliseconds)
            counted.append(found)
    assert all(each == counted[0] for each in counted), "the two did not count the same"
    assert sum(row[3] for row in counted[0]) > 900, "nothing was counted"
    return statistics.median(taken[0]), statistics.median(taken[1])


def one_return(actor: Any, query: str) -> tuple[float, list[Any]]:
    from django.db import connection

    from alongside.foundation.gate.level import acting_as

    with acting_as(actor), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(query)
        found = cursor.fetchall()
        return (time.perf_counter() - began) * 1000, found


def planning() -> list[tuple[str, float, float]]:
    """Table; medians in milliseconds of planning the smallest query of it, with its policies and without."""
    import uuid

    from alongside.config import postgres
    from alongside.foundation.gate.actor import Actor

    actor = Actor(
        uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), roles=frozenset({"key_worker"}), reach="agency", by_passkey=True
    )
    found = []
    with postgres.address().connect() as owner:
        for table in PLANNED:
            under = planned(actor, table)
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            try:
                found.append((table, under, planned(actor, table)))
            finally:
                owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    return found


def planned(actor: Any, table: str) -> float:
    from django.db import connection

    from alongside.foundation.gate.level import acting_as

    taken = []
    with acting_as(actor), connection.cursor() as cursor:
        for _ in range(ASKED):
            cursor.execute(f"EXPLAIN (SUMMARY, FORMAT JSON) SELECT * FROM {table} LIMIT 1")
            taken.append(float(cursor.fetchone()[0][0]["Planning Time"]))
    return statistics.median(taken)


def written(
    rows: int,
    asked: list[tuple[str, list[float], list[float]]],
    counted: list[tuple[str, float, float]],
    plans: list[tuple[str, float, float]],
) -> str:
    lines = [
        "# What row-level security costs",
        "",
        f"`python -m benchmarks.gate.bench {rows}`. What is compared took turns in one run, on a machine with other work"
        f" (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores). Milliseconds of processor time, the product's and"
        f" PostgreSQL's together, medians of {ROUNDS * ASKED}.",
        "",
        "| Page, asked by a key worker | As it is | Without policies | PostgreSQL not told who acts | Cost |"
        f" PostgreSQL's part, as it is | not told | Cost | Limit {REQUEST_LIMIT:g}, both |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for what, (whole, without, untold), (servers, _, servers_untold) in asked:
        costs = (whole - untold, servers - servers_untold)  # other work blurs the first by more than the limit
        lines.append(
            f"| {what} | {whole:.2f} | {without:.2f} | {untold:.2f} | {costs[0]:+.2f} | {servers:.2f} |"
            f" {servers_untold:.2f} | {costs[1]:+.2f} | {'yes' if max(costs) <= REQUEST_LIMIT else 'NO'} |"
        )
    lines += [
        "",
        "Plans are kept with their policies (ADR 25); where one is made anew, milliseconds to plan the smallest query of a"
        " table:",
        "",
        "| Table | With its policies | Without |",
        "|---|---|---|",
        *(f"| {table} | {under:.2f} | {plain:.2f} |" for table, under, plain in plans),
        "",
        f"A return over {rows:,} contacts of {WOMEN:,} women, by month, outcome and place, with different women counted:",
        "",
        f"| Who counts | Under the policy, ms | The same condition in the query, ms | More | Limit {RETURN_LIMIT} % |",
        "|---|---|---|---|---|",
    ]
    for who, under, plain in counted:
        more = (under / plain - 1) * 100
        lines.append(
            f"| {who} | {under:,.0f} | {plain:,.0f} | {more:+.0f} % | {'yes' if more <= RETURN_LIMIT else 'NO'} |"
        )
    return "\n".join(lines) + "\n"


def main(rows: int) -> int:
    prepare()
    counted = returns(rows)
    print(counted, flush=True)
    text = written(rows, requests(), counted, planning())
    print(text)
    Path(__file__).with_name("results.md").write_text(text)
    return int("NO |" in text)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))

"""How long checking a long trail takes, and what the key process costs.

Run: python -m benchmarks.trail.bench [rows]
It uses a database of its own, that of the tests, and writes benchmarks/trail/results.md.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from uuid import uuid4

from benchmarks.policy.bench import prepare

ROWS = 1_000_000
LIMIT = 15.0  # seconds for a million rows
FILL = """
INSERT INTO trail_trailrow (at, partnership_id, agency_id, user_id, job, purpose, permission, allowed, rule, kind,
                            subjects, field_groups, count, route)
SELECT now(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '', 'direct support', 'people.read_names', true,
       'people.read_names: role outreach_worker|key_worker|hostel_worker|manager + own agency', 'Record',
       ARRAY[gen_random_uuid()], ARRAY['identity'], 1, 'GET people/<uuid:record>/' FROM generate_series(1, %s)
"""


def trail(rows: int) -> list[tuple[str, str]]:
    from alongside.config import postgres
    from alongside.foundation.trail.sealing import Keeper, seal_once, verify

    with tempfile.TemporaryDirectory() as folder, postgres.address().connect() as owner:
        owner.execute("TRUNCATE trail_trailrow, trail_seal RESTART IDENTITY")
        owner.execute("DROP INDEX IF EXISTS trail_subjects, trail_user")  # of no use here, and slow to fill
        keeper = Keeper(Path(folder) / "seals")
        owner.execute(FILL, [rows])
        with postgres.connect_as_sealer() as sealer:
            began = time.perf_counter()
            while seal_once(sealer, keeper) is not None:
                continue
            sealed = time.perf_counter() - began
            began, worked = time.perf_counter(), time.process_time()
            found = verify(sealer, keeper)
            verified, worked = time.perf_counter() - began, time.process_time() - worked
            assert (found.rows, found.faults) == (rows, ()), found.faults[:3]
            owner.execute("UPDATE trail_trailrow SET rule = rule || ' ' WHERE id = %s", [rows // 2])
            (fault,) = verify(sealer, keeper).faults
        owner.execute("TRUNCATE trail_trailrow, trail_seal RESTART IDENTITY")
    limit = f"{verified:.1f} s; the limit for a million is {LIMIT:g} s: {'yes' if verified < LIMIT else 'NO'}"
    return [
        (f"sealing {rows:,} rows", f"{sealed:.1f} s"),
        (f"checking {rows:,} rows whole", limit),
        ("processor time of that, without PostgreSQL's", f"{worked:.1f} s"),
        ("one row changed by one space", f"found, batch {fault.batch} named"),
    ]


def keys() -> list[tuple[str, str]]:
    from alongside.foundation.vault.keys import SocketKeys
    from alongside.foundation.vault.starting import start, stop

    with tempfile.TemporaryDirectory() as folder:
        home, sockets = Path(folder) / "keys", Path(folder) / "sockets"
        began = time.perf_counter()
        start(home, sockets)
        started = time.perf_counter() - began
        try:
            jobs, agency = SocketKeys(sockets, "operator"), uuid4()
            ids = [id for _, id in jobs.new_data_keys(agency, 60_000)]
            found = [
                ("starting the key process", f"{started * 1000:.0f} ms"),
                ("is it there? (every later start)", each(lambda: start(home, sockets))),
                ("50 data keys opened in one call", each(lambda: jobs.unwrap(agency, ids[:50]))),
                ("one fresh data key", each(lambda: jobs.new_data_keys(agency, 1))),
                ("2,000 fresh data keys, on disk", each(lambda: jobs.new_data_keys(agency, 2_000), 20)),
                ("the key of a blind index", each(lambda: jobs.index_key(agency, "match"))),
            ]
            began = time.perf_counter()
            count = jobs.ask("rotate", 600, holder=str(agency))["count"]
            return [*found, (f"a new agency key: {count:,} keys wrapped anew", f"{time.perf_counter() - began:.2f} s")]
        finally:
            stop(sockets)


def each(do: Callable[[], object], times: int = 200) -> str:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    return f"{median(taken):.2f} ms (median of {times})"


def main(rows: int) -> int:
    prepare()
    found = [*keys(), *trail(rows)]
    lines = [
        "# The trail and the key process",
        "",
        f"`python -m benchmarks.trail.bench {rows}`",
        "",
        "| What | Taken |",
        "|---|---|",
        *(f"| {what} | {told} |" for what, told in found),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    Path(__file__).with_name("results.md").write_text(text)
    return 0 if "NO" not in text else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))

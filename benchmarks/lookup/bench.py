"""Look-up before creating, among very many women of one agency: time, recall and false confident answers.

Run: ALONGSIDE_HOME=<an empty directory> python -m benchmarks.lookup.bench --women 1000000
Women and later contacts come from `benchmarks/linkage/world.py`. A woman's record is what all agencies but the held-out
contact wrote of her, sealed and keyed by the product's own code. 70 % of those asked for are on file, 30 % are not.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median, quantiles
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
os.environ["ALONGSIDE_DATABASE"] = "alongside_bench_lookup"

import django

django.setup()

from django.db import connections

from alongside.config import installation, postgres
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.keys import key_service
from alongside.register.agencies.models import Agency, Partnership
from alongside.register.people.known import SEALED_FIELDS, Age, Born, Known, seal_known
from alongside.register.people.lookup import keys
from alongside.register.people.lookup.parts import parts_of
from alongside.register.people.queries import Asked, likely, look_up
from benchmarks.linkage.world import make

SHARD = 50_000  # women made at a time
SEEN = 0.787  # of the world's women, those whom any agency wrote down
ASKED_FROM = "A_outreach"
RESULTS = Path(__file__).with_name("results.md")
Row = dict[str, str]


def women_of(shard: int, count: int, profile: str) -> Iterator[list[Row]]:
    """All that was written of each woman, in the order of the days."""
    table = make(round(count * 1.86), profile, seed=1000 + shard)
    by_woman: dict[str, list[Row]] = {}
    for row in table.to_pylist():
        row["area"] = f"{shard}-{row['area']}" if row["area"] else ""
        by_woman.setdefault(row["person_id"], []).append(row)
    for rows in by_woman.values():
        yield sorted(rows, key=lambda row: row["rec_date"])


def known_of(rows: list[Row]) -> tuple[Known, date]:
    """One record of all that was written, as a worker who heard it all would keep it."""

    def said(column: str) -> list[str]:
        return [value for value, _ in Counter(row[column] for row in rows if row[column]).most_common()]

    seen = date.fromisoformat(rows[-1]["rec_date"])
    born = [date.fromisoformat(value) for value in said("dob")[:1]]
    guessed = [row for row in rows if row["approx_age"]][-1:]
    names = list(dict.fromkeys([*said("known_as"), *said("other_name")]))
    place = [", ".join(part for part in (row["area"], row["hood"]) if part) for row in rows if row["area"]][-1:]
    return Known(
        names=tuple(names[:5]),
        last_names=tuple(said("last_name")[:2]),
        born=Born(born[0], born[0]) if born else None,
        age=Age(
            float(guessed[0]["approx_age"]), float(guessed[0]["approx_age"]), date.fromisoformat(guessed[0]["rec_date"])
        )
        if guessed
        else None,
        ethnicity=max(said("ethnicity"), key=len, default=""),
        area=place[0] if place else "",
        marks=tuple(dict.fromkeys(mark.rstrip("@") for row in rows for mark in row["marks"].split(";") if mark)),
        phones=tuple(said("phone")),
    ), seen


def mixed(women: list[tuple[UUID, Known, date]], copy: int) -> Iterator[tuple[UUID, Known, date]]:
    """As many other women of other boroughs: each takes her facts from several women, so that shares stay as they are."""
    chance = Random(copy)
    orders = [chance.sample(women, len(women)) for _ in range(4)]
    for (_, own, seen), (_, last, _), (_, born, _), (_, marked, _), (_, reached, _) in zip(women, *orders, strict=True):
        yield (
            uuid4(),
            replace(
                own,
                last_names=last.last_names,
                born=born.born,
                age=born.age,
                marks=marked.marks,
                phones=tuple(f"{phone[:-1]}{copy}" for phone in reached.phones),
                area=f"{copy}-{own.area}" if own.area else "",
            ),
            seen,
        )


class Filling:
    """Writes records of one agency with COPY, as sealed and keyed as the product does it."""

    columns = (
        "id",
        "partnership_id",
        "agency_id",
        "record_id",
        "version",
        "is_current",
        "data_key",
        "seen_from",
        "seen_to",
        "match_keys",
        *SEALED_FIELDS,
    )
    types = (
        "uuid",
        "uuid",
        "uuid",
        "uuid",
        "int2",
        "bool",
        "bytea",
        "date",
        "date",
        "int8[]",
        *("bytea" for _ in SEALED_FIELDS),
    )

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.hashed = keys.hasher(key_service().index_key(agency.id, keys.FIELD))
        self.held = 0

    def write(self, women: list[tuple[UUID, Known, date]]) -> None:
        data_keys = key_service().new_data_keys(self.agency.id, len(women))
        home = self.agency.partnership_id
        raw = connections["owner"]
        raw.ensure_connection()
        with raw.connection.cursor() as cursor:
            into = "people_record (id, partnership_id, agency_id, code, first_seen_on, last_seen_on)"
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for record, _, seen in women:
                    copy.write_row((record, home, self.agency.id, f"LU-{str(record)[-12:]}", seen, seen))
            with cursor.copy(f"COPY people_identity ({', '.join(self.columns)}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(self.types)
                for (record, known, seen), (data_key, wrapped) in zip(women, data_keys, strict=True):
                    copy.write_row(self._row(record, known, seen, data_key, wrapped))
        raw.connection.commit() if not raw.get_autocommit() else None

    def _row(self, record: UUID, known: Known, seen: date, data_key: bytes, wrapped: bytes) -> tuple[object, ...]:
        identity = uuid4()
        sealed = seal_known(data_key, identity, known)
        held = keys.match_keys(parts_of(known, seen), self.hashed)
        self.held += len(held)
        return (
            identity,
            self.agency.partnership_id,
            self.agency.id,
            record,
            1,
            True,
            wrapped,
            seen,
            seen,
            held,
            *(sealed.get(name) for name in SEALED_FIELDS),
        )


def fill(
    women: int, asked: int, profile: str, copies: int
) -> tuple[Agency, list[tuple[Asked, UUID | None]], dict[str, float]]:
    """Fill the database; give the agency and what is asked: a later contact and her record, None when she is new."""
    if not os.environ.get("DATABASE_URL"):
        postgres.start_embedded()
    installation.rebuild_database()
    home = Partnership.objects.create(slug="bench", name="Bench", area="Bench", is_invented=True)
    agency = Agency.objects.create(partnership=home, slug="bench", name="Bench", kind="specialist", prefix="LU")
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX identity_match_keys")
    filling, questions, started, made = Filling(agency), [], time.perf_counter(), 0
    drawn = round(women / copies / SEEN)
    shards = max(1, drawn // SHARD)
    for shard in range(shards):
        chosen: list[tuple[UUID, Known, date]] = []
        quota = -(-asked // shards)
        for rows in women_of(shard, drawn // shards, profile):
            on_file = quota % 10 >= 3
            if quota and rows[-1]["agency"] == ASKED_FROM and (len(rows) > 1 or not on_file):
                quota -= 1
                record = uuid4() if on_file else None
                questions.append((Asked(*known_of(rows[-1:])), record))
                if record:
                    chosen.append((record, *known_of(rows[:-1])))
            else:
                chosen.append((uuid4(), *known_of(rows)))
        filling.write(chosen)
        made += len(chosen)
        for copy in range(1, copies):
            filling.write(list(mixed(chosen, copy)))
            made += len(chosen)
        print(f"{made:,} women, {time.perf_counter() - started:.0f} s", flush=True)
    indexing = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE INDEX identity_match_keys ON people_identity USING gin (match_keys)")
        cursor.execute("VACUUM ANALYZE people_identity")
        cursor.execute("ANALYZE people_record")
        cursor.execute("SELECT pg_relation_size('identity_match_keys'), pg_total_relation_size('people_identity')")
        index, table = cursor.fetchone()
    return (
        agency,
        questions,
        {
            "women": made,
            "filled": indexing - started,
            "indexed": time.perf_counter() - indexing,
            "keys": filling.held / made,
            "index": index / 2**20,
            "table": table / 2**20,
        },
    )


def ask(agency: Agency, questions: list[tuple[Asked, UUID | None]]) -> dict[str, float]:
    """Every question once, on a warm server; times are those of the whole query, its trail row included."""
    actor = Actor(
        agency.partnership_id, agency.id, uuid4(), roles=frozenset({"outreach_worker"}), reach="agency", by_passkey=True
    )
    times, ranks, false, sure, right = [], [], 0, 0, 0
    with acting_as(actor):
        started = time.perf_counter()
        sample = likely.sample_of(actor, key_service().index_key(agency.pk, keys.FIELD))
        sampled = time.perf_counter() - started
        for asked, _ in questions[:100]:
            look_up(actor, asked)
        for asked, record in questions:
            started = time.perf_counter()
            found = look_up(actor, asked)
            times.append(time.perf_counter() - started)
            confident = bool(found) and found[0].probability >= 0.5
            if record is None:
                false += confident
                continue
            ids = [each.record.id for each in found]
            ranks.append(ids.index(record) if record in ids else None)
            sure += confident
            right += confident and ids[0] == record
    unknown = sum(record is None for _, record in questions)
    cuts = quantiles(times, n=100)
    return {
        "sampled": sampled,
        "size": sample.size,
        "p50": median(times) * 1000,
        "p95": cuts[94] * 1000,
        "p99": cuts[98] * 1000,
        "recall1": sum(rank == 0 for rank in ranks) / len(ranks),
        "recall5": sum(rank is not None for rank in ranks) / len(ranks),
        "false": false / unknown,
        "sure": sure / len(ranks),
        "right": right / max(1, sure),
        "known": len(ranks),
        "unknown": unknown,
    }


TEXT = """# Look-up before creating

`python -m benchmarks.lookup.bench --women {women_asked} --profile {profile}`, {on}, {cores} cores, PostgreSQL under row-level
security, every field sealed. Women are invented (`benchmarks/linkage/world.py`); of {copies} boroughs one is drawn and the
others are filled with the same women's facts mixed anew, so that names are as usual as they were.

| measure | aim | found |
|---|---|---|
| women on file at one agency | 1,000,000 | {women:,.0f} |
| one look-up, p50 / p95 / p99 | p95 ≤ 15 ms | {p50:.1f} / {p95:.1f} / {p99:.1f} ms |
| recall at 1 / at 5, of {known} women on file | at 5 ≥ 0.82 | {recall1:.3f} / {recall5:.3f} |
| a woman not on file draws a confident answer (p ≥ 0.5), of {unknown} | ≤ 6 % | {false:.1%} |
| women on file with a confident answer; of those right | | {sure:.1%}; {right:.1%} |
| match keys a record; index; table with index | | {keys:.1f}; {index:,.0f} MiB; {table:,.0f} MiB |
| making and sealing all records; building the index | | {filled:,.0f} s; {indexed:,.0f} s |
| renewing the sample of {size:,} records, every five minutes | | {sampled:.2f} s |

Times are of the whole query in the process, from what was typed to five records with reasons, trail row included,
on a warm server. They leave out the page around it.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--women", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=3000)
    parser.add_argument("--copies", type=int, default=8, help="boroughs filled from each borough drawn")
    parser.add_argument("--profile", choices=("easy", "base", "hard"), default="base")
    parser.add_argument("--write", action="store_true", help="write results.md")
    given = parser.parse_args()
    agency, questions, filled = fill(given.women, given.asked, given.profile, given.copies)
    found = ask(agency, questions)
    text = TEXT.format(
        **filled,
        **found,
        women_asked=given.women,
        copies=given.copies,
        profile=given.profile,
        on=date.today(),
        cores=os.cpu_count(),
    )
    print(text)
    if given.write:
        RESULTS.write_text(text)


if __name__ == "__main__":
    main()

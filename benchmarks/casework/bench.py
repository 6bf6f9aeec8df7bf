"""Her page, the list, search as you type and a contact, beside a bare Django page that does the same; and phones.

Run: ALONGSIDE_HOME=<an empty directory> python -m benchmarks.casework.bench [women] [contacts a woman]
Both sides are asked in turns in one process, through Django's test client, on one database.
"""

import base64
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benchmarks.gate.bench import processor_time

HERE = Path(__file__).parent
WOMEN, EACH, ASKED, ENVELOPES = 20_000, 3, 100, 500
Ask = Callable[[], Any]


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    os.environ["ALONGSIDE_DATABASE"] = "alongside_bench_casework"
    from alongside.config import postgres

    if not os.environ.get("DATABASE_URL"):
        postgres.start_embedded()
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    from alongside.config import installation

    installation.rebuild_database()
    setup_test_environment(debug=False)
    settings.DEMO = True
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def agency_with(women: int, each: int) -> tuple[Any, list[UUID]]:
    """The small invented world, whose van knows so many women more, met so often each."""
    from django.utils import timezone

    from alongside.casework.contacts import actions as contacts
    from alongside.casework.contacts.rules.told import Told
    from alongside.foundation.gate.level import acting_as
    from alongside.register.people.actions import take_in
    from alongside.register.people.intake import Incoming
    from alongside.register.people.known import Age, Known
    from tests.world import build

    world = build("riverside")
    job, records, today = world.job("intake", "van"), [], date.today()
    for start in range(0, women, 2_000):
        rows = [
            Incoming(
                Known(names=(f"Zq{uuid4().hex[:8]}",), reference=f"b{n}", age=Age(25, 35, today)),
                today - timedelta(days=n % 300),
                today - timedelta(days=n % 300),
            )
            for n in range(start, min(start + 2_000, women))
        ]
        with acting_as(job):
            records += take_in(job, rows=rows, source=uuid4()).records
    actor, now = world.actor("outreach_worker"), timezone.now()
    told = [
        Told(
            uuid4(), now - timedelta(minutes=number), record=records[number % women], staying="sofa",
            topics=("health",), note="She came by herself and had a tea",
        )
        for number in range(women * each)
    ]  # fmt: skip
    for start in range(0, len(told), 500):
        with acting_as(actor):
            contacts.record_together(actor, told=told[start : start + 500])
    return world, records


def clients(world: Any) -> tuple[Any, Any]:
    """A worker signed in to the product, and the same to the floor."""
    from django.test import Client

    made = []
    for _ in range(2):
        client = Client()
        client.force_login(
            world.workers["outreach_worker"], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session["entered_demo"] = True
        session.save()
        made.append(client)
    return made[0], made[1]


def in_turns(ours: Ask, bare: Ask, times: int) -> dict[str, Any]:
    """Milliseconds of both (p50, p95, and p50 of processor time), queries and bytes of ours."""
    from django.db import connection, reset_queries
    from django.test import override_settings

    from benchmarks.casework import floor

    def on_the_floor() -> Any:
        with override_settings(ROOT_URLCONF="benchmarks.casework.floor", MIDDLEWARE=floor.MIDDLEWARE):
            return timed(bare)

    def here() -> Any:
        return timed(ours)

    floor.filling["bytes"] = len(here()[0].content)
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    worked: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(times + 10):
        for name, ask in (("ours", here), ("bare", on_the_floor)):
            answer, spent, busy = ask()
            assert answer.status_code in (200, 302), (name, answer.status_code)
            if number >= 10:
                taken[name].append(spent)
                worked[name].append(busy)
    connection.force_debug_cursor = True
    reset_queries()
    answer = ours()
    asked = [each for each in connection.queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    connection.force_debug_cursor = False
    figures = {
        name: (statistics.median(times_), statistics.quantiles(times_, n=20)[-1], statistics.median(worked[name]))
        for name, times_ in taken.items()
    }
    return {**figures, "queries": len(asked), "bytes": len(answer.content)}


def timed(ask: Ask) -> tuple[Any, float, float]:
    """The answer, and milliseconds: by the clock, and of processor time, the product's and PostgreSQL's."""
    began, before = time.perf_counter(), processor_time()
    answer = ask()
    return answer, (time.perf_counter() - began) * 1000, (processor_time() - before) * 1000


def jobs(world: Any, records: list[UUID]) -> dict[str, dict[str, Any]]:
    from itertools import cycle

    from alongside.office.accounts import limits

    limits.LIMITS = tuple(replace(each, most=10**9) for each in limits.LIMITS)  # they count; nobody is held back
    ours, bare = clients(world)
    few = min(len(records), 5_000)
    hers, numbers = cycle(records[:few:7]), cycle(range(1, few, 7))
    words = cycle(["Zqa", "Zqb", "Zq7", "Zq0f"])
    contact = {"place": "street", "staying": "sofa", "topics": ["health"], "note": "She came by herself"}
    asks: dict[str, tuple[Ask, Ask]] = {
        "her page": (
            lambda: ours.get(f"/women/{next(hers)}/"),
            lambda: bare.get(f"/women/{next(numbers)}/"),
        ),
        "list of 20": (lambda: ours.get("/people/"), lambda: bare.get("/women/")),
        "search as you type": (
            lambda: ours.post("/people/look-up/", {"words": next(words)}, headers={"X-Fragment": "1"}),
            lambda: bare.post("/search/", {"words": next(words)}),
        ),
        "record a contact": (
            lambda: ours.post(f"/outreach/saw/{next(hers)}/", {**contact, "id": str(uuid4())}),
            lambda: bare.post(f"/record/{next(numbers)}/", contact),
        ),
    }
    return {name: in_turns(*pair, ASKED) for name, pair in asks.items()}


def phones(world: Any, records: list[UUID]) -> tuple[float, float, float]:
    """Seconds for one phone's 500 envelopes, and in milliseconds the p95 of one and the processor time of one."""
    from django.test import Client
    from django.utils import timezone

    from alongside.foundation.gate.level import acting_as
    from alongside.foundation.vault.hpke import sealed_to
    from alongside.foundation.vault.outbox import outbox_public_key
    from alongside.phone.actions import set_up_phone

    actor = world.actor("outreach_worker")
    with acting_as(actor):
        token = set_up_phone(actor, membership=world.memberships["outreach_worker"].id, name="Work phone")
    key, client, bodies = outbox_public_key(actor.agency), Client(), []
    for number in range(1, ENVELOPES + 1):
        op, now = str(uuid4()), timezone.now().isoformat()
        event = {
            "version": 1, "device": str(token.id), "op": op, "at": now, "outcome": "met", "place": "street",
            "record": str(records[number]), "staying": "sofa", "topics": ["health"], "given": {"condoms": 2},
        }  # fmt: skip
        sealed = base64.b64encode(sealed_to(key, actor.agency, json.dumps(event).encode())).decode()
        bodies.append({"op": op, "number": number, "sealed": sealed, "clock": now})
    each, worked = [], []
    for body in bodies:
        answer, spent, busy = timed(
            lambda body=body: client.post(  # type: ignore[misc]
                "/phone/sync/", json.dumps(body), content_type="application/json",
                headers={"authorization": f"Bearer {token}"},
            )
        )  # fmt: skip
        assert answer.status_code == 200
        each.append(spent)
        worked.append(busy)
    return sum(each) / 1000, statistics.quantiles(each, n=20)[-1], statistics.median(worked)


def words(
    women: int, each: int, built: float, found: dict[str, dict[str, Any]], sent: tuple[float, float, float]
) -> str:
    lines = [
        "## Casework beside a bare Django page",
        "",
        f"`python -m benchmarks.casework.bench {women} {each}`: one agency that knows {women:,} women, {women * each:,}"
        f" contacts; {ASKED} times each, asked in turns with the floor in one process (plain tables, session and user,"
        f" HTML of the same size; no rights, no vault, no trail). Rights, row-level security, vault with its key process"
        f" and trail are on in ours. Load of the machine when it ended: {os.getloadavg()[0]:.1f} on"
        f" {os.cpu_count()} cores. Made in {built:.0f} s.",
        "",
        "| Job | Ours p50, ms | p95 | Floor p50, ms | p95 | Ratio p50 | p95 | of processor time | Aim | Queries (aim 12) |"
        " HTML, bytes |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, one in found.items():
        (a50, a95, busy), (b50, b95, bare) = one["ours"], one["bare"]
        lines.append(
            f"| {name} | {a50:.1f} | {a95:.1f} | {b50:.1f} | {b95:.1f} | {a50 / b50:.1f} | {a95 / b95:.1f} |"
            f" {busy / bare:.1f} | 2.5 |"
            f" {one['queries']} | {one['bytes']:,} |"
        )
    lines += [
        "",
        f"{ENVELOPES} envelopes of one phone, one request each, opened by the key process and recorded: {sent[0]:.1f} s"
        f" (aim 10), p95 of one {sent[1]:.0f} ms; processor time of one, the product's and PostgreSQL's: {sent[2]:.1f} ms.",
    ]
    return "\n".join(lines) + "\n"


def main(women: int, each: int) -> int:
    prepare()
    from django.db import connections

    from benchmarks.casework import floor

    began = time.perf_counter()
    world, records = agency_with(women, each)
    from alongside.config import postgres

    floor.connection = connections["owner"]
    floor.build(women, women * each)
    with postgres.address().connect() as owner:
        for table in ("floor_woman", "floor_event", "floor_touched"):
            owner.execute(f"GRANT ALL ON {table} TO PUBLIC")
            owner.execute(f"GRANT ALL ON SEQUENCE {table}_id_seq TO PUBLIC")
        owner.commit()
    built = time.perf_counter() - began
    text = words(women, each, built, jobs(world, records), phones(world, records))
    print(text)
    (HERE / "results.md").write_text(text)
    return 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(given[0] if given else WOMEN, given[1] if len(given) > 1 else EACH))

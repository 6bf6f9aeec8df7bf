"""Board and waiting list of an agency with 20,000 women, beside a bare Django page that does the same reads.

Run: ALONGSIDE_TEST_HOME=<an empty directory> python -m benchmarks.accommodation.bench [--women 20000] [--times 200]
The floor is a Django view without gate, row-level security, vault or trail: it sends the statements that the page sent,
as the owner of the tables, and fills a template of the same size with what came back.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

HOUSES, BEDS = 3, 20
RESULTS = Path(__file__).with_name("results.md")
LONDON = ZoneInfo("Europe/London")
Page = tuple[str, str]  # what it is, its address


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import tests.settings  # noqa: F401  before the installation's: it says where the tests' state is
    from alongside.config import machine, postgres

    machine.start_keys()
    postgres.start_embedded()
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from alongside.config import installation

    installation.rebuild_database()
    setup_test_environment()


def fill(women: int) -> tuple[object, list[Page]]:
    """One agency: `women` records; three houses of twenty beds, of which nine in ten are taken, each bed with a long past;
    a list on which a tenth of the women wait, and one on which all wait."""
    from alongside.casework.accommodation import actions
    from alongside.casework.accommodation.codes import BedKind, EndReason, Need, Source, Step
    from alongside.foundation.gate.actor import Actor
    from alongside.foundation.gate.level import acting_as
    from alongside.register.people.actions import take_in
    from alongside.register.people.known import Known
    from alongside.register.people.preparing import Incoming
    from alongside.register.people.queries import records
    from tests.world import build

    world = build()
    worker = world.actor("hostel_worker")
    manager = replace(worker, roles=frozenset({"manager"}))
    intake = Actor(
        partnership=worker.partnership, agency=worker.agency, job="intake", reach="agency", purpose="benchmark"
    )
    with acting_as(intake):
        for first in range(0, women, 2000):
            rows = [Incoming(Known(names=(f"Woman {n}",))) for n in range(first, min(first + 2000, women))]
            take_in(intake, rows=rows, source=uuid4())
    today = datetime.now(LONDON).date()
    opened = today - timedelta(days=3000)
    with acting_as(manager):
        ids = sorted(row.id for row in records(manager))[:women]
        units, beds = [], []
        for number in range(HOUSES):
            unit = actions.set_up_unit(manager, name=f"House {number}", step=Step.FIRST_STAGE)
            units.append(unit)
            beds += actions.add_beds(manager, unit, number=BEDS, kind=BedKind.BED, opened_on=opened)
        each = max(1, women // len(beds))
        for place, bed in enumerate(beds):
            hers = ids[place * each : (place + 1) * each]
            taken = actions.take_in_stays(manager, rows=_past(actions, bed, hers, opened, today, place % 10, EndReason))
            assert not taken.left_out, taken.left_out
        needs = list(Need)
        for unit, many in ((units[0], women // 10), (units[1], women)):
            waits = [
                actions.PastWait(
                    record, _noon(today - timedelta(days=n % 700)), Source.AGENCY, (needs[n % len(needs)],)
                )
                for n, record in enumerate(ids[:many])
            ]
            assert not actions.take_in_waits(manager, unit, rows=waits)
    from django.urls import reverse

    return world, [
        (f"board, {len(beds)} beds", reverse("accommodation:board")),
        (f"list of {women // 10:,}", reverse("accommodation:list", args=[units[0]])),
        (f"list of {women:,}", reverse("accommodation:list", args=[units[1]])),
    ]


def _past(actions: object, bed: object, hers: list, opened: date, today: date, tenth: int, reasons: object) -> list:
    """One after the other, the last one still here, but for one bed in ten."""
    length = max(2, (today - opened).days // (len(hers) + 1))
    rows = []
    for number, record in enumerate(hers):
        begins = opened + timedelta(days=number * length)
        stays_on = number == len(hers) - 1 and tenth
        ends = None if stays_on else _noon(begins + timedelta(days=length - 1))
        rows.append(
            actions.PastStay(bed, record, _noon(begins), ends, None if stays_on else reasons.MOVED_ON)  # type: ignore[attr-defined]
        )
    return rows


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


def signed_in(world: object) -> object:
    from django.conf import settings
    from django.test import Client

    settings.DEMO = True
    client = Client()
    worker = world.workers["hostel_worker"]  # type: ignore[attr-defined]
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["entered_demo"] = True
    session.save()
    return client


def floor_of(asked: list[str], size: int) -> Callable[[], object]:
    """A bare view: the same statements, and a template as large with all that came back walked through."""
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, Engine
    from django.test import RequestFactory

    text = "x" * max(0, size)
    bare = Engine().from_string(
        "{% for row in rows %}{% for cell in row %}{{ cell }}{% endfor %}{% endfor %}{{ text }}"
    )
    cut = Engine().from_string(
        "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    )

    def view(request: HttpRequest) -> HttpResponse:
        rows = []
        with connection.cursor() as cursor:
            for statement in asked:
                cursor.execute(statement)
                rows.append(cursor.fetchall())
        shown = cut.render(Context({"rows": [row for found in rows for row in found[:200]]}))[: size // 2]
        return HttpResponse(bare.render(Context({"rows": [], "text": shown + text[: size - len(shown)]})))

    factory = RequestFactory()
    return lambda: view(factory.get("/"))


def statements(client: object, address: str) -> tuple[list[str], int, int]:
    """What the page reads, how many questions it asks in all, and how large it is."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.house.test_pages import FRAME  # what says who is signed in is counted on no page

    client.get(address)  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    said = [each["sql"] for each in captured.captured_queries]
    reads = [each for each in said if each.lstrip().startswith("SELECT") and "set_config" not in each]
    return reads, len([each for each in said if not FRAME.search(each)]), len(answer.content)


def timed(one: Callable[[], object], other: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each, asked in turns so that both meet the same machine."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(times + 5):
        for place in ((0, 1), (1, 0))[number % 2]:
            began = time.perf_counter()
            (one, other)[place]()
            if number >= 5:
                taken[place].append((time.perf_counter() - began) * 1000)
    return taken


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--women", type=int, default=20_000)
    asked.add_argument("--times", type=int, default=200)
    given = asked.parse_args()
    prepare()
    began = time.perf_counter()
    world, pages = fill(given.women)
    client = signed_in(world)
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
    lines = [
        "## Beds",
        "",
        f"`python -m benchmarks.accommodation.bench --women {given.women} --times {given.times}`: one agency, {HOUSES} houses,"
        f" {HOUSES * BEDS} beds. Floor: a bare Django view with the same statements and as large a template, without gate,"
        " row-level security, vault and trail. Milliseconds; load of the machine at the end:"
        f" {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
        "",
        "| page | queries | kB | floor p50 | p95 | page p50 | p95 | p50 ratio | p95 ratio |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for words, address in pages:
        reads, queries, size = statements(client, address)
        floor, page = timed(floor_of(reads, size), lambda: client.get(address), given.times)  # noqa: B023
        middle = statistics.median(page) / statistics.median(floor)
        lines.append(
            f"| {words} | {queries} | {size / 1000:.0f} | {statistics.median(floor):.1f} | {p95(floor):.1f}"
            f" | {statistics.median(page):.1f} | {p95(page):.1f} | {middle:.1f} | {p95(page) / p95(floor):.1f} |"
        )
        print(lines[-1], flush=True)
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

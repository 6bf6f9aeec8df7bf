"""U11: the quarterly return over five years of a borough, from the facts of the database to the workbook.

Run: ALONGSIDE_HOME=<an empty directory> python -m benchmarks.returns.bench [women] [contacts a woman]
Contacts with what was spoken about, sealed as the product seals it; counting opens them by the key process. Writes
benchmarks/returns/results.md.
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.casework.bench import prepare

WOMEN, EACH, YEARS, AT_ONCE = 250, 150, 5, 2_500
AIM = 10
TOPICS = ("safety", "place", "health", "money", "chat", "drugs_alcohol")
PLACES = ("own", "outside", "sofa", "friends", "hostel", "")


def met(world: Any, women: int, each: int) -> int:
    """Record so many contacts of each woman, spread over five years. Returns how many."""
    from django.utils import timezone

    from alongside.casework.contacts.actions import record_together
    from alongside.casework.contacts.rules.told import Told
    from alongside.foundation.gate.level import acting_as

    actor, now = world.actor("key_worker"), timezone.now()
    told = [
        Told(
            id=uuid4(),
            occurred_at=now - timedelta(days=(365 * YEARS * number) // each + 1, minutes=woman),
            record=world.records["van", woman],
            staying=PLACES[(woman + number) % len(PLACES)],
            topics=TOPICS[(woman + number) % 5 :][:2],
        )
        for woman in range(women)
        for number in range(each)
    ]
    for begin in range(0, len(told), AT_ONCE):
        with acting_as(actor):
            record_together(actor, told=told[begin : begin + AT_ONCE])
    return len(told)


def main(women: int, each: int) -> int:
    prepare()
    from alongside.foundation.gate.level import acting_as
    from alongside.insight.monitoring import files, queries
    from alongside.insight.monitoring.actions import Wanted, make_returns
    from alongside.insight.monitoring.figures import Period
    from alongside.register.people.facts import counting_job
    from tests.world import build

    world = build("riverside", women=women)
    contacts = met(world, women, each)
    period = Period(date.today() - timedelta(days=365 * YEARS), date.today())
    began = time.perf_counter()
    (pk,) = make_returns(counting_job(world.partnership.id), [Wanted("quarterly", world.agencies["van"].id, period)])
    counted = time.perf_counter() - began
    actor = world.actor("manager")
    with acting_as(actor):
        book = files.as_xlsx(queries.downloaded(actor, pk))
    whole = time.perf_counter() - began
    with acting_as(counting_job(world.partnership.id)):
        facts = queries.Snapshot.objects.visible_to(counting_job(world.partnership.id)).latest("made_at").facts
    lines = [
        "# Five years of a borough (U11)",
        "",
        f"`python -m benchmarks.returns.bench {women} {each}`: {women} women, {contacts:,} contacts in {YEARS} years with"
        f" what was spoken about sealed, {facts:,} facts; a quarterly return over all of it. Load of the machine when it"
        f" ended: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
        "",
        "| What | Seconds | Aim |",
        "|---|--:|--:|",
        f"| facts gathered, kept as a snapshot, counted | {counted:.1f} | |",
        f"| the same, and the workbook made ({len(book) / 1024:.0f} kB) | {whole:.1f} | {AIM} |",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    Path(__file__).with_name("results.md").write_text(report)
    return 0 if whole <= AIM else 1


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(numbers or (WOMEN, EACH))))

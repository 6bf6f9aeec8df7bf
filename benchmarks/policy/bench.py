"""Can the time an answer takes tell whether another agency knows a woman? 2,000 pairs of questions.

Run: python -m benchmarks.policy.bench [pairs]
It uses a database of its own, that of the tests, and writes benchmarks/policy/results.md.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

LIMIT = 1.0  # milliseconds between the medians
PAIRS = 2_000


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import tests.settings  # noqa: F401  before the installation's: it says where the tests' state is
    from alongside.config import postgres

    postgres.start_embedded()
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from alongside.config import installation

    installation.rebuild_database()
    setup_test_environment()


def median_gap(known: Callable[[], object], unknown: Callable[[], object], pairs: int) -> tuple[float, float, float]:
    """Medians of both in milliseconds, and the median of the differences within a pair; asked in turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for number in range(pairs):
        for place in ((0, 1), (1, 0))[number % 2]:
            began = time.perf_counter()
            (known, unknown)[place]()
            taken[place].append((time.perf_counter() - began) * 1000)
    gaps = [one - other for one, other in zip(*taken, strict=True)]
    return statistics.median(taken[0]), statistics.median(taken[1]), statistics.median(gaps)


def measured(pairs: int) -> list[tuple[str, float, float, float]]:
    from tests.policy.browsers import Browsers
    from tests.policy.routes import routes
    from tests.policy.stage import standing
    from tests.world import canaries

    with standing() as stage:
        browsers, at = Browsers(stage), routes()
        page, look_up = at["people:record"], at["people:look-up"].address()
        theirs = stage.riverside.records["van", 1]
        names = [canaries("riverside", "van", woman)["name"] for woman in (1, 9)]
        asked = {
            "her page": (
                lambda: browsers.ask("hostel_worker", "GET", page.address(theirs)),
                lambda: browsers.ask("hostel_worker", "GET", page.address(uuid4())),
            ),
            "looking her up": tuple(
                (lambda name=name: browsers.ask("hostel_worker", "POST", look_up, {"words": name})) for name in names
            ),
        }
        found = []
        for what, (known, unknown) in asked.items():
            median_gap(known, unknown, 20)  # the first ones warm up
            found.append((what, *median_gap(known, unknown, pairs)))
    return found


def main(pairs: int) -> int:
    prepare()
    rows = measured(pairs)
    lines = [
        "# Can time tell whether another agency knows her?",
        "",
        f"`python -m benchmarks.policy.bench {pairs}`: {pairs:,} pairs each, asked in turns. Milliseconds; the limit of"
        f" the gap is {LIMIT:g}.",
        "",
        "| Question | Known to another agency | Known to nobody | Median gap of a pair | Within |",
        "|---|---|---|---|---|",
        *(
            f"| {what} | {known:.2f} | {unknown:.2f} | {gap:+.3f} | {'yes' if abs(gap) < LIMIT else 'NO'} |"
            for what, known, unknown, gap in rows
        ),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    Path(__file__).with_name("results.md").write_text(text)
    return 0 if all(abs(gap) < LIMIT for *_, gap in rows) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS))

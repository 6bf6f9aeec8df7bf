"""P19: synthetic years of releases against the attacker who holds them all and one agency's counts.

Run: python -m benchmarks.releases.bench [years]
Each year is four quarters of an invented partnership of three agencies and 30 to 240 women, drawn by its number. By the
product's rule a quarter that would tell stays inside; the naive way (under 5 as a star, the rest exact) has to be broken
in most years, or the attacker would prove nothing. Writes benchmarks/releases/results.md.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

YEARS = 500


def main(years: int) -> int:
    import django

    django.setup()
    from alongside.insight.monitoring.attacker import Published, broken
    from alongside.insight.monitoring.tests.test_releases import KNOWN, QUARTERLY, by_the_rule, naive, year

    began = time.perf_counter()
    cells = refused = told = broken_naively = 0
    for seed in range(years):
        out = list[Published]()
        for release in year(seed, by_the_rule):
            is_told = bool(broken([*out, release], KNOWN))
            refused += is_told
            out += [] if is_told else [release]
        told += len(broken(out, KNOWN))
        cells += sum(1 <= each.true[key] <= 4 for each in out for key in QUARTERLY)
        broken_naively += bool(broken(year(seed, naive), KNOWN))
    taken = time.perf_counter() - began
    lines = [
        "# Releases against the attacker (P19)",
        "",
        f"`python -m benchmarks.releases.bench {years}`: {years} synthetic years, {4 * years} quarterly releases,"
        f" {taken:.0f} s. Load of the machine when it ended: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
        "",
        "| What | Found | Aim |",
        "|---|---|---|",
        f"| counts of 1 to 4 women in what went out | {cells:,} | |",
        f"| of them told to fewer than 6 values | {told} | 0 |",
        f"| releases that were refused | {refused} of {4 * years} | |",
        f"| years in which the naive way is broken | {broken_naively} of {years} | more than half |",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    Path(__file__).with_name("results.md").write_text(report)
    return 0 if not told and 2 * broken_naively > years else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else YEARS))

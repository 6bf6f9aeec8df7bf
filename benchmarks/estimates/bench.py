"""Agreement with published answers, and time, of the population estimators; prints and writes results.md.

Run from the root of the repository: python benchmarks/estimates/bench.py
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.estimate import estimate_population
from alongside.insight.population.intervals import bootstrap_bca, profile
from alongside.insight.population.loglinear import fit_model
from alongside.insight.population.membership import distinct_women
from alongside.insight.population.selection import range_of, stepwise_interactions, two_way_models
from alongside.insight.population.tests.published import hepatitis, rome, uk_five, uk_six
from alongside.insight.population.tests.worlds import members, world
from alongside.insight.population.unlinked import estimate_without_links

RESULTS = Path(__file__).with_name("results.md")
SEEDS = 20
Answer = TypeVar("Answer")


def timed(what: Callable[[], Answer]) -> tuple[Answer, float]:
    start = time.perf_counter()
    return what(), time.perf_counter() - start


def published() -> list[str]:
    """Rows of published answers beside ours."""
    five = uk_five()
    models = two_way_models(five)
    low, high = range_of(models)
    likely = profile(rome(), [(0, 1)])
    six = estimate_population(uk_six()).interval
    all_terms = [(0, 1), (0, 2), (1, 2)]
    return [
        row("UK six lists, stepwise", "11,418 (9,977-13,146)", span(six.estimate, six.low, six.high)),
        row("UK five lists, stepwise", "11,313", number(fit_model(five, stepwise_interactions(five)).estimate[0])),
        row("UK five lists, best BIC", "22,991", number(models[0].estimate)),
        row("UK five lists, within 10 BIC units", "10,546-29,035", f"{number(low)}-{number(high)}"),
        row("Rome, one interaction", "12,318", number(fit_model(rome(), [(0, 1)]).estimate[0])),
        row("Rome, its standard error", "1,189", number(fit_model(rome(), [(0, 1)]).standard_error[0])),
        row("Rome, multinomial and profile", "12,308 (10,266-14,992)", span(likely.estimate, likely.low, likely.high)),
        row("Rome, independence", "11,125", number(fit_model(rome(), []).estimate[0])),
        row("Hepatitis, independence", "388", number(fit_model(hepatitis(), []).estimate[0])),
        row("Hepatitis, all two-way terms", "1,313", number(fit_model(hepatitis(), all_terms).estimate[0])),
    ]


def number(value: float) -> str:
    return f"{value:,.0f}"


def span(value: float, low: float, high: float) -> str:
    return f"{number(value)} ({number(low)}-{number(high)})"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def speed() -> list[str]:
    """Rows of seconds."""
    five, six = uk_five(), uk_six()
    tasks: list[tuple[str, Callable[[], object]]] = [
        ("all 1,024 models of the UK five lists", lambda: two_way_models(five)),
        ("all 32,768 models of the UK six lists", lambda: two_way_models(six)),
        ("1,000 BCa resamples, UK five lists, choosing anew", lambda: bootstrap_bca(five, seed=1)),
        ("1,000 BCa resamples, UK six lists, choosing anew", lambda: bootstrap_bca(six, seed=1)),
        ("distinct women, 1,500 records in 6 areas, 40 draws", lambda: distinct_women(world(1).evidence, seed=1)),
    ]
    return [row(name, f"{timed(task)[1]:.2f}") for name, task in tasks]


def unlinked() -> list[str]:
    """Rows by strength of evidence: the estimate without links on simulated worlds of 900 women, three lists."""
    rows = []
    for strength in (3.0, 4.0, 6.0):
        ratios, to_truth, inside = [], [], []
        for seed in range(SEEDS):
            made = world(seed, strength=strength)
            names = made.evidence.agencies
            on = [[names[place] for place in np.flatnonzero(one)] for one in members(made)]
            linked = estimate_population(CaptureTable.from_members(names, on)).interval.estimate
            found = estimate_without_links(made.evidence).interval
            ratios.append(found.estimate / linked)
            to_truth.append(found.estimate / made.women)
            inside.append(found.low <= made.women <= found.high)
        near = np.mean(np.abs(np.array(ratios) - 1) < 0.15)
        rows.append(
            row(
                f"{strength:g}",
                f"{np.mean(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})",
                f"{near:.0%}",
                f"{np.mean(to_truth):.2f} ({min(to_truth):.2f}-{max(to_truth):.2f})",
                f"{np.mean(inside):.0%}",
            )
        )
    return rows


def main() -> None:
    lines = ["## Estimates", "", row("published table", "published", "here"), "|---|---|---|", *published()]
    lines += ["", row("what", "seconds"), "|---|---|", *speed()]
    lines += [
        "",
        f"Without links, {SEEDS} simulated worlds for each strength of evidence (mean log Bayes factor of true pairs):",
        "",
        row("strength", "to perfect links", "within 15 %", "to the true number", "interval holds the true number"),
        "|---|---|---|---|---|",
        *unlinked(),
    ]
    text = "\n".join(lines) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

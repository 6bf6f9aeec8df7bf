"""Linkage, measured: every method on every file in a process of its own; prints and writes results.md."""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv

from alongside.register.people.linkage import link, measures
from alongside.register.people.linkage.evaluate import read, scores

from . import peers
from .review import after_review
from .world import make

HERE = Path(__file__).parent
DEV = HERE.parents[2] / "shared/data/linkage-dev/records.csv.gz"
PEERS = {"exact rules": peers.rules, "plain Splink": peers.plain_splink, "recordlinkage ECM": peers.ecm}
HEAD = (
    "file",
    "records",
    "method",
    "pair P",
    "R",
    "F1",
    "group P",
    "R",
    "F1",
    "B3 F1",
    "ECE",
    "expected/true",
    "largest",
    "seconds",
    "CPU s",
    "peak MiB",
)


def of_peer(records: pa.Table, found: peers.Found) -> dict[str, Any]:
    """The same measures as the engine's for pairs found by a peer."""
    truth = records["person_id"].to_pylist()
    number = np.unique(np.asarray(truth), return_inverse=True)[1]
    a, b, p = (np.asarray(x) for x in found)
    same = number[a] == number[b]
    groups = peers.components(found, len(records))
    true = measures.pairs_in(truth)
    return {
        "pairs": measures.prf(float((same & (p >= 0.5)).sum()), float((p >= 0.5).sum()), true),
        "groups": measures.of_groups(groups, truth),
        "b_cubed": measures.b_cubed(groups, truth),
        "ece": round(measures.calibration(p, same)[0], 4),
        "expected_pairs": round(float(p.sum())),
        "true_pairs": true,
        "largest_group": max(Counter(groups).values()),
    }


def one(method: str, path: str) -> dict[str, Any]:
    """One method on one file in this process."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    records = read(path)
    blind = records.drop_columns(["person_id"])
    begun = perf_counter()
    if method == "Alongside":
        linkage = link(blind)
        seconds, found = perf_counter() - begun, None
    else:
        found = PEERS[method](blind)
        seconds = perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = used.ru_maxrss / 1024
    if found is None:
        groups = [linkage.groups[r] for r in records["rec_id"].to_pylist()]
        result = scores(records, linkage) | {"b_cubed": measures.b_cubed(groups, records["person_id"].to_pylist())}
    else:
        result = of_peer(records, found)
    return result | {
        "records": len(records),
        "seconds": round(seconds, 1),
        "cpu": used.ru_utime + used.ru_stime,
        "peak_mib": round(peak),
    }


def row(name: str, method: str, r: dict[str, Any]) -> str:
    """One line of the table."""
    cells = [name, f"{r['records']:,}", method]
    cells += [f"{r[kind][k]:.3f}" for kind in ("pairs", "groups") for k in ("precision", "recall", "f1")]
    cells += [f"{r['b_cubed']['f1']:.3f}", f"{r['ece']:.4f}", f"{r['expected_pairs'] / max(r['true_pairs'], 1):.2f}"]
    cells += [str(r["largest_group"]), f"{r['seconds']:.1f}", f"{r['cpu']:.1f}", f"{r['peak_mib']:,}"]
    return "| " + " | ".join(cells) + " |"


def measured(name: str, path: Path, methods: list[str]) -> list[str]:
    """Lines for one file; a method that fails says so in its line."""
    lines = []
    for method in methods:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.linkage.bench", "--one", method, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        line = f"| {name} | | {method} | failed: {done.stderr.strip().splitlines()[-1:]} |"
        if done.returncode == 0:
            line = row(name, method, json.loads(done.stdout.strip().splitlines()[-1]))
        print(line, flush=True)
        lines.append(line)
    return lines


def world(folder: Path, size: int, profile: str, seed: int) -> Path:
    """The file of one invented world, made unless it is there."""
    path = folder / f"{profile}-{size}-{seed}.csv"
    if not path.exists():
        csv.write_csv(make(size, profile, seed), path)
    return path


def files(folder: Path, sizes: list[int]) -> Iterator[tuple[str, Path, list[str]]]:
    """Name, file and methods of every line group; what would take a peer hours is left out."""
    yield "linkage-dev", DEV, ["Alongside", *PEERS]
    for profile in ("easy", "base", "hard"):
        yield f"own world, {profile}", world(folder, 10_000, profile, 77), ["Alongside", *PEERS]
    for size in sizes:
        others = ["exact rules", "plain Splink"] if size <= 100_000 else ["exact rules"]
        yield "own world, base", world(folder, size, "base", 78), ["Alongside", *others]


def reviewed(path: Path) -> str:
    """A sentence on what review buys."""
    done = after_review(read(path))
    return (
        f"linkage-dev after {done['looks']:,} looks, 0.2 a record, those that promise most, answered from the truth: "
        f"group P {done['precision']:.3f}, R {done['recall']:.3f}, F1 {done['f1']:.3f}."
    )


def main() -> None:
    """Measure all files up to a size."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "FILE"))
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where invented worlds are kept for the next run")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(*given.one), default=float))
        return
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    with TemporaryDirectory() as passing:
        for name, path, methods in files(given.folder or Path(passing), given.sizes):
            lines += measured(name, path, methods)
    load = f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    text = ["## Linkage", "", "`python -m benchmarks.linkage.bench`", "", *lines, "", reviewed(DEV), "", load, ""]
    (HERE / "results.md").write_text("\n".join(text))
    print(*text, sep="\n")


if __name__ == "__main__":
    main()

"""What `alongside evaluate linkage` prints: a labelled file linked without its labels, and how well."""

from __future__ import annotations

import logging
import resource
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv

from . import measures
from .features import COLUMNS
from .linking import Linkage, link


def read(path: str | Path) -> pa.Table:
    """A CSV file (plain or gzipped) of records as strings; '' where missing."""
    names = (*COLUMNS, "person_id")
    return csv.read_csv(path, convert_options=csv.ConvertOptions(column_types={n: pa.string() for n in names}))


def scores(records: pa.Table, linkage: Linkage) -> dict[str, Any]:
    """Measures of a linkage of records that have person_id."""
    ids, truth = records["rec_id"].to_pylist(), records["person_id"].to_pylist()
    person = dict(zip(ids, truth, strict=True))
    number = {value: place for place, value in enumerate(dict.fromkeys(truth))}
    a, b = (np.array([number[person[x]] for x in linkage.pairs[side].to_pylist()], np.int64) for side in ("a", "b"))
    same, probability = a == b, linkage.pairs["probability"].to_numpy()
    true = measures.pairs_in(truth)
    found = [linkage.groups[x] for x in ids]
    linked = probability >= 0.5
    return {
        "pairs": measures.prf(float((same & linked).sum()), float(linked.sum()), true),
        "groups": measures.of_groups(found, truth),
        "ece": round(measures.calibration(probability, same)[0], 5),
        "expected_pairs": round(linkage.expected, 1),
        "true_pairs": true,
        "largest_group": max(Counter(found).values()),
    }


def evaluate(path: str | Path) -> dict[str, Any]:
    """Link a labelled file and measure: all that the command prints but the population. peak_mib is of this process."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    records = read(path)
    begun = perf_counter()
    linkage = link(records.drop_columns(["person_id"]))
    seconds = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return scores(records, linkage) | {"seconds": round(seconds, 2), "peak_mib": round(peak, 1)}

"""Peers that the engine is measured against: exact rules, recordlinkage's ECM, and Splink as its guide sets it up."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Found = tuple[list[int], list[int], list[float]]
_RULES = (
    "a.known_as = b.known_as and a.last_name = b.last_name and a.known_as <> '' and a.last_name <> ''"
    " and (a.area = b.area or a.dob = b.dob)",
    "a.known_as = b.known_as and a.dob = b.dob and a.known_as <> '' and a.dob <> ''",
    "a.last_name = b.last_name and a.dob = b.dob and a.last_name <> '' and a.dob <> ''",
    "a.phone = b.phone and a.phone <> ''",
)


def rules(records: pa.Table) -> Found:
    """Pairs that agree exactly as case systems check: name and last name and area, either with date of birth, phone."""
    numbered = records.append_column("n", pa.array(range(len(records))))
    connection = duckdb.connect()
    connection.register("r", numbered)
    union = " union ".join(f"select a.n x, b.n y from r a join r b on {rule} and a.n < b.n" for rule in _RULES)
    rows = connection.execute(union).fetchall()
    return [x for x, _ in rows], [y for _, y in rows], [1.0] * len(rows)


def plain_splink(records: pa.Table) -> Found:
    """Splink with its ready comparisons, its deterministic-rules prior and its own training."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    names = ("known_as", "last_name", "dob", "area", "ethnicity", "phone")
    columns = {n: pa.array([v or None for v in records[n].to_pylist()], pa.string()) for n in names}
    table = pa.table({"unique_id": pa.array(range(len(records)))} | columns)
    rules_ = [
        block_on("area", "known_as"),
        block_on("last_name", "dob"),
        block_on("known_as", "dob"),
        block_on("phone"),
    ]
    rules_ += [block_on("area", "last_name")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("known_as"),
            cl.NameComparison("last_name"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("area").configure(term_frequency_adjustments=True),
            cl.ExactMatch("ethnicity").configure(term_frequency_adjustments=True),
            cl.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=rules_,
    )
    api = DuckDBAPI()
    linker = Linker(api.register(table, dataset_display_name="records"), settings)
    linker.training.estimate_probability_two_random_records_match(rules_[1:4], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("known_as", "area"), block_on("last_name", "dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    rows = linker.inference.predict(threshold_match_probability=0.001).as_record_list()
    return (
        [r["unique_id_l"] for r in rows],
        [r["unique_id_r"] for r in rows],
        [r["match_probability"] for r in rows],
    )


def ecm(records: pa.Table) -> Found:
    """recordlinkage: Jaro-Winkler and exact features, blocked on area and on date of birth, unsupervised ECM."""
    import recordlinkage

    names = ("known_as", "last_name", "dob", "area", "ethnicity", "phone")
    frame = records.select(names).to_pandas().replace("", None)
    index = recordlinkage.Index()
    index.block(["area", "known_as"])
    index.block(["dob"])
    index.block(["area", "last_name"])
    index.block(["phone"])
    pairs = index.index(frame.assign(**{n: frame[n] for n in names}))
    compare = recordlinkage.Compare()
    for name in ("known_as", "last_name"):
        compare.string(name, name, method="jarowinkler", threshold=0.85)
    for name in ("dob", "area", "ethnicity", "phone"):
        compare.exact(name, name)
    found = compare.compute(pairs, frame)
    classifier = recordlinkage.ECMClassifier(binarize=0.5)
    classifier.fit(found)
    chance = classifier.prob(found)
    left, right = (np.asarray(chance.index.get_level_values(i)).tolist() for i in (0, 1))
    return left, right, chance.tolist()


def components(found: Found, count: int, threshold: float = 0.5) -> list[int]:
    """Groups as connected components of pairs at the threshold."""
    kept = np.asarray(found[2]) >= threshold
    a, b = np.asarray(found[0], int)[kept], np.asarray(found[1], int)[kept]
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(count, count))
    labels: list[int] = connected_components(graph, directed=False)[1].tolist()
    return labels

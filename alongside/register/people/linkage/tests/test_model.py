"""Training, the model's JSON, the prior and the evidence without one."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from alongside.register.people.linkage import BayesFactors, Decision, Linkage, Model, bayes_factors, link, shipped
from alongside.register.people.linkage import levels as level_rules
from alongside.register.people.linkage.comparisons import COMPARISONS, NAMES
from alongside.register.people.linkage.em import Patterns
from alongside.register.people.linkage.features import BAND_SHIFT, bands, prepare
from alongside.register.people.linkage.model import pair_class
from alongside.register.people.linkage.review import ENOUGH, shift_from

from .records import invented


@cache
def linked() -> Linkage:
    return link(invented(count=400, women=180, areas=2))


@cache
def factors() -> BayesFactors:
    return bayes_factors(invented(count=400, women=180, areas=2), linked().model)


def test_a_model_survives_json() -> None:
    model = linked().model
    assert Model.from_json(model.to_json()) == model
    assert Model.from_json(shipped().to_json()) == shipped()


def test_probabilities_of_levels_add_up() -> None:
    model = linked().model
    for comparison in COMPARISONS:
        for table in (model.m, model.u, *(own.m for own in model.own.values()), *(own.u for own in model.own.values())):
            assert sum(table[comparison.name]) == pytest.approx(1, abs=1e-6)
            assert min(table[comparison.name]) > 0
            assert len(table[comparison.name]) == comparison.levels


def test_a_given_model_is_used_as_it_is() -> None:
    again = link(invented(count=400, women=180, areas=2), model=linked().model)
    assert again.model == linked().model
    assert again.groups == linked().groups
    assert again.pairs.equals(linked().pairs)


def test_the_same_records_give_the_same_model_and_groups() -> None:
    assert link(invented(count=400, women=180, areas=2)).groups == linked().groups


def test_one_pair_scored_in_python_equals_the_batch() -> None:
    records = invented(count=400, women=180, areas=2)
    model = linked().model
    rows = prepare(records, model.frequencies)[0].to_pylist()
    place = {record: i for i, record in enumerate(records["rec_id"].to_pylist())}
    for row in linked().pairs.slice(0, 300).to_pylist():
        a, b = rows[place[row["a"]]], rows[place[row["b"]]]
        tables, base = model.weights([pair_class(a["agency"], b["agency"])])
        weights = [t[0, level_rules.LEVEL_OF[n](a, b)] for t, n in zip(tables, NAMES, strict=True)]
        assert base[0] + sum(weights) == pytest.approx(row["weight"], abs=1e-9)


def test_frequencies_of_a_model_band_its_own_records_alike() -> None:
    records = invented(count=400, women=180, areas=2)
    first, frequencies = prepare(records)
    assert prepare(records, frequencies)[0].equals(first)


def test_a_name_never_seen_is_in_the_rarest_band() -> None:
    row = prepare(pa.table({"known_as": ["Zzyxanne"]}), linked().model.frequencies)[0].to_pylist()[0]
    assert max(row["tok"]) >> BAND_SHIFT == 8


def test_bands_halve() -> None:
    assert bands(np.array([1.0, 1 / 33, 1 / 65, 1 / 4097])).tolist() == [0, 1, 2, 8]


def test_bayes_factors_hold_every_pair_within_areas_once() -> None:
    found = factors()
    expected = sum(n * (n - 1) // 2 for n in np.bincount(found.area))
    assert len(found.left) == len(found.right) == len(found.log_bf) == expected
    assert (found.left < found.right).all()
    assert (found.area[found.left] == found.area[found.right]).all()
    assert sum(len(found.between(a, b)) for i, a in enumerate(found.agencies) for b in found.agencies[i:]) == expected


def test_bayes_factors_are_weights_without_prior_and_area() -> None:
    found = factors()
    ids = invented(count=400, women=180, areas=2)["rec_id"].to_pylist()
    by_pair = {
        tuple(sorted((ids[found.row[x]], ids[found.row[y]]))): factor
        for x, y, factor in zip(found.left, found.right, found.log_bf, strict=True)
    }
    within = [row for row in linked().pairs.to_pylist() if row["area"] == 1]
    assert len(within) > 50
    for row in within:
        evidence = sum(row[f"{n}_weight"] for n in NAMES if n != "area") * np.log(2)
        assert by_pair[row["a"], row["b"]] == pytest.approx(evidence, abs=1e-4)


def test_patterns_unpack_to_what_was_packed() -> None:
    rng = np.random.default_rng(1)
    levels = [rng.integers(-1, c.levels, 500).astype(np.int8) for c in COMPARISONS]
    patterns = Patterns.of(levels, rng.integers(0, 15, 500))
    assert patterns.pairs.sum() == 500
    for original, unpacked in zip(levels, patterns.levels, strict=True):
        mean = (unpacked * patterns.pairs).sum() / 500
        assert mean == pytest.approx(original.mean())


def test_reviews_that_all_say_no_lower_the_prior() -> None:
    pairs = linked().pairs
    rows = list(zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True))[: ENOUGH + 10]
    assert shift_from(pairs, [Decision(a, b, "not_same") for a, b in rows]) < 0
    assert shift_from(pairs, [Decision(a, b, "not_same") for a, b in rows[: ENOUGH - 1]]) == 0.0


def test_one_borough_without_areas_in_free_text() -> None:
    records = invented(count=300, women=120, areas=1)
    records = records.set_column(records.schema.get_field_index("area"), "area", pa.array([""] * 300))
    found = link(records)
    assert set(found.groups) == set(records["rec_id"].to_pylist())
    assert 20 < found.expected < 2000


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_records(count: int) -> None:
    records = invented(count=10).slice(0, count)
    assert set(link(records).groups) == set(records["rec_id"].to_pylist())

"""Evidence in words tells no value."""

from __future__ import annotations

from functools import cache

import pytest

from alongside.register.people.linkage import Linkage, explain, link
from alongside.register.people.linkage.comparisons import COMPARISONS, NAMES
from alongside.register.people.linkage.explain import sentence

from .records import invented


@cache
def linked() -> Linkage:
    return link(invented(count=200, women=80, areas=1))


def test_every_level_has_a_sentence() -> None:
    for comparison in COMPARISONS:
        for level in range(comparison.levels):
            words = sentence(comparison.name, level)
            assert words[0].isupper()
            assert not words.endswith(".")


def test_no_value_of_a_record_is_told() -> None:
    records = invented(count=200, women=80, areas=1)
    values = {
        value.lower()
        for column in ("known_as", "last_name", "dob", "phone", "hood", "marks")
        for field in records[column].to_pylist()
        for value in field.split(";")
        if len(value) > 3
    }
    told = {
        words.lower()
        for row in linked().pairs.to_pylist()
        for part in (explain(row).for_, explain(row).against, explain(row).unknown)
        for words in part
    }
    assert len(told) > 20
    assert not [(value, words) for value in values for words in told if value in words]


def test_strongest_evidence_comes_first() -> None:
    for row in linked().pairs.to_pylist()[:200]:
        weights = {sentence(n, row[n]): row[f"{n}_weight"] for n in NAMES if row[n] >= 0}
        evidence = explain(row)
        assert [weights[w] for w in evidence.for_] == sorted((weights[w] for w in evidence.for_), reverse=True)
        assert [weights[w] for w in evidence.against] == sorted(weights[w] for w in evidence.against)


def test_what_is_not_told_is_named_once() -> None:
    row: dict[str, float] = dict.fromkeys(NAMES, -1)
    row |= {f"{name}_weight": 0.0 for name in NAMES}
    assert len(explain(row).unknown) == 8
    row |= {"ethnicity_rare": 3, "ethnicity_rare_weight": 1.0}
    evidence = explain(row)
    assert "Ethnic group" not in evidence.unknown
    assert evidence.for_ == ["The same broad ethnic group"]


def test_levels_alone_need_a_model() -> None:
    row = dict.fromkeys(NAMES, -1) | {"phone": 1}
    with pytest.raises(ValueError, match="model"):
        explain(row)
    assert explain(row, linked().model).for_ == ["The same phone number"]

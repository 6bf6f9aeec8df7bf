"""Groups: decisions bind, undo is exact, and nothing outside a neighbourhood matters."""

from __future__ import annotations

from functools import cache
from random import Random
from zlib import crc32

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.register.people.linkage import ContradictoryDecisions, Decision, Linkage, group, link
from alongside.register.people.linkage.comparisons import NAMES
from alongside.register.people.linkage.groups import NEAR

from .records import invented


@cache
def linked() -> Linkage:
    return link(invented(count=260, women=110, areas=1))


@pytest.fixture(autouse=True, scope="module")
def _linked_before_any_drawing() -> None:
    linked()


def near_pairs() -> list[tuple[str, str]]:
    pairs = linked().pairs
    likely = pairs.filter(pa.array(pairs["probability"].to_numpy() > 0.1))
    return list(zip(likely["a"].to_pylist(), likely["b"].to_pylist(), strict=True))


def grouped(decisions: list[Decision], pairs: pa.Table | None = None) -> dict[str, str]:
    found = linked()
    return group(found.pairs if pairs is None else pairs, decisions, merge=found.model.merge)


@st.composite
def consistent(draw: st.DrawFn) -> list[Decision]:
    """Decisions that agree with some truth: each record drawn into one of a few sets."""
    chosen = draw(st.lists(st.sampled_from(near_pairs()), max_size=12, unique=True))
    side = draw(st.integers(0, 10**6))
    home = {record: crc32(f"{side} {record}".encode()) % 4 for pair in chosen for record in pair}
    return [Decision(a, b, "same" if home[a] == home[b] else "not_same") for a, b in chosen]


@settings(max_examples=40, deadline=None)
@given(consistent(), st.integers(0, 10**6))
def test_decisions_always_hold_whatever_their_order(decisions: list[Decision], seed: int) -> None:
    found = grouped(decisions)
    for a, b, answer in decisions:
        assert (found[a] == found[b]) == (answer == "same")
    shuffled = decisions[:]
    Random(seed).shuffle(shuffled)
    assert grouped(shuffled) == found


@settings(max_examples=40, deadline=None)
@given(consistent())
def test_undoing_a_decision_restores_the_groups(decisions: list[Decision]) -> None:
    for place in range(len(decisions)):
        without = decisions[:place] + decisions[place + 1 :]
        before = grouped(without)
        grouped(decisions)
        assert grouped(without) == before


@settings(max_examples=25, deadline=None)
@given(consistent(), st.integers(0, 10**6))
def test_one_neighbourhood_alone_gives_the_same_answer(decisions: list[Decision], seed: int) -> None:
    whole = grouped(decisions)
    pairs = linked().pairs
    rng = np.random.default_rng(seed)
    around = {pairs["a"].to_pylist()[rng.integers(len(pairs))]}
    near = pairs.filter(pa.array(pairs["probability"].to_numpy() >= NEAR))
    links = list(zip(near["a"].to_pylist(), near["b"].to_pylist(), strict=True))
    links += [(d.a, d.b) for d in decisions]
    while True:
        wider = around | {x for pair in links if set(pair) & around for x in pair}
        if wider == around:
            break
        around = wider
    mine = [a in around and b in around for a, b in zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True)]
    alone = grouped([d for d in decisions if d.a in around], pairs.filter(pa.array(mine)))
    assert alone == {record: whole[record] for record in alone}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_pairs_does_not_matter(seed: int) -> None:
    order = list(range(len(linked().pairs)))
    Random(seed).shuffle(order)
    assert grouped([], linked().pairs.take(pa.array(order))) == grouped([])


def test_relabelling_records_relabels_groups() -> None:
    pairs = linked().pairs
    new = {record: f"z{record}" for record in linked().groups}
    names = {side: pa.array([new[x] for x in pairs[side].to_pylist()]) for side in ("a", "b")}
    renamed = pairs.set_column(0, "a", names["a"]).set_column(1, "b", names["b"])
    found = grouped([], renamed)
    assert found == {new[record]: new[anchor] for record, anchor in grouped([]).items()}


def test_not_the_same_holds_even_through_others() -> None:
    found = linked().groups
    sets: dict[str, list[str]] = {}
    for record, anchor in found.items():
        sets.setdefault(anchor, []).append(record)
    big = max(sets.values(), key=len)
    assert len(big) >= 3
    apart = grouped([Decision(big[0], big[1], "not_same")])
    assert apart[big[0]] != apart[big[1]]


def test_contradictory_decisions_name_the_pair() -> None:
    decisions = [Decision("a", "b", "same"), Decision("b", "c", "same"), Decision("a", "c", "not_same")]
    with pytest.raises(ContradictoryDecisions) as error:
        grouped(decisions)
    assert error.value.pair == ("a", "c")


def test_an_anchor_is_the_least_record_of_its_group() -> None:
    for record, anchor in linked().groups.items():
        assert anchor <= record
        assert linked().groups[anchor] == anchor


def test_pairs_are_ordered_and_weights_add_up() -> None:
    pairs = linked().pairs
    assert all(a < b for a, b in zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True))
    weight = pairs["weight"].to_numpy()
    assert np.allclose(pairs["probability"].to_numpy(), 1 / (1 + np.exp2(-weight)))
    evidence = sum(pairs[f"{name}_weight"].to_numpy().astype(float) for name in NAMES)
    prior = weight - evidence
    assert len(set(np.round(prior, 3))) <= 6

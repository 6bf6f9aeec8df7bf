"""What people said, and which of it stands."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.register.people.codes import Judgement
from alongside.register.people.grouping import Said, against, latest, neighbourhood, standing

SAME, NOT_SAME, NOT_SURE = Judgement.SAME, Judgement.NOT_SAME, Judgement.NOT_SURE
START = datetime(2026, 3, 4, 9, tzinfo=UTC)
RECORDS = [UUID(int=number) for number in range(6)]
# Records 0 and 1 are one agency's, 2 and 3 another's, 4 and 5 a third's.
AGENCY = {record: place // 2 for place, record in enumerate(RECORDS)}


def said(number: int, a: int, b: int, judgement: Judgement) -> Said:
    one, other = sorted((RECORDS[a], RECORDS[b]))
    within = AGENCY[one] == AGENCY[other]
    return Said(UUID(int=1000 + number), one, other, judgement, within, START + timedelta(minutes=number))


pairs = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1])
histories = st.lists(st.tuples(pairs, st.sampled_from((SAME, NOT_SAME, NOT_SURE))), max_size=12).map(
    lambda rows: [said(number, *pair, judgement) for number, (pair, judgement) in enumerate(rows)]
)


def test_the_latest_word_on_two_records_counts():
    first, second = said(1, 0, 2, SAME), said(2, 2, 0, NOT_SAME)
    assert latest([second, first]) == [second]


def test_a_chain_of_same_stands_against_not_same():
    first, second = said(1, 0, 2, SAME), said(2, 2, 4, SAME)
    third = said(3, 0, 4, NOT_SAME)
    assert standing([first, second, third]).overruled == {third.id: second}
    assert against([first, second], third) == second


def test_not_same_stands_against_a_chain_of_same():
    apart, first, second = said(1, 0, 4, NOT_SAME), said(2, 0, 2, SAME), said(3, 2, 4, SAME)
    assert against([apart, first], second) == apart
    assert standing([apart, first, second]).overruled == {second.id: apart}


def test_a_new_answer_about_the_same_two_is_never_a_contradiction():
    assert against([said(1, 0, 2, SAME)], said(2, 0, 2, NOT_SAME)) is None


def test_not_sure_joins_and_parts_nothing():
    stands = standing([said(1, 0, 2, SAME), said(2, 0, 2, NOT_SURE), said(3, 0, 2, NOT_SURE)])
    assert (stands.same(), stands.not_same()) == ([], [])


def test_an_agency_is_heard_on_its_own_records_whatever_others_said_before():
    first, second = said(1, 0, 2, SAME), said(2, 1, 2, SAME)
    own = said(3, 0, 1, NOT_SAME)
    stands = standing([first, second, own])
    assert own in stands.in_force
    assert first in stands.in_force
    assert stands.overruled == {second.id: own}


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_handing_over_changes_nothing(history, random):
    mixed = list(history)
    random.shuffle(mixed)
    assert standing(mixed) == standing(history)


@given(histories)
def test_what_stands_never_contradicts_itself(history):
    stands = standing(history)
    joined = {record: {record, *neighbourhood([record], stands.same())} for record in RECORDS}
    assert not [pair for pair in stands.not_same() if pair[1] in joined[pair[0]]]
    assert {each.id for each in stands.in_force} | set(stands.overruled) == {each.id for each in latest(history)}


@given(histories, pairs, st.sampled_from((SAME, NOT_SAME)))
def test_a_decision_that_nothing_stands_against_is_in_force_once_made(history, pair, judgement):
    new = said(99, *pair, judgement)
    earlier = against(history, new)
    stands = standing([*history, new])
    if earlier is None:
        assert new in stands.in_force
    elif not new.within:
        assert new.id in stands.overruled


@given(histories, pairs, st.sampled_from((SAME, NOT_SAME, NOT_SURE)))
def test_taking_a_decision_back_leaves_what_stood_before(history, pair, judgement):
    new = said(99, *pair, judgement)
    assert standing([each for each in [*history, new] if each != new]) == standing(history)


@pytest.mark.parametrize(
    ("seeds", "edges", "expected"),
    [([0], [], [0]), ([0], [(0, 1), (1, 2), (3, 4)], [0, 1, 2]), ([0, 3], [(0, 1), (3, 4)], [0, 1, 3, 4])],
)
def test_a_neighbourhood_is_what_chains_reach(seeds, edges, expected):
    reached = neighbourhood([RECORDS[seed] for seed in seeds], [(RECORDS[a], RECORDS[b]) for a, b in edges])
    assert reached == [RECORDS[each] for each in expected]

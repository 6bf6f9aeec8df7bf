"""Lincoln-Petersen, Chapman and Chao against published numbers and hand sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.refusals import NoOverlap, TooFewLists
from alongside.insight.population.tests.published import hepatitis, rome
from alongside.insight.population.two_lists import chao_lower_bound, chapman, lincoln_petersen


def two(first_only: float, second_only: float, both: float) -> CaptureTable:
    return CaptureTable.of("AB", {(1, 0): first_only, (0, 1): second_only, (1, 1): both})


@pytest.mark.parametrize(("gone", "number"), [("E", 336), ("Q", 378), ("P", 334)])
def test_petersen_of_each_pair_of_the_hepatitis_lists(gone: str, number: int) -> None:
    """Chao and others (2001): 336, 378 and 334."""
    full = hepatitis()
    kept = [place for place, name in enumerate(full.lists) if name != gone]
    rows: dict[tuple[int, ...], float] = {}
    for row, count in zip(full.membership.astype(int).tolist(), full.counts.tolist(), strict=True):
        history = (row[kept[0]], row[kept[1]])
        rows[history] = rows.get(history, 0) + count
    assert round(lincoln_petersen(CaptureTable.of("AB", rows)).estimate) == number


def test_chapman_by_hand() -> None:
    answer = chapman(two(150, 80, 20))
    assert answer.estimate == pytest.approx(171 * 101 / 21 - 1)
    assert answer.se**2 == pytest.approx(171 * 101 * 150 * 80 / (21**2 * 22))
    assert 250 < answer.low < answer.estimate < answer.high


def test_everyone_on_both_lists_leaves_nobody_unseen() -> None:
    answer = chapman(two(0, 0, 40))
    assert answer.estimate == answer.low == answer.high == 40


def test_without_overlap_there_is_no_number() -> None:
    for estimator in (chapman, lincoln_petersen, chao_lower_bound):
        with pytest.raises(NoOverlap):
            estimator(two(50, 60, 0))


def test_three_lists_are_not_two() -> None:
    with pytest.raises(TooFewLists):
        chapman(hepatitis())


def test_chao_by_hand() -> None:
    once, twice = 69 + 55 + 63, 21 + 17 + 18
    assert chao_lower_bound(hepatitis()).estimate == pytest.approx(271 + once**2 / (2 * twice))
    assert chao_lower_bound(rome()).estimate == pytest.approx(1896 + 1774**2 / (2 * 115))


def test_chao_without_anyone_on_just_two() -> None:
    table = CaptureTable.of("ABC", {(1, 0, 0): 6, (0, 1, 0): 4, (1, 1, 1): 5})
    assert chao_lower_bound(table).estimate == 15 + 10 * 9 / 2


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 200))
def test_chapman_is_never_below_those_seen(first: int, second: int, both: int) -> None:
    answer = chapman(two(first, second, both))
    seen = first + second + both
    assert seen - 1e-9 <= answer.low <= answer.estimate + 1e-9
    assert answer.estimate <= answer.high + 1e-9
    assert answer.estimate <= lincoln_petersen(two(first, second, both)).estimate + 1e-9

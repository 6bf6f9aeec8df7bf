"""The default estimate, its intervals, and its refusals."""

import json
from pathlib import Path

import numpy as np
import pytest

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.estimate import chosen_interactions, estimate_population, evaluate_estimate
from alongside.insight.population.intervals import bootstrap_bca, profile, wald
from alongside.insight.population.loglinear import fit_model
from alongside.insight.population.refusals import NoOverlap, NotEstimable, TooFewLists, TooFewOverlaps
from alongside.insight.population.tests.published import ROME_FILE, UK_FILE, rome, uk_five
from alongside.insight.population.two_lists import chapman


def test_the_judge_gets_the_published_answer_for_the_uk() -> None:
    answer = evaluate_estimate(UK_FILE)
    assert answer["seen"] == 2744
    assert [round(answer[key]) for key in ("estimate", "low", "high")] == [11418, 9977, 13146]  # type: ignore[call-overload]
    assert answer["model"] == "PF:NCA, LA:NG, NG:GP, LA:PF, PF:GP, GO:GP, NG:GO"
    assert answer["range"] == [10615.2, 23690.3]
    json.dumps(answer)


def test_the_judge_gets_the_published_answer_for_rome() -> None:
    answer = evaluate_estimate(ROME_FILE)
    assert [round(answer[key]) for key in ("estimate", "low", "high")] == [12318, 10266, 14992]  # type: ignore[call-overload]
    assert answer["model"] == "c1:c2"


def test_the_profile_of_rome() -> None:
    """Rcapture: multinomial 12,308, profile 10,266 to 14,992."""
    likely = profile(rome(), [(0, 1)])
    assert [round(x) for x in (likely.estimate, likely.low, likely.high)] == [12308, 10266, 14992]


def test_the_wald_interval_is_narrower_below_than_above() -> None:
    normal = wald(fit_model(rome(), [(0, 1)]))
    assert normal.estimate - normal.low < normal.high - normal.estimate


def test_two_lists_get_chapman() -> None:
    table = CaptureTable.of("AB", {(1, 0): 150, (0, 1): 80, (1, 1): 20})
    found = estimate_population(table)
    assert found.model == "Chapman"
    assert found.interval == chapman(table)


def test_an_empty_list_changes_nothing() -> None:
    table = CaptureTable.of("ABC", {(1, 0, 0): 150, (0, 1, 0): 80, (1, 1, 0): 20})
    assert estimate_population(table).interval.estimate == pytest.approx(171 * 101 / 21 - 1)


@pytest.mark.parametrize(
    ("histories", "refusal"),
    [
        ({(1, 0): 150}, TooFewLists),
        ({(1, 0): 150, (0, 1): 80}, NoOverlap),
        ({(1, 0): 150, (0, 1): 80, (1, 1): 12}, TooFewOverlaps),
    ],
)
def test_lists_that_carry_no_estimate_are_refused_by_name(
    tmp_path: Path, histories: dict[tuple[int, ...], float], refusal: type[NotEstimable]
) -> None:
    with pytest.raises(refusal):
        estimate_population(CaptureTable.of("AB", histories))
    rows = [f"{a},{b},{count}" for (a, b), count in histories.items()]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["A,B,count", *rows]), encoding="utf-8")
    answer = evaluate_estimate(path)
    assert answer["estimate"] is None
    assert answer["range"] is None
    assert answer["refused"] == refusal.__name__
    assert str(answer["words"]).startswith(refusal.words)


def test_sparse_tables_never_take_a_term_on_aic() -> None:
    """One overlap below five: the stepwise choice stands, whatever AIC would like."""
    table = CaptureTable.of(
        "ABC", {(1, 0, 0): 90, (0, 1, 0): 80, (0, 0, 1): 70, (1, 1, 0): 16, (1, 0, 1): 9, (0, 1, 1): 4}
    )
    assert chosen_interactions(table) == []


def test_the_bootstrap_chooses_anew_and_repeats_by_seed() -> None:
    first = bootstrap_bca(uk_five(), resamples=200, seed=5)
    again = bootstrap_bca(uk_five(), resamples=200, seed=5)
    assert first.interval == again.interval
    assert first.interval.low < 11313 < first.interval.high
    assert first.interval.high - first.interval.low > 13027 - 9884  # the choice itself is uncertain
    assert first.failed == 0


def test_the_bootstrap_covers_a_known_number() -> None:
    """600 women, three independent lists: about 19 of 20 intervals hold 600."""
    generator = np.random.default_rng(11)
    held = 0
    for seed in range(40):
        caught = generator.random((600, 3)) < (0.3, 0.25, 0.35)
        histories: dict[tuple[int, ...], float] = {}
        for row in map(tuple, caught.astype(int).tolist()):
            histories[row] = histories.get(row, 0) + 1
        interval = bootstrap_bca(CaptureTable.of("ABC", histories), resamples=200, seed=seed).interval
        held += interval.low <= 600 <= interval.high
    assert 34 <= held <= 40

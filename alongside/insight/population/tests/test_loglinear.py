"""Log-linear models: published answers, statsmodels as second opinion, and fits that do not exist."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.existence import has_interior_fit, is_identified
from alongside.insight.population.loglinear import Terms, existing, fit_model, fit_models
from alongside.insight.population.refusals import ModelDoesNotExist
from alongside.insight.population.selection import (
    averaged,
    range_of,
    stepwise_interactions,
    two_way_models,
)
from alongside.insight.population.tests.published import hepatitis, rome, uk_five, uk_six


def names(table: CaptureTable) -> list[str]:
    return [f"{table.lists[one]}:{table.lists[other]}" for one, other in stepwise_interactions(table)]


def test_rome_with_one_interaction() -> None:
    """Rcapture: 12,318 with standard error 1,189; independence 11,125."""
    fits = fit_model(rome(), [(0, 1)])
    assert round(float(fits.estimate[0])) == 12318
    assert round(float(fits.standard_error[0])) == 1189
    assert round(float(fit_model(rome(), []).estimate[0])) == 11125


def test_hepatitis_by_log_linear_models() -> None:
    """Chao and others (2001): 388 under independence, 1,313 with all three interactions."""
    assert round(float(fit_model(hepatitis(), []).estimate[0])) == 388
    assert round(float(fit_model(hepatitis(), [(0, 1), (0, 2), (1, 2)]).estimate[0])) == 1313


def test_stepwise_choice_of_the_uk_six_lists() -> None:
    """SparseMSE: 11,418 with these seven interactions."""
    assert names(uk_six()) == ["PF:NCA", "LA:NG", "NG:GP", "LA:PF", "PF:GP", "GO:GP", "NG:GO"]
    fits = fit_model(uk_six(), stepwise_interactions(uk_six()))
    assert round(float(fits.estimate[0])) == 11418


def test_stepwise_choice_of_the_uk_five_lists() -> None:
    fits = fit_model(uk_five(), stepwise_interactions(uk_five()))
    assert round(float(fits.estimate[0])) == 11313


def test_all_two_way_models_of_the_uk_five_lists() -> None:
    """Best BIC 22,991; within 10 BIC units 10,546 to 29,035."""
    models = two_way_models(uk_five())
    assert round(models[0].estimate) == 22991
    assert tuple(map(round, range_of(models))) == (10546, 29035)
    assert sum(one.weight for one in models) == pytest.approx(1)
    assert range_of(models)[0] < averaged(models) < range_of(models)[1]


def test_rome_is_a_close_call_between_independence_and_one_term() -> None:
    models = two_way_models(rome())
    assert models[0].interactions == ()
    assert min(models, key=lambda one: one.aic).interactions == ((0, 1),)


def test_statsmodels_gives_the_same_fit() -> None:
    table = uk_five()
    design = Terms(5).design()
    chosen = [(0, 1), (0, 2), (1, 2), (2, 3)]
    fits = fit_model(table, chosen)
    kept = fits.columns[0]
    second = sm.GLM(table.counts, design[:, kept], family=sm.families.Poisson()).fit(tol=1e-12)
    assert fits.coefficients[0, kept] == pytest.approx(second.params, abs=1e-8)
    assert np.sqrt(fits.variances[0, kept]) == pytest.approx(second.bse, rel=1e-6)
    assert float(fits.log_likelihood[0]) == pytest.approx(second.llf)
    assert float(fits.aic[0]) == pytest.approx(second.aic)


def test_an_empty_overlap_drops_its_cells_and_its_parameter() -> None:
    fits = fit_model(uk_six(), [(0, 4)])
    assert not fits.columns[0, Terms(6).main :].any()
    assert fits.kept[0].sum() == 63 - 16
    assert fits.parameters[0] == 8


def test_three_lists_whose_overlaps_are_all_empty_cannot_have_every_term() -> None:
    table = CaptureTable.of("ABC", {(1, 0, 0): 30, (0, 1, 0): 40, (0, 0, 1): 50})
    with pytest.raises(ModelDoesNotExist):
        fit_model(table, [(0, 1), (0, 2), (1, 2)])


def test_a_term_without_a_finite_best_value_is_refused() -> None:
    """Nobody on A is off B, though both overlap with C: the terms run off to infinity together."""
    table = CaptureTable.of("ABC", {(0, 1, 0): 20, (0, 0, 1): 20, (1, 1, 1): 10, (0, 1, 1): 9})
    with pytest.raises(ModelDoesNotExist):
        fit_model(table, [(0, 1), (0, 2), (1, 2)])


def test_rank_and_programme_by_hand() -> None:
    design = np.array([[1.0, 0.0], [1.0, 1.0]])
    assert is_identified(design)
    assert not is_identified(design[:1])
    assert has_interior_fit(design, np.array([3.0, 4.0]))
    assert not has_interior_fit(design, np.array([3.0, 0.0]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=7, max_size=7))
@example([0, 1, 0, 0, 1, 1, 0])
def test_what_is_taken_as_certain_passes_the_programme_too(counts: list[int]) -> None:
    """Newton's own word that a fit exists is never contradicted by rank and linear programme."""
    table = np.array(counts, dtype=float)
    terms = Terms(3)
    design = terms.design()
    models = (np.arange(8)[:, None] >> np.arange(3) & 1).astype(bool)
    if (table @ design[:, 1:4] == 0).any():
        return
    fits = fit_models(design, table, models)
    for place in np.flatnonzero(existing(fits, design, table)):
        kept, columns = fits.kept[place], fits.columns[place]
        reduced = design[np.ix_(kept, columns)]
        assert is_identified(reduced)
        assert has_interior_fit(reduced, table[kept])
        assert fits.means[place, kept] @ reduced == pytest.approx(table[kept] @ reduced)


def test_seven_lists_are_searched_rather_than_listed() -> None:
    generator = np.random.default_rng(3)
    shares = np.array([0.2, 0.15, 0.1, 0.25, 0.12, 0.3, 0.08])
    caught = generator.random((900, 7)) < shares
    caught[:, 1] |= caught[:, 0] & (generator.random(900) < 0.4)
    table = CaptureTable.from_members("ABCDEFG", [["ABCDEFG"[i] for i in np.flatnonzero(w)] for w in caught])
    models = two_way_models(table)
    low, high = range_of(models)
    assert (0, 1) in models[0].interactions
    assert low < 900 < high

"""Poisson log-linear models with main effects and chosen interactions of two lists, fitted many at a time.

statsmodels fits one such model a millisecond at best; a choice among 32,768 models, or 1,000 resamples that
each choose anew, needs them side by side, so Newton's method runs here over a stack of models. A test holds
the two against each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.existence import has_interior_fit, is_identified
from alongside.insight.population.refusals import ModelDoesNotExist

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Pair = tuple[int, int]

STEPS = 60
LARGEST_CERTAIN = 1e3  # a term of larger variance may be on its way to infinity: ask the linear programme


@dataclass(frozen=True)
class Terms:
    """The columns that a set of lists allows: intercept, one for each list, one for each pair."""

    lists: int

    @property
    def pairs(self) -> list[Pair]:
        return list(combinations(range(self.lists), 2))

    @property
    def main(self) -> int:
        return 1 + self.lists

    def design(self, *, with_unseen: bool = False) -> Floats:
        """(histories, 1 + lists + pairs); the row of the empty history comes first if asked for."""
        codes = np.arange(0 if with_unseen else 1, 2**self.lists)
        member = (codes[:, None] >> np.arange(self.lists) & 1).astype(float)
        both = [member[:, [i]] * member[:, [j]] for i, j in self.pairs]
        return np.hstack([np.ones((len(codes), 1)), member, *both])

    def models(self, chosen: Iterable[Iterable[Pair]]) -> Flags:
        """(models, pairs): which interactions each model has."""
        rows = [set(model) for model in chosen]
        return np.array([[pair in row for pair in self.pairs] for row in rows], dtype=bool).reshape(
            len(rows), len(self.pairs)
        )


@dataclass(frozen=True)
class Fits:
    """A stack of fitted models; every array has the models along its first axis."""

    models: Flags  # (models, pairs)
    coefficients: Floats  # (models, columns); nought where the model lacks the column
    variances: Floats  # (models, columns)
    means: Floats  # (models, cells); nought where an empty overlap took the cell
    kept: Flags  # (models, cells)
    columns: Flags  # (models, columns): free parameters
    log_likelihood: Floats
    seen: Floats
    doubtful: Flags  # Newton did not settle well inside: existence has to be asked for

    @property
    def unseen(self) -> Floats:
        return np.exp(np.minimum(self.coefficients[:, 0], 600.0))

    @property
    def estimate(self) -> Floats:
        return self.seen + self.unseen

    @property
    def log_unseen_se(self) -> Floats:
        return np.sqrt(np.maximum(self.variances[:, 0], 0.0))

    @property
    def standard_error(self) -> Floats:
        """Of the number of women: Poisson noise of the unseen and the error of their mean."""
        return np.sqrt(self.unseen + self.unseen**2 * self.variances[:, 0])

    @property
    def parameters(self) -> NDArray[np.int_]:
        """A term at minus infinity counts as a parameter: it was fitted to the data too."""
        main = self.columns.shape[1] - self.models.shape[1]
        return np.asarray(main + self.models.sum(axis=1), dtype=np.int_)

    @property
    def aic(self) -> Floats:
        return -2 * self.log_likelihood + 2 * self.parameters

    @property
    def bic(self) -> Floats:
        return -2 * self.log_likelihood + np.log(self.seen) * self.parameters


def fit_models(design: Floats, counts: Floats, models: Flags) -> Fits:
    """Fit each model (models, pairs) to its counts (models, cells) or to one shared row (cells,).

    `design` is `Terms.design()`, with or without the unseen cell. A chosen pair without a common woman has
    its parameter at minus infinity: the cells with both lists and the column are dropped.
    """
    total, pairs = models.shape
    main = design.shape[1] - pairs
    counts = np.broadcast_to(counts, (total, len(design)))
    both = design[:, main:] > 0
    empty = models & (counts @ both == 0)
    kept = ~(empty.astype(float) @ both.T.astype(float) > 0)
    columns = np.hstack([np.ones((total, main), dtype=bool), models & ~empty])
    counts = np.where(kept, counts, 0.0)
    coefficients, means, settled = _newton(design, counts, kept, columns)
    information = _information(design, means, columns)
    variances = _inverse_diagonal(information)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(kept & (counts > 0), counts * np.log(means), 0.0) - means - gammaln(counts + 1)
    doubtful = ~settled | ~(variances.max(axis=1) < LARGEST_CERTAIN)
    return Fits(
        models=models,
        coefficients=coefficients,
        variances=variances,
        means=means,
        kept=kept,
        columns=columns,
        log_likelihood=np.where(kept, terms, 0.0).sum(axis=1),
        seen=counts.sum(axis=1),
        doubtful=doubtful,
    )


def _newton(design: Floats, counts: Floats, kept: Flags, columns: Flags) -> tuple[Floats, Floats, Flags]:
    """Newton from the logarithms of the counts; each step is held to 2 a coefficient."""
    total, size = columns.shape
    eta = np.log(counts + 0.1)
    means = np.where(kept, counts + 0.1, 0.0)
    coefficients = np.zeros((total, size))
    settled = np.zeros(total, dtype=bool)
    open_ = np.arange(total)
    for step in range(STEPS):
        use = columns[open_]
        information = _information(design, means[open_], use, ridge=1e-9)
        score = (counts[open_] - means[open_]) @ design * use
        if step == 0:
            score = score + (means * eta) @ design * use
        move = np.linalg.solve(information, score[..., None])[..., 0]
        change = np.abs(move * score).sum(axis=1)
        coefficients[open_] += move if step == 0 else np.clip(move, -2.0, 2.0)
        eta = np.clip(coefficients[open_] @ design.T, -60.0, 60.0)
        means[open_] = np.where(kept[open_], np.exp(eta), 0.0)
        done = (change < 1e-12 * (1 + counts[open_].sum(axis=1))) if step else np.zeros(len(open_), dtype=bool)
        settled[open_[done]] = True
        open_ = open_[~done]
        if not len(open_):
            break
    return coefficients, means, settled


def _information(design: Floats, means: Floats, columns: Flags, ridge: float = 0.0) -> Floats:
    """X' diag(mean) X for each model, with the columns it lacks replaced by those of the identity."""
    total, size = columns.shape
    squares = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    information: Floats = (means @ squares).reshape(total, size, size)
    information *= columns[:, :, None] & columns[:, None, :]
    information[:, range(size), range(size)] += np.where(columns, ridge, 1.0)
    return information


def _inverse_diagonal(information: Floats) -> Floats:
    """Diagonal of the inverses; infinity where a model's information is singular."""
    size = information.shape[1]
    try:
        return np.asarray(np.linalg.inv(information)[:, range(size), range(size)], dtype=np.float64)
    except np.linalg.LinAlgError:
        diagonal = np.full(information.shape[:2], np.inf)
        for place, one in enumerate(information):
            if np.linalg.matrix_rank(one) == size:
                diagonal[place] = np.diag(np.linalg.inv(one))
        return diagonal


def exists(fits: Fits, place: int, design: Floats, counts: Floats) -> bool:
    """Does the fit at `place` exist and is it the only one? Asks the programme only where in doubt."""
    kept, columns = fits.kept[place], fits.columns[place]
    if not fits.doubtful[place] and kept.sum() >= columns.sum():  # fewer cells than terms: never one best fit
        return True
    reduced = design[np.ix_(kept, columns)]
    return is_identified(reduced) and has_interior_fit(reduced, counts[kept])


def existing(fits: Fits, design: Floats, counts: Floats) -> Flags:
    """(models,): `exists` for each; `counts` (cells,) or (models, cells)."""
    rows = np.broadcast_to(counts, fits.means.shape)
    return np.array([exists(fits, place, design, rows[place]) for place in range(len(rows))], dtype=bool)


def fit_model(table: CaptureTable, interactions: Iterable[Pair]) -> Fits:
    """One model. Raises ModelDoesNotExist where it has no (single) best fit."""
    terms = Terms(len(table.lists))
    design = terms.design()
    fits = fit_models(design, table.counts, terms.models([interactions]))
    if not exists(fits, 0, design, table.counts):
        raise ModelDoesNotExist
    return fits

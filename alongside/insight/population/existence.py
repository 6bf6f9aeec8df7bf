"""Does a model's best fit exist, and is it the only one? Rank and a linear programme decide.

Fienberg and Rinaldo (2012): the fit exists when the sufficient statistics lie inside the cone of the
design, that is when some table with every cell positive has the same margins. Pairs of lists without a
common woman have already lost their cells and parameter (Chan, Silverman and Vincent 2021).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog


def is_identified(design: NDArray[np.float64]) -> bool:
    """`design`: (cells kept, parameters kept)."""
    return bool(np.linalg.matrix_rank(design) == design.shape[1])


def has_interior_fit(design: NDArray[np.float64], counts: NDArray[np.float64]) -> bool:
    """Is there a table, positive in each cell, with the margins of `counts` (cells,)?"""
    cells, parameters = design.shape
    objective = np.append(np.zeros(cells), -1.0)
    equal = np.hstack([design.T, np.zeros((parameters, 1))])
    floor = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    answer = linprog(
        objective,
        A_ub=floor,
        b_ub=np.zeros(cells),
        A_eq=equal,
        b_eq=design.T @ counts,
        bounds=[(0, None)] * cells + [(None, 1.0)],
        method="highs",
    )
    return bool(answer.status == 0 and -answer.fun > 1e-7)

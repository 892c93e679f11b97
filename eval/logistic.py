"""Many logistic regressions over the same rows at once: one a path, each with weights of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

Floats = npt.NDArray[np.float64]
STEPS, CLOSE = 200, 1e-6
"""Steps at most, and the relative gain below which they end."""


def fit(rows: Any, told: Floats, counts: Floats, strength: float) -> tuple[Floats, Floats]:
    """What each path begins with (paths) and its weights (paths, features).

    `rows` (rows, features) dense or sparse; `told` (rows, paths) 1 where the row is of the path, else 0;
    `counts` (rows, paths) how much it counts; `strength`: the inverse of the regularisation (scikit-learn).
    """
    many, paths = rows.shape[1], told.shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        bias, weights = flat[:paths], flat[paths:].reshape(many, paths)
        odds = rows @ weights + bias
        lost = counts * (np.logaddexp(0, odds) - told * odds)
        wrong = counts * (expit(odds) - told)
        slope = np.concatenate([wrong.sum(axis=0), (rows.T @ wrong + weights / strength).ravel()])
        return float(lost.sum() + (weights**2).sum() / (2 * strength)), slope

    found = minimize(
        loss, np.zeros((many + 1) * paths), jac=True, method="L-BFGS-B",
        options={"maxiter": STEPS, "ftol": CLOSE},
    ).x  # fmt: skip
    return found[:paths], found[paths:].reshape(many, paths).T

"""The robust covariance of estimates, over observations or clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dofile.values import Floats


def sandwich(bread: Floats, scores: Floats) -> Floats:
    """Return bread S'S bread (White 1980), uncorrected, for scores S of shape (observations or clusters, k)."""
    return np.asarray(bread @ (scores.T @ scores) @ bread, dtype=np.float64)


def by_cluster(scores: Floats, clusters: NDArray[Any]) -> Floats:
    """Return the sums of scores by cluster. Raises ValueError for fewer than two clusters."""
    codes = np.unique(clusters, return_inverse=True)[1]
    if not codes.any():
        raise ValueError("clusters")
    return np.column_stack([np.bincount(codes, column) for column in scores.T])

"""Pearson correlations, listwise."""

from __future__ import annotations

import numpy as np

from dofile.values import MISSING, Floats


def correlate(columns: Floats) -> Floats:
    """Return the correlations of the columns of an array (observations in rows); missing where one is constant."""
    deviations = columns - columns.mean(axis=0)
    # A column of one value can leave rounding errors about its mean.
    deviations[:, columns.min(axis=0) == columns.max(axis=0)] = 0.0
    lengths = np.sqrt((deviations * deviations).sum(axis=0))
    products = deviations.T @ deviations
    scale = np.outer(lengths, lengths)
    matrix = np.divide(products, scale, out=np.full_like(products, MISSING), where=scale > 0)
    matrix[np.diag_indices_from(matrix)] = np.where(lengths > 0, 1.0, MISSING)
    return np.asarray(matrix)

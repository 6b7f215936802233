"""The rows of a model evaluated at many points: which ones a plan breaks, and by how much."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nido.matching.linear import LinearModel

UNBOUNDED = np.iinfo(np.int64).max


class RowCheck:
    """Rows of some rules as arrays.

    Parameters
    ----------
    model
        The model.
    without
        Rules whose rows are left out.
    """

    def __init__(self, model: LinearModel, without: frozenset[str]) -> None:
        kept = [k for k, label in enumerate(model.labels) if label not in without and model.rows[k][0]]
        self.labels = [model.labels[k] for k in kept]
        sizes = [len(model.rows[k][0]) for k in kept]
        self._starts = (
            np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if kept else np.zeros(0, int)
        )
        self._positions = np.array([v for k in kept for v in model.rows[k][0]], dtype=np.int64)
        self._coefficients = np.array([c for k in kept for c in model.rows[k][1]], dtype=np.int64)
        self._low = self._bounds([model.low[k] for k in kept], -UNBOUNDED)
        self._high = self._bounds([model.high[k] for k in kept], UNBOUNDED)
        self._upper = np.array(model.upper, dtype=np.int64)

    def _bounds(self, bounds: Sequence[int | None], absent: int) -> NDArray[np.int64]:
        return np.array([absent if bound is None else bound for bound in bounds], dtype=np.int64)

    def excess(self, values: Sequence[int]) -> dict[int, int]:
        """Give the rows that a point breaks, each with how far it is outside its bounds."""
        point = np.array(values, dtype=np.int64)
        if not self.labels:
            return {}
        totals = np.add.reduceat(self._coefficients * point[self._positions], self._starts)
        outside = np.where(totals > self._high, totals - self._high, 0)
        outside = np.where(totals < self._low, self._low - totals, outside)
        return {int(row): int(outside[row]) for row in np.flatnonzero(outside)}

    def barred(self, variable: int) -> bool:
        """Tell whether a rule fixed a binary variable to 0."""
        return bool(self._upper[variable] == 0)

"""Values that no point of a kept tier can take: proven in whole numbers from prices of the relaxation.

A tier that is kept as a row leaves few points, but a solver that is then given another objective does not see
it: reduced costs speak of the objective alone. They are used here while the tier is still the objective.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nido.matching.bounds import SCALE, reduced_costs
from nido.matching.linear import LinearModel
from nido.matching.query import Bounds, Narrowing

# Each round tests what is left after the one before; gains fall fast.
ROUNDS = 3
TESTS_A_ROUND = 30
# A test is given up when fewer variables than this part of those it began with could still be settled.
LEAST_PART = 0.02
# Where the relaxation is further than this from the limit, prices settle next to nothing.
FARTHEST = 0.02
EPSILON = 1e-7


@dataclass(frozen=True, slots=True)
class Vertex:
    """An optimal point of a relaxation: its value, its coordinates, the price of every row."""

    value: float
    point: Sequence[float]
    prices: Sequence[float]


class Relaxation(Protocol):
    """The linear relaxation of a model, solved with one objective after another."""

    def restrict(self, lower: Mapping[int, int], upper: Mapping[int, int]) -> None:
        """Tighten the bounds of some variables."""

    def maximise(self, weights: Mapping[int, float]) -> Vertex | None:
        """Solve with an objective; None when it was stopped or has no solution."""


def narrow(model: LinearModel, question: Narrowing, relaxation: Relaxation) -> Bounds:
    """Tighten the bounds of the variables to what the points that reach a limit can take.

    Every step is proven by `reduced_costs` in whole numbers, whatever the relaxation answers: a wrong price
    proves less, never something false.

    Parameters
    ----------
    model
        The model; the tier of `question` need not be among its rows.
    question
        The tier, and the value that it must keep.
    relaxation
        Relaxation of the same model.

    Returns
    -------
    Bounds
        No looser than those of the model. They depend on the model alone, not on any plan.
    """
    search = _Search(model, question, relaxation)
    vertex = relaxation.maximise(search.weights)
    if vertex is None:
        return search.bounds()
    search.settle(vertex.prices)
    if vertex.value - search.limit > FARTHEST * abs(search.limit):
        return search.bounds()
    for _ in range(ROUNDS):
        if not search.round():
            break
    return search.bounds()


class _Search:
    def __init__(self, model: LinearModel, question: Narrowing, relaxation: Relaxation) -> None:
        self.model = model.within(model.lower, model.upper)
        self.relaxation = relaxation
        sign = 1 if question.maximise else -1
        self.limit = sign * question.limit
        self.objective = [(variable, sign * coefficient) for variable, coefficient in question.objective]
        self.weights: dict[int, float] = {}
        for variable, coefficient in self.objective:
            self.weights[variable] = self.weights.get(variable, 0.0) + coefficient

    def bounds(self) -> Bounds:
        return Bounds(tuple(self.model.lower), tuple(self.model.upper))

    def settle(self, prices: Sequence[float]) -> int:
        """Tighten every bound that these prices prove, and count how many they were."""
        # The relaxation is always a maximum: its prices are those of the objective with its sign turned.
        total, reduced = reduced_costs(self.model, self.objective, True, prices)
        slack = total - self.limit * SCALE
        if slack < 0:
            # No point reaches the limit: whoever asked will hear it from the solver.
            return 0
        lower, upper = {}, {}
        for variable, gain in enumerate(reduced):
            low, high = self.model.lower[variable], self.model.upper[variable]
            if gain == 0 or low >= high:
                continue
            steps = slack // abs(gain)
            if steps < high - low:
                if gain > 0:
                    lower[variable] = self.model.lower[variable] = high - steps
                else:
                    upper[variable] = self.model.upper[variable] = low + steps
        self.relaxation.restrict(lower, upper)
        return len(lower) + len(upper)

    def round(self) -> int:
        """Look for prices that settle as many variables as possible together.

        Moving a variable off the relaxation's side is rewarded with a little more than all there is to lose.
        Those that still do not move lose more than that under one and the same prices, so all are settled.
        """
        vertex = self.relaxation.maximise(self.weights)
        if vertex is None:
            return 0
        reward = 1.05 * max(1.0, vertex.value - self.limit + 1.0)
        towards = self._directions(np.array(vertex.point))
        count = np.count_nonzero(towards)
        for _ in range(TESTS_A_ROUND):
            rewarded = np.flatnonzero(towards)
            if len(rewarded) <= LEAST_PART * count:
                return 0
            weights = dict(self.weights)
            for variable in rewarded.tolist():
                weights[variable] = weights.get(variable, 0.0) + reward * float(towards[variable])
            vertex = self.relaxation.maximise(weights)
            if vertex is None:
                return 0
            moved = self._moved(np.array(vertex.point), towards)
            if not moved.any():
                return self.settle(vertex.prices)
            towards[moved] = 0
        return 0

    def _directions(self, point: NDArray[np.float64]) -> NDArray[np.int64]:
        """Give +1 to each free binary variable near 0, -1 to each near 1, 0 to the others."""
        lower, upper = np.array(self.model.lower), np.array(self.model.upper)
        free = (lower == 0) & (upper == 1)
        return np.where(free, np.where(point < 1 / 2, 1, -1), 0)

    def _moved(self, point: NDArray[np.float64], towards: NDArray[np.int64]) -> NDArray[np.bool_]:
        away: NDArray[np.bool_] = ((towards > 0) & (point > EPSILON)) | (
            (towards < 0) & (point < 1 - EPSILON)
        )
        return away

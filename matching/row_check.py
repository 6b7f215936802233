"""The rows of a model at a point, and which of them a change of a few decisions breaks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nido.matching.linear import LinearModel, Subject

UNBOUNDED = int(np.iinfo(np.int64).max)
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Point:
    """Values of the variables, what every row adds up to at them, and how far it is outside its bounds."""

    values: Integers
    totals: Integers
    outside: Integers


class RowCheck:
    """Rows of some rules as arrays.

    Parameters
    ----------
    model
        The model.
    without
        Rules whose rows are left out.
    decided
        Variables that are decisions. Each other one takes the smallest value that the rows allow.

    Attributes
    ----------
    labels, subjects
        Rule and requirement behind each row.
    """

    def __init__(self, model: LinearModel, without: frozenset[str], decided: Collection[int]) -> None:
        kept = [k for k, label in enumerate(model.labels) if label not in without and model.rows[k][0]]
        self.labels = [model.labels[k] for k in kept]
        self.subjects: list[Subject] = [model.subjects[k] for k in kept]
        self._bounds = tuple(zip(model.lower, model.upper, strict=True))
        self._low = _array(_known(model.low[k], -UNBOUNDED) for k in kept)
        self._high = _array(_known(model.high[k], UNBOUNDED) for k in kept)
        rows = np.repeat(np.arange(len(kept)), [len(model.rows[k][0]) for k in kept])
        variables = _array(v for k in kept for v in model.rows[k][0])
        coefficients = _array(c for k in kept for c in model.rows[k][1])
        self._by_variable = _Table(variables, rows, coefficients, len(model.lower))
        # Rows that push a variable up: it takes its smallest value, so these alone settle it.
        above = (coefficients < 0) & (self._high[rows] < UNBOUNDED)
        below = (coefficients > 0) & (self._low[rows] > -UNBOUNDED)
        free = np.ones(len(model.lower), dtype=bool)
        free[list(decided)] = False
        pushing = free[variables] & (above | below)
        up, by, strength = variables[pushing], rows[pushing], coefficients[pushing]
        self._pushing = _Table(up, by, strength, len(model.lower))
        self._pushed = _Table(by, up, strength, len(kept))
        self._followers: dict[int, tuple[int, ...]] = {}

    def at(self, values: Sequence[int]) -> Point:
        """Add up every row at a point."""
        point = np.array(values, dtype=np.int64)
        totals = np.zeros(len(self.labels), dtype=np.int64)
        for variable in np.flatnonzero(point):
            rows, coefficients = self._by_variable.of(int(variable))
            totals[rows] += coefficients * point[variable]
        return Point(point, totals, self._outside(totals))

    def broken(self, point: Point, changed: Mapping[int, int]) -> dict[int, int]:
        """Give the rows that new values of some decisions break, or break further than the point does.

        Returns
        -------
        dict
            By row, how far it is outside its bounds.
        """
        totals, moved = point.totals.copy(), {}
        for variable, value in changed.items():
            delta = value - int(point.values[variable])
            if delta:
                moved[variable] = delta
                self._move(totals, variable, delta)
        self._settle(point, totals, moved)
        outside = self._outside(totals)
        return {int(row): int(outside[row]) for row in np.flatnonzero(outside > point.outside)}

    def _settle(self, point: Point, totals: Integers, moved: dict[int, int]) -> None:
        """Give every variable that follows from what moved its smallest value."""
        pending = {follower for variable in moved for follower in self._follow(variable)}
        while pending:
            later: set[int] = set()
            for variable in sorted(pending):
                rows, coefficients = self._pushing.of(variable)
                limits = np.where(coefficients < 0, self._high[rows], self._low[rows])
                needed = int((-((totals[rows] - limits) // coefficients)).max())
                now = int(point.values[variable]) + moved.get(variable, 0)
                delta = max(needed, self._bounds[variable][0] - now)
                if delta:
                    moved[variable] = moved.get(variable, 0) + delta
                    self._move(totals, variable, delta)
                    later.update(self._follow(variable))
            pending = later

    def _follow(self, variable: int) -> tuple[int, ...]:
        """List the variables that a row pushes up together with this one."""
        if variable not in self._followers:
            found = [self._pushed.of(int(row))[0] for row in self._by_variable.of(variable)[0]]
            together = np.unique(np.concatenate(found)) if found else ()
            self._followers[variable] = tuple(int(v) for v in together if v != variable)
        return self._followers[variable]

    def _move(self, totals: Integers, variable: int, delta: int) -> None:
        rows, coefficients = self._by_variable.of(variable)
        totals[rows] += coefficients * delta

    def _outside(self, totals: Integers) -> Integers:
        above = np.where(totals > self._high, totals - self._high, 0)
        outside: Integers = np.where(totals < self._low, self._low - totals, above)
        return outside

    def barred(self, variable: int) -> bool:
        """Tell whether a rule fixed a binary variable to 0."""
        return self._bounds[variable][1] == 0


class _Table:
    """Entries (item, number) looked up by key."""

    def __init__(self, keys: Integers, items: Integers, numbers: Integers, size: int) -> None:
        order = np.argsort(keys, kind="stable")
        self._items, self._numbers = items[order], numbers[order]
        self._starts = np.searchsorted(keys[order], np.arange(size + 1))

    def of(self, key: int) -> tuple[Integers, Integers]:
        chosen = slice(self._starts[key], self._starts[key + 1])
        return self._items[chosen], self._numbers[chosen]


def _array(values: Iterable[int]) -> Integers:
    return np.fromiter(values, dtype=np.int64)


def _known(bound: int | None, absent: int) -> int:
    return absent if bound is None else bound

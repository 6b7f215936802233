"""Small linear programs in exact arithmetic, with a certificate that anybody can check.

The core, the least core and the nucleolus are about equality of cents: a floating point solver would leave
open which coalitions are exactly at their limit. These programs have one variable per company.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Row = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Certified:
    """An optimum and its proof.

    Attributes
    ----------
    point
        Values of the variables.
    value
        Value of the objective at the point.
    multipliers
        One per row, not negative: ``sum(y_k * row_k) == -objective`` and ``sum(y_k * limit_k) == -value``, so
        no point that keeps the rows is below `value`.
    """

    point: Row
    value: Fraction
    multipliers: Row


def minimise(objective: Sequence[Fraction], rows: Sequence[Row], limits: Sequence[Fraction]) -> Certified:
    """Minimise a linear objective over free variables that keep ``row · x <= limit``.

    It solves the dual, which has as many equations as there are variables, with the simplex method and
    Bland's rule; the point and the multipliers are then checked against each other.

    Raises
    ------
    ArithmeticError
        If there is no optimum (no point, or none that is lowest), or the certificate does not hold.
    """
    tableau = _Tableau(objective, rows)
    tableau.optimise([Fraction(0)] * len(rows), artificial=Fraction(1))
    if tableau.value():
        raise ArithmeticError("the objective has no lowest value")
    tableau.optimise(list(limits), artificial=Fraction(0))
    found = Certified(tableau.point(), -tableau.value(), tableau.multipliers())
    _check(found, objective, rows, limits)
    return found


def _check(
    found: Certified, objective: Sequence[Fraction], rows: Sequence[Row], limits: Sequence[Fraction]
) -> None:
    """Verify feasibility on both sides and equal values: then both are optimal, however they were found."""
    feasible = all(dot(row, found.point) <= limit for row, limit in zip(rows, limits, strict=True))
    signs = all(y >= 0 for y in found.multipliers)
    balanced = all(
        sum((y * row[k] for y, row in zip(found.multipliers, rows, strict=True)), Fraction(0)) == -target
        for k, target in enumerate(objective)
    )
    equal = dot(objective, found.point) == found.value == -dot(found.multipliers, limits)
    if not (feasible and signs and balanced and equal):
        raise ArithmeticError("the certificate of a linear program does not hold")


def dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    """Sum of products."""
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


class _Tableau:
    """The dual: minimise ``limits · y`` with ``rows^T y = -objective`` and ``y >= 0``.

    Columns are the rows of the primal, then one artificial column per equation, which never comes back once
    it has left. The artificial columns start as the identity up to sign, so that they always show the
    inverse of the basis, from which the primal point is read.
    """

    def __init__(self, objective: Sequence[Fraction], rows: Sequence[Row]) -> None:
        self._columns = len(rows)
        self._signs = [1 if target <= 0 else -1 for target in objective]
        self._table: list[list[Fraction]] = []
        for k, (target, sign) in enumerate(zip(objective, self._signs, strict=True)):
            own = [Fraction(int(k == other)) for other in range(len(objective))]
            self._table.append([*(sign * row[k] for row in rows), *own, -sign * target])
        self._basis = [self._columns + k for k in range(len(objective))]
        self._prices: list[Fraction] = []

    def optimise(self, costs: list[Fraction], artificial: Fraction) -> None:
        """Pivot until no column is worth entering."""
        full = [*costs, *([artificial] * len(self._table)), Fraction(0)]
        for line, basic in zip(self._table, self._basis, strict=True):
            cost = full[basic]
            if basic >= self._columns:
                cost = artificial
            if cost:
                full = [price - cost * entry for price, entry in zip(full, line, strict=True)]
        self._prices = full
        while True:
            entering = next((k for k in range(self._columns) if self._prices[k] < 0), None)
            if entering is None:
                return
            self._pivot(entering)

    def _pivot(self, entering: int) -> None:
        """Bring a column in; Bland's rule chooses among equal ratios, so that it cannot cycle."""
        best: tuple[Fraction, int, int] | None = None
        for k, line in enumerate(self._table):
            if line[entering] > 0:
                found = (line[-1] / line[entering], self._basis[k], k)
                best = found if best is None or found[:2] < best[:2] else best
            elif line[entering] < 0 and self._basis[k] >= self._columns and not line[-1]:
                # An artificial column at zero must not grow: it leaves first.
                best = (Fraction(0), -1, k)
                break
        if best is None:
            raise ArithmeticError("no point keeps the rows")
        leaving = best[2]
        pivot = self._table[leaving][entering]
        row = [entry / pivot for entry in self._table[leaving]]
        self._table[leaving] = row
        for k, line in enumerate(self._table):
            if k != leaving and line[entering]:
                self._table[k] = _minus(line, line[entering], row)
        self._prices = _minus(self._prices, self._prices[entering], row)
        self._basis[leaving] = entering

    def value(self) -> Fraction:
        """Value of the dual objective, as last optimised."""
        return -self._prices[-1]

    def multipliers(self) -> Row:
        """Values of the columns."""
        found = [Fraction(0)] * self._columns
        for line, basic in zip(self._table, self._basis, strict=True):
            if basic < self._columns:
                found[basic] = line[-1]
        return tuple(found)

    def point(self) -> Row:
        """Primal point: what the artificial columns, which cost nothing, are priced at."""
        found = self._prices[self._columns : -1]
        return tuple(-sign * price for sign, price in zip(self._signs, found, strict=True))


def _minus(line: list[Fraction], times: Fraction, row: list[Fraction]) -> list[Fraction]:
    return [entry - times * other if other else entry for entry, other in zip(line, row, strict=True)]

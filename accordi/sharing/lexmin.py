"""Lexicographic minimax: the largest of some linear functions as small as it can be, then the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from nido.accordi.sharing.simplex import Row, dot, minimise


@dataclass(frozen=True, slots=True)
class Affine:
    """A function ``row · x - limit``."""

    row: Row
    limit: Fraction

    def at(self, point: Row) -> Fraction:
        """Value at a point."""
        return dot(self.row, point) - self.limit


@dataclass(frozen=True, slots=True)
class _Flat:
    """Points ``origin + sum(y_k * directions_k)``: those that keep the equations settled so far."""

    origin: Row
    directions: tuple[Row, ...]

    def cut(self, function: Affine, value: Fraction) -> "_Flat":
        """Keep the points where a function has a value; it must not be constant here."""
        slopes = [dot(function.row, direction) for direction in self.directions]
        pivot = next(k for k, slope in enumerate(slopes) if slope)
        step = (value - function.at(self.origin)) / slopes[pivot]
        along = self.directions[pivot]
        kept = tuple(
            _moved(direction, along, -slopes[k] / slopes[pivot])
            for k, direction in enumerate(self.directions)
            if k != pivot
        )
        return _Flat(_moved(self.origin, along, step), kept)

    def reduced(self, function: Affine) -> Affine:
        """The function of the coordinates along the directions."""
        row = tuple(dot(function.row, direction) for direction in self.directions)
        return Affine(row, -function.at(self.origin))

    def varies(self, function: Affine) -> bool:
        """Tell whether a function is not constant here."""
        return any(dot(function.row, direction) for direction in self.directions)


def lexicographic(
    functions: Sequence[Affine], bounds: Sequence[Affine], total: int, players: int
) -> tuple[Row, Fraction]:
    """Find the point that makes the functions, sorted from the largest, lexicographically smallest.

    Among the points whose coordinates sum to `total` and where no bound is positive. Each program settles the
    functions that its proof shows to be at the largest value wherever it is reached (a positive multiplier);
    the point is unique as soon as the functions tell any two points apart.

    Parameters
    ----------
    functions
        What is to be made small.
    bounds
        Functions that must not be positive.
    total, players
        Sum and number of the coordinates.

    Returns
    -------
    tuple
        The point and the largest value of the functions there.

    Raises
    ------
    ArithmeticError
        If no point keeps the bounds.
    """
    if not players:
        return (), Fraction(0)
    flat = _all_points(total, players)
    active = list(functions)
    while flat.directions and (active := [one for one in active if flat.varies(one)]):
        flat = _settled(flat, active, bounds)
    point = flat.origin
    if any(bound.at(point) > 0 for bound in bounds):
        raise ArithmeticError("no point keeps the bounds")
    return point, max((one.at(point) for one in functions), default=Fraction(0))


def _settled(flat: _Flat, active: Sequence[Affine], bounds: Sequence[Affine]) -> _Flat:
    """Solve for the smallest largest value and keep the functions that must be there."""
    height = Fraction(1)
    reduced = [flat.reduced(one) for one in active]
    hard = [flat.reduced(bound) for bound in bounds]
    rows = [(*one.row, -height) for one in reduced] + [(*one.row, Fraction(0)) for one in hard]
    limits = [one.limit for one in (*reduced, *hard)]
    objective = [*([Fraction(0)] * len(flat.directions)), height]
    found = minimise(objective, rows, limits)
    for function, multiplier in zip(active, found.multipliers, strict=False):
        if multiplier and flat.varies(function):
            flat = flat.cut(function, found.value)
    return flat


def _all_points(total: int, players: int) -> _Flat:
    """Points whose coordinates sum to a total."""
    origin = (Fraction(total), *([Fraction(0)] * (players - 1)))
    last = Fraction(1)
    directions = tuple(
        tuple(-last if k == 0 else Fraction(int(k == player)) for k in range(players))
        for player in range(1, players)
    )
    return _Flat(origin, directions)


def _moved(point: Row, along: Row, step: Fraction) -> Row:
    return tuple(a + step * b for a, b in zip(point, along, strict=True))

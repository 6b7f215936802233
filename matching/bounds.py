"""A bound proven in whole numbers from the prices of a linear relaxation: no rounding can make it wrong."""

from collections.abc import Sequence

from nido.matching.linear import LinearModel, Term

# Prices are rounded to this fraction; any rounding leaves the bound valid, a coarse one only weakens it.
SCALE = 2**20


def dual_bound(model: LinearModel, objective: Sequence[Term], maximise: bool, prices: Sequence[float]) -> int:
    """Bound the objective over all integer points of a model.

    For a maximum and any prices ``y`` with the sign that each row allows, the objective is at most
    ``sum(y * bound of the row) + sum over variables of max((c - y A) x)``. It is computed exactly.

    Parameters
    ----------
    prices
        A price per row, as a relaxation gives them; any number is safe.

    Returns
    -------
    int
        Largest (smallest, for a minimum) value that the objective could have.
    """
    sign = 1 if maximise else -1
    reduced = [0] * len(model.lower)
    for variable, coefficient in objective:
        reduced[variable] += sign * coefficient * SCALE
    total = 0
    for (positions, coefficients), low, high, price in zip(
        model.rows, model.low, model.high, prices, strict=True
    ):
        whole = round(sign * price * SCALE)
        side = high if whole > 0 else low
        if whole == 0 or side is None:
            continue
        total += whole * side
        for variable, coefficient in zip(positions, coefficients, strict=True):
            reduced[variable] -= whole * coefficient
    for variable, gain in enumerate(reduced):
        total += gain * (model.upper[variable] if gain > 0 else model.lower[variable])
    return sign * (total // SCALE)

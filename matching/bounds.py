"""A bound proven in whole numbers from the prices of a linear relaxation: no rounding can make it wrong."""

from collections.abc import Sequence

from nido.matching.linear import LinearModel, Term

# Prices are rounded to this fraction; any rounding leaves the bound valid, a coarse one only weakens it.
SCALE = 2**20


def reduced_costs(
    model: LinearModel, objective: Sequence[Term], maximise: bool, prices: Sequence[float]
) -> tuple[int, list[int]]:
    """Bound the objective over all integer points of a model, and tell what each variable loses by moving.

    For a maximum and any prices ``y`` with the sign that each row allows, the objective is at most
    ``sum(y * bound of the row) + sum over variables of max((c - y A) x)``. It is computed exactly.

    Parameters
    ----------
    prices
        A price per row, as a relaxation gives them; any number is safe.

    Returns
    -------
    int
        The bound times `SCALE`, of the objective or, for a minimum, of its opposite.
    list of int
        ``c - y A`` times `SCALE`: the bound falls by its size for every step of a variable away from the end
        of its range that the sign favours.
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
    return total, reduced


def dual_bound(model: LinearModel, objective: Sequence[Term], maximise: bool, prices: Sequence[float]) -> int:
    """Bound the objective over all integer points of a model, from any prices of its rows.

    Returns
    -------
    int
        Largest (smallest, for a minimum) value that the objective could have.
    """
    total, _ = reduced_costs(model, objective, maximise, prices)
    return (1 if maximise else -1) * (total // SCALE)

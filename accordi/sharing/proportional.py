"""Shares in proportion to something, and exact shares brought to whole cents."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def proportional(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide cents in proportion to some weights.

    Parameters
    ----------
    total
        Cents to divide.
    weights
        One per company, not negative; when all are 0 the parts are equal.

    Returns
    -------
    tuple of int
        Cents of each; they sum to `total`.
    """
    return whole_cents(proportion(total, weights))


def proportion(total: int, weights: Sequence[int]) -> tuple[Fraction, ...]:
    """Divide cents in proportion to some weights, exactly; see `proportional`."""
    if not weights:
        return ()
    whole = sum(weights)
    if not whole:
        return proportion(total, [1] * len(weights))
    return tuple(Fraction(total * weight, whole) for weight in weights)


def whole_cents(exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Round exact cents to whole ones with the same sum: those with the largest remainders get the odd cents.

    Parameters
    ----------
    exact
        Exact cents of each, also negative; their sum is a whole number. Equal remainders: the first ones.

    Returns
    -------
    tuple of int
        Whole cents, each less than one cent away from its exact amount.

    Raises
    ------
    ValueError
        If the exact amounts do not sum to whole cents.
    """
    total = sum(exact, Fraction(0))
    if total.denominator != 1:
        raise ValueError(f"the amounts sum to {total}, which is not a whole number of cents")
    down = [floor(amount) for amount in exact]
    odd = int(total) - sum(down)
    by_rest = sorted(range(len(exact)), key=lambda index: down[index] - exact[index])
    lucky = set(by_rest[:odd])
    return tuple(amount + (index in lucky) for index, amount in enumerate(down))

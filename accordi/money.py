"""Exact money: euro and shares in Decimal, results in integer cents, halves rounded up once."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from nido.data.lingua import language

CENTS_IN_EURO = 100


def half_up(value: Decimal) -> int:
    """Round to the nearest integer, halves away from zero."""
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))


def half_up_exact(value: Fraction) -> int:
    """Round a fraction, not negative, to the nearest integer, halves up."""
    return math.floor(value + Fraction(1, 2))


def cents(euro: Decimal) -> int:
    """Convert an amount of euro to integer cents, halves up."""
    return half_up(euro * CENTS_IN_EURO)


def divide(total: int, bounds: Sequence[int | None]) -> list[int]:
    """Divide cents among some parts: equal to the cent, within each part's bound (docs/modello.md, 10).

    Parameters
    ----------
    total
        Cents to divide, not negative.
    bounds
        The most that each part may take, in cents; None for no bound.

    Returns
    -------
    list[int]
        One amount per bound: all stop at the highest level that the total allows, or at their bound below
        it; the odd cents go to the first parts above the level. The sum is below `total` only when every
        part has reached its bound.
    """
    limits = [total if bound is None else min(bound, total) for bound in bounds]
    left, open_parts = total, len(limits)
    for limit in sorted(limits):
        if limit * open_parts > left:
            break
        left -= limit
        open_parts -= 1
    else:
        return limits
    level, odd = divmod(left, open_parts)
    parts = [min(limit, level) for limit in limits]
    above = [index for index, limit in enumerate(limits) if limit > level]
    for index in above[:odd]:
        parts[index] += 1
    return parts


def euro_text(amount_cent: int) -> str:
    """Write an amount for a message, with the decimal mark of the current language."""
    whole, part = divmod(amount_cent, CENTS_IN_EURO)
    mark = "." if language() == "en" else ","
    return f"{whole}{mark}{part:02d} EUR"

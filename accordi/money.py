"""Exact money: euro and shares in Decimal, results in integer cents, halves rounded up once."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from nido.data.lingua import language

CENTS_IN_EURO = 100


def half_up(value: Decimal) -> int:
    """Round to the nearest integer, halves away from zero."""
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))


def cents(euro: Decimal) -> int:
    """Convert an amount of euro to integer cents, halves up."""
    return half_up(euro * CENTS_IN_EURO)


def divide(total: int, bounds: Sequence[int | None]) -> list[int]:
    """Divide cents among some parts: equal to the cent, within each part's bound.

    Parameters
    ----------
    total
        Cents to divide, not negative.
    bounds
        The most that each part may take, in cents; None for no bound.

    Returns
    -------
    list[int]
        One amount per bound. The cents left over by the division go to the first parts; what a part cannot
        take goes to the others. The sum is below `total` only when every part has reached its bound.
    """
    parts = [0] * len(bounds)
    while total > 0:
        room = {
            index: total if bound is None else bound - parts[index]
            for index, bound in enumerate(bounds)
            if bound is None or bound > parts[index]
        }
        if not room:
            break
        share, extra = divmod(total, len(room))
        for rank, (index, most) in enumerate(room.items()):
            given = min(share + (rank < extra), most)
            parts[index] += given
            total -= given
    return parts


def euro_text(amount_cent: int) -> str:
    """Write an amount for a message, with the decimal mark of the current language."""
    whole, part = divmod(amount_cent, CENTS_IN_EURO)
    mark = "." if language() == "en" else ","
    return f"{whole}{mark}{part:02d} EUR"

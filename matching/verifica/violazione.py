"""A broken rule, as the checker reports it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One statement of a result that does not hold.

    Attributes
    ----------
    regola
        Name of the rule, or of the part of the document (``forma``, ``livelli``, ``registro``...).
    dove
        Names of what is concerned, joined by ``/``; never a reserved value.
    dettaglio
        One sentence with both numbers: what the document states and what follows from the scenario.
    """

    regola: str
    dove: str
    dettaglio: str


def half_up(amount: Fraction | Decimal) -> int:
    """Round to an integer, halves away from zero for amounts that are not negative."""
    numerator, denominator = amount.as_integer_ratio()
    return (2 * numerator + denominator) // (2 * denominator)


def product_half_up(one: Fraction | int, other: Fraction | int) -> int:
    """Round a product like `half_up`, without reducing it to lowest terms first."""
    numerator, denominator = one.as_integer_ratio()
    times, parts = other.as_integer_ratio()
    return (2 * numerator * times + denominator * parts) // (2 * denominator * parts)


def cents(euro: Decimal) -> Fraction:
    """Turn euro into cents, exactly."""
    return Fraction(euro) * 100


def euro_text(amount: Fraction | int) -> str:
    """Write cents as euro, for a message only."""
    exact = Fraction(amount) / 100
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)} EUR"


def listed(educators: Mapping[str, int]) -> str:
    """Write educators by band, such as ``piccoli 1, grandi 2``; 0 for none."""
    return ", ".join(f"{row} {number}" for row, number in educators.items() if number) or "0"

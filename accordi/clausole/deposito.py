"""Deposit per reserved place, given back when the place is given up: cash, not a cost."""

from decimal import Decimal

from nido.accordi.clausole.base import Clause
from nido.accordi.money import cents
from nido.scenari.clausole import Deposito


def holds(agreed: Deposito, price: Decimal, places: int) -> int:
    """Give the deposit for some places at the price of the first month, in cents."""
    return cents(agreed.mensilita * price * places)


CLAUSE = Clause("deposito", "Pergine 2014 (ladige.it 1.2782234)", holds=holds)

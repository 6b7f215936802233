"""Yearly change of the prices: a part of the change of an index."""

from decimal import Decimal

from nido.accordi.clausole.base import Clause
from nido.accordi.money import CENTS_IN_EURO, cents
from nido.scenari.clausole import Indicizzazione


def reprices(agreed: Indicizzazione, price: Decimal) -> Decimal:
    """Give the price of the next year, in whole cents."""
    return Decimal(cents(price * (1 + agreed.quota * agreed.variazione_annua))) / CENTS_IN_EURO


CLAUSE = Clause("indicizzazione", "Rouen, deliberazione 26-17; prassi ISTAT FOI", reprices=reprices)

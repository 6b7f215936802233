"""Discount on the price of a place that grows with the reserved places."""

from decimal import Decimal

from nido.accordi.clausole.base import Clause, Reserved
from nido.scenari.clausole import ScontoVolume


def discounts(agreed: ScontoVolume, reserved: Reserved) -> Decimal:
    """Give the discount of the highest step that is reached."""
    places = {"accordo": reserved.accordo, "azienda": reserved.azienda, "gestore": reserved.gestore}
    reached = [step for step in agreed.scaglioni if step.posti <= places[agreed.conta]]
    return max(reached, key=lambda step: step.posti).sconto if reached else Decimal(0)


CLAUSE = Clause("sconto_volume", "contratti francesi, senza valori pubblicati", discounts=discounts)

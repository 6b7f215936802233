"""Bookings of a fascia that the company pays for in any case: take-or-pay of an opening."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.clausole.base import Clause, Guarantee, Use
from nido.scenari.clausole import PrenotazioniMinime


def minimum(agreed: PrenotazioniMinime, use: Use) -> Iterator[Guarantee]:
    """Give the bookings that are missing, in a month in which the fascia runs."""
    missing = agreed.bambini - use.booked.get(agreed.fascia, 0)
    if agreed.fascia in use.open_fasce and missing > 0:
        price = use.prices.fasce[agreed.fascia]
        yield Guarantee(
            Decimal(missing), "bambino_mese", price, "accordo_quadro.clausole.prenotazioni_minime"
        )


CLAUSE = Clause("prenotazioni_minime", "studylibde.com 2478114", minimum=minimum)

"""Child-hours a month that the company pays for in any case."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.clausole.base import Clause, Guarantee, Use
from nido.scenari.clausole import OreMinime

MINUTES_IN_HOUR = 60


def minimum(agreed: OreMinime, use: Use) -> Iterator[Guarantee]:
    """Give the hours that are missing, where the provider sells hours."""
    missing = agreed.ore_mese - Decimal(use.minutes) / MINUTES_IN_HOUR
    if use.gestore.prezzi.ora_bambino > 0 and missing > 0:
        yield Guarantee(missing, "ora_bambino", use.prices.ora, "accordo_quadro.clausole.ore_minime")


CLAUSE = Clause("ore_minime", "studylibde.com 2478114", minimum=minimum)

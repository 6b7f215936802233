"""Places in use: the monthly price of a place times the peak presence of the month."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.amount import Amount, first_day, place_months
from nido.accordi.condivisione import shared_parts
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario


def amounts(scenario: Scenario, solution: Solution) -> Iterator[Amount]:
    """Charge the places that each agreement uses, month by month (docs/modello.md, section 10).

    With ``condivisione_tra_aziende`` a place that companies use at different hours is divided among them.

    Yields
    ------
    Amount
        Quantity in place-months, price in euro per place and month.
    """
    shared = scenario.regole.posti_riservati.condivisione_tra_aziende
    parts = shared_parts(scenario, solution) if shared else None
    for place in place_months(scenario, solution):
        yield Amount(
            data=first_day(place.month),
            azienda=place.agreement.azienda,
            gestore=place.gestore.id,
            stagione=place.agreement.stagione,
            bambino=None,
            componente="posto",
            quantita=Decimal(place.used) if parts is None else parts[place.key, place.month],
            unita="posto_mese",
            prezzo=place.gestore.prezzi.posto_mese,
            fonte=f"gestori.{place.gestore.id}.prezzi.posto_mese",
            bambini=place.bambini,
            mesi=(place.month,),
        )

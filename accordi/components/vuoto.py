"""Reserved places that stay empty: the take-or-pay share of their price."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.amount import Amount, first_day, place_months
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario


def amounts(scenario: Scenario, solution: Solution) -> Iterator[Amount]:
    """Charge the reserved places that nobody uses, month by month (docs/modello.md, section 10).

    Yields
    ------
    Amount
        Quantity in empty place-months; the price in euro is that of a place times ``vuoto_per_pieno`` and may
        hold fractions of a cent.

    Raises
    ------
    ValueError
        If a month uses more places than the agreement reserves: such a plan breaks ``posti_riservati``.
    """
    for place in place_months(scenario, solution):
        agreement, owner = place.agreement, f"gestori.{place.gestore.id}"
        if place.used > agreement.posti:
            name = f"{agreement.azienda}/{agreement.gestore}/{agreement.stagione}"
            raise ValueError(f"{name}: {place.used} places used in {place.month}, {agreement.posti} reserved")
        yield Amount(
            data=first_day(place.month),
            azienda=agreement.azienda,
            gestore=place.gestore.id,
            stagione=agreement.stagione,
            bambino=None,
            componente="vuoto",
            quantita=Decimal(agreement.posti - place.used),
            unita="posto_mese",
            prezzo=place.gestore.prezzi.posto_mese * place.gestore.vuoto_per_pieno,
            fonte=f"{owner}.prezzi.posto_mese × {owner}.vuoto_per_pieno",
            bambini=place.bambini,
            mesi=(place.month,),
        )

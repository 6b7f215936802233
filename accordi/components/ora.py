"""Hours of care sold by the hour (Tagesmutter)."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.amount import Amount, served_children
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario

MINUTES_IN_HOUR = 60


def amounts(scenario: Scenario, solution: Solution) -> Iterator[Amount]:
    """Charge the covered hours of each child once a season (docs/modello.md, section 10).

    Yields
    ------
    Amount
        Quantity in child-hours, exact since minutes are multiples of the grid; price in euro per child-hour.
    """
    for assignment, gestore, stagione in served_children(scenario, solution):
        covered = assignment.minuti_richiesti - assignment.minuti_scoperti
        yield Amount(
            data=stagione.inizio,
            azienda=assignment.azienda,
            gestore=gestore.id,
            stagione=stagione.id,
            bambino=assignment.bambino,
            componente="ora",
            quantita=Decimal(covered) / MINUTES_IN_HOUR,
            unita="ora_bambino",
            prezzo=gestore.prezzi.ora_bambino,
            fonte=f"gestori.{gestore.id}.prezzi.ora_bambino",
            bambini=(assignment.bambino,),
            mesi=assignment.mesi,
        )

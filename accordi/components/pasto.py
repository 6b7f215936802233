"""Meals: one for each day of presence."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.amount import Amount, served_children
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario


def amounts(scenario: Scenario, solution: Solution) -> Iterator[Amount]:
    """Charge the meals of each child once a season (docs/modello.md, sections 9 and 10).

    Yields
    ------
    Amount
        Quantity in days of presence with a meal, price in euro per day.
    """
    for assignment, gestore, stagione in served_children(scenario, solution):
        yield Amount(
            data=stagione.inizio,
            azienda=assignment.azienda,
            gestore=gestore.id,
            stagione=stagione.id,
            bambino=assignment.bambino,
            componente="pasto",
            quantita=Decimal(assignment.giorni_pasto),
            unita="giorno",
            prezzo=gestore.prezzi.pasto_giorno,
            fonte=f"gestori.{gestore.id}.prezzi.pasto_giorno",
            bambini=(assignment.bambino,),
            mesi=assignment.mesi,
        )

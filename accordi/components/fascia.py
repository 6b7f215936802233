"""Booked fasce: a monthly price per child."""

from collections.abc import Iterator
from decimal import Decimal

from nido.accordi.amount import Amount, first_day, served_children
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario


def amounts(scenario: Scenario, solution: Solution) -> Iterator[Amount]:
    """Charge each booked fascia for every month of the child's request in which it runs.

    A month counts when it holds at least one day of the fascia inside the request (docs/modello.md, section
    10); a part of a month costs as much as a whole one.

    Yields
    ------
    Amount
        One child-month each, price in euro per child and month.
    """
    for assignment, gestore, _ in served_children(scenario, solution):
        for fascia in gestore.fasce:
            if fascia.id not in assignment.fasce:
                continue
            for month in assignment.mesi_fascia[fascia.id]:
                yield Amount(
                    data=first_day(month),
                    azienda=assignment.azienda,
                    gestore=gestore.id,
                    stagione=assignment.stagione,
                    bambino=assignment.bambino,
                    componente="fascia",
                    quantita=Decimal(1),
                    unita="bambino_mese",
                    prezzo=fascia.prezzo_mese,
                    fonte=f"gestori.{gestore.id}.fasce.{fascia.id}.prezzo_mese",
                    bambini=(assignment.bambino,),
                    mesi=(month,),
                    fascia=fascia.id,
                )

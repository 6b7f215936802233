"""VAT on every other component of a provider whose services are not exempt."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from nido.accordi.amount import Amount
from nido.accordi.money import CENTS_IN_EURO
from nido.data import voce
from nido.matching.solution import Solution
from nido.scenari.offerta import VAT_ROWS
from nido.scenari.regole import VoceRegistro
from nido.scenari.schema import Scenario

Taxable = tuple[VoceRegistro, Callable[[Scenario, Solution], Iterable[Amount]]]


def amounts(taxable: Iterable[Taxable], scenario: Scenario, solution: Solution) -> Iterator[Amount]:
    """Charge the VAT of every amount above 0, rounded once each (docs/modello.md, section 10).

    Parameters
    ----------
    taxable
        The components on which VAT is due, in their order.
    scenario, solution
        The scenario and a plan of it.

    Yields
    ------
    Amount
        Quantity in euro of the taxed amount, price in euro per euro.

    Raises
    ------
    DataError
        If the tables hold no rate on the day of an amount.

    Notes
    -----
    Nidi are exempt whoever runs them: DPR 633/1972 art. 10 n. 21, ris. 60/2004 (table `costi`).
    """
    if vat_rows(scenario):
        for componente, charged in taxable:
            yield from vat_of(scenario, componente, charged(scenario, solution))


def vat_rows(scenario: Scenario) -> Mapping[str, str]:
    """Give the row of the rate of every provider that is not exempt."""
    return {one.id: VAT_ROWS[one.regime_iva] for one in scenario.gestori if one.regime_iva in VAT_ROWS}


def vat_of(scenario: Scenario, componente: VoceRegistro, amounts: Iterable[Amount]) -> Iterator[Amount]:
    """Give the VAT of some amounts of one component."""
    rows = vat_rows(scenario)
    for amount in amounts:
        if amount.gestore in rows and amount.importo_cent:
            yield replace(
                amount,
                componente="iva",
                quantita=Decimal(amount.importo_cent) / CENTS_IN_EURO,
                unita="euro",
                prezzo=voce(rows[amount.gestore], amount.data).numero / 100,
                fonte=f"gestori.{amount.gestore}.regime_iva × {amount.fonte}",
                tassata=componente,
            )

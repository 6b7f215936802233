"""The ledger of a plan: every cent with its agreement, component, quantity, price and payer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nido.accordi.amount import AgreementKey, Amount
from nido.accordi.components import COMPONENTS
from nido.accordi.money import CENTS_IN_EURO, cents, euro_text
from nido.accordi.pagatori import COMPANY, SCOPERTO, Allowances, Facts, Payment, revealing, settle
from nido.accordi.totali import Totali, add_up
from nido.data.lingua import text
from nido.matching.solution import Notice, Solution
from nido.scenari.field_text import format_decimal
from nido.scenari.regole import Componente
from nido.scenari.schema import Scenario

RULE = "pagatori"
BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Riga:
    """A line of the ledger: the part of one amount that one payer pays (docs/risultato.md, Registro).

    Attributes
    ----------
    data
        First day of the month, or of the season for hours and meals.
    azienda, gestore, stagione
        The agreement.
    bambino
        The child, or None for the lines of the agreement as a whole.
    componente
        ``posto``, ``vuoto``, ``fascia``, ``ora``, ``pasto`` or ``iva``.
    quantita, unita
        Quantity of the whole amount, as decimal text, and its unit.
    prezzo_cent
        Unit price in cents; rounded half up where it holds fractions of a cent (``vuoto``): the amount is
        reckoned on the exact price.
    importo_cent
        What this payer pays, in cents; never negative nor zero.
    pagatore
        Payer: ``azienda:<id>``, a payer of the stack, or ``scoperto`` for what nobody pays.
    fonte
        Dotted name of the price within the scenario.
    """

    data: date
    azienda: str
    gestore: str
    stagione: str
    bambino: str | None
    componente: Componente
    quantita: str
    unita: str
    prezzo_cent: int
    importo_cent: int
    pagatore: str
    fonte: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines in order, their totals, and what a reader must be told about them."""

    righe: tuple[Riga, ...]
    totali: Totali
    avvisi: tuple[Notice, ...]


def build_ledger(scenario: Scenario, solution: Solution) -> Ledger:
    """Cost a plan at the providers' price lists and divide it among the payers.

    With ``condivisione_tra_aziende`` the price of a place that two companies use at different hours is
    divided between their agreements by hours (docs/modello.md, section 10).

    Parameters
    ----------
    scenario
        The scenario.
    solution
        A plan of it.

    Returns
    -------
    Ledger
        Lines by azienda, gestore and stagione in the order of the scenario, then by date, component, child
        and payer. Amounts of zero have no line.

    Raises
    ------
    ValueError
        If an assignment has no agreement, an agreement comes twice, a month uses more places than it
        reserves, or places are shared and the plan does not say how many are used together.
    ArithmeticError
        If the parts of the payers do not sum to what is due, to the cent.
    """
    _check_agreements(solution)
    children = [bambino.id for bambino in scenario.bambini]
    order = {component.nome: index for index, component in enumerate(COMPONENTS)}
    position: dict[str | None, int] = {bambino: index for index, bambino in enumerate((None, *children))}
    righe: list[Riga] = []
    avvisi: list[Notice] = []
    due = 0
    for key, settled in _settled(scenario, solution):
        settled.sort(key=lambda pair: (pair[0].data, order[pair[0].componente], position[pair[0].bambino]))
        righe += [line_of(amount, payment) for amount, payments in settled for payment in payments]
        avvisi += _unpaid(key, settled)
        due += sum(amount.importo_cent for amount, _ in settled)
    totali = add_up(scenario, solution, righe)
    if totali.totale_cent != due:
        raise ArithmeticError(f"the payers' parts sum to {totali.totale_cent} cents instead of {due}")
    told = (*avvisi, *_revealing(scenario), *_beyond_budget(scenario, totali))
    return Ledger(tuple(righe), totali, told)


def settled_amounts(scenario: Scenario, solution: Solution) -> tuple[tuple[Amount, tuple[Payment, ...]], ...]:
    """Give every amount with its payments, in the order in which the payers' limits are used up.

    Returns
    -------
    tuple
        Season by season; the lines of `build_ledger` are the same payments in another order.
    """
    seasons = [stagione.id for stagione in scenario.stagioni]
    found = sorted(_settled(scenario, solution), key=lambda entry: seasons.index(entry[0][2]))
    return tuple(pair for _, settled in found for pair in settled)


def _check_agreements(solution: Solution) -> None:
    keys = {(agreement.azienda, agreement.gestore, agreement.stagione) for agreement in solution.accordi}
    if len(keys) < len(solution.accordi):
        raise ValueError("an agreement comes twice")
    for served in solution.assegnazioni:
        if (served.azienda, served.gestore, served.stagione) not in keys:
            name = f"{served.azienda}/{served.gestore}/{served.stagione}"
            raise ValueError(f"{served.bambino}: no agreement {name}")


def _settled(
    scenario: Scenario, solution: Solution
) -> list[tuple[AgreementKey, list[tuple[Amount, tuple[Payment, ...]]]]]:
    """Settle every agreement, season by season: what is paid first is what a year's limit lets through."""
    companies = {azienda.id: azienda for azienda in scenario.aziende}
    seasons = [stagione.id for stagione in scenario.stagioni]
    facts = Facts.of(scenario, solution)
    allowances = Allowances(facts.bambini, facts)
    agreements = amounts_owed(scenario, solution)
    paid = {
        key: settle(amounts, scenario.pagatori, companies[key[0]], allowances)
        for key, amounts in sorted(agreements, key=lambda entry: seasons.index(entry[0][2]))
    }
    return [(key, paid[key]) for key, _ in agreements]


def amounts_owed(scenario: Scenario, solution: Solution) -> list[tuple[AgreementKey, list[Amount]]]:
    """Collect the amounts above 0 of every agreement; within one, components in their order.

    Returns
    -------
    list
        Agreements in the order of the scenario: azienda, gestore, stagione.
    """
    found: dict[AgreementKey, list[Amount]] = defaultdict(list)
    for component in COMPONENTS:
        for amount in component.amounts(scenario, solution):
            if amount.importo_cent:
                found[amount.agreement].append(amount)
    companies = {azienda.id: index for index, azienda in enumerate(scenario.aziende)}
    providers = {gestore.id: index for index, gestore in enumerate(scenario.gestori)}
    seasons = {stagione.id: index for index, stagione in enumerate(scenario.stagioni)}
    return sorted(
        found.items(), key=lambda item: (companies[item[0][0]], providers[item[0][1]], seasons[item[0][2]])
    )


def line_of(amount: Amount, payment: Payment) -> Riga:
    """Write what one payer pays of an amount as a line."""
    return Riga(
        data=amount.data,
        azienda=amount.azienda,
        gestore=amount.gestore,
        stagione=amount.stagione,
        bambino=amount.bambino,
        componente=amount.componente,
        quantita=format_decimal(amount.quantita),
        unita=amount.unita,
        prezzo_cent=cents(amount.prezzo),
        importo_cent=payment.importo_cent,
        pagatore=payment.pagatore,
        fonte=amount.fonte,
    )


def _unpaid(key: AgreementKey, settled: Iterable[tuple[Amount, tuple[Payment, ...]]]) -> list[Notice]:
    """Tell, component by component, what of an agreement nobody pays."""
    missing: dict[Componente, int] = defaultdict(int)
    for amount, payments in settled:
        missing[amount.componente] += sum(
            payment.importo_cent for payment in payments if payment.pagatore == SCOPERTO
        )
    return [
        Notice(
            RULE,
            "/".join(key),
            text(
                "{componente}: {importo} restano senza pagatore",
                "{componente}: {importo} have no payer",
                componente=componente,
                importo=euro_text(importo),
            ),
        )
        for componente, importo in missing.items()
        if importo
    ]


def _revealing(scenario: Scenario) -> list[Notice]:
    """Tell which payers of the company give away what is reserved of a family."""
    sentence = text(
        "la parte dell'azienda dipende da retta, buoni o bonus di una famiglia, e ne rivela ICEF o ISEE: "
        "in un documento per l'azienda va una quota piatta, calcolata prima di quelli (fisso_azienda)",
        "the part of the company depends on the fee, vouchers or bonus of each family, and gives away its "
        "ICEF or ISEE: a document for the company must show a flat share, reckoned before those "
        "(fisso_azienda)",
    )
    return [Notice(RULE, payer.id, sentence) for payer in revealing(scenario.pagatori)]


def _beyond_budget(scenario: Scenario, totali: Totali) -> list[Notice]:
    """Tell which companies pay more than their budget, which bounds list prices by their share."""
    found: list[Notice] = []
    for azienda in scenario.aziende:
        paid = totali.per_pagatore.get(f"{COMPANY}:{azienda.id}", 0)
        if azienda.budget_annuo is not None and paid > azienda.budget_annuo * CENTS_IN_EURO:
            sentence = text(
                "nel registro paga {paid}, più del suo budget_annuo di {budget}, "
                "che limita il listino per quota",
                "pays {paid} in the ledger, more than its budget_annuo of {budget}, which limits list prices "
                "by share",
                paid=euro_text(paid),
                budget=euro_text(cents(azienda.budget_annuo)),
            )
            found.append(Notice(BUDGET, azienda.id, sentence))
    return found

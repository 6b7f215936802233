"""The ledger of a course of events: its amounts divided among the payers, line by line, and added up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nido.accordi.amount import Amount
from nido.accordi.components import COMPONENTS
from nido.accordi.ledger import Riga, line_of
from nido.accordi.pagatori import SCOPERTO, Allowances, Facts, Payment, label
from nido.accordi.simulazione.anni import yearly_sums
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import ConvenzioneMese, SommeAnno, TotaliCorsa
from nido.accordi.simulazione.presenti import Presenti
from nido.accordi.simulazione.settled import Settler
from nido.accordi.simulazione.voci import Voci
from nido.scenari.schema import Scenario

ORDER = {component.nome: place for place, component in enumerate(COMPONENTS)}
NO_CHILD = (-1, 0)

Settled = list[tuple[Amount, tuple[Payment, ...]]]


def ledger_of(
    plan: Plan, mesi: Sequence[ConvenzioneMese], presenti: Presenti, *, lines: bool
) -> tuple[tuple[Riga, ...], TotaliCorsa, tuple[SommeAnno, ...]]:
    """Price the months of a course and divide every amount among the payers.

    Parameters
    ----------
    plan
        The plan.
    mesi
        Every convention and month in force.
    presenti
        The children of the course.
    lines
        Whether the lines are wanted, beside their totals.

    Returns
    -------
    tuple
        Lines by convention, period, date, component, child and payer; their totals; and those of every year.

    Raises
    ------
    ArithmeticError
        If the parts of the payers do not sum to what is due, to the cent.
    """
    scenario = plan.scenario
    children = presenti.for_payers()
    facts = Facts.of(scenario).with_attendance(children, attendance(plan, mesi))
    settler = Settler(plan.memory.settled, Allowances(children, facts))
    settled: dict[tuple[int, int], Settled] = {}
    for (period, position), amounts in Voci(plan, mesi, presenti).periods():
        azienda = plan.convenzioni[position].azienda
        settled[position, period] = settler.settle(amounts, azienda)
    ordered = [pair for key in sorted(settled) for pair in _in_order(settled[key], presenti)] if lines else []
    righe = tuple(line_of(amount, payment) for amount, paid in ordered for payment in paid)
    every = [pair for pairs in settled.values() for pair in pairs]
    return righe, _totals(scenario, every), yearly_sums(every, plan.mesi[0].mese, len(plan.mesi))


def attendance(plan: Plan, mesi: Iterable[ConvenzioneMese]) -> dict[tuple[str, str], int]:
    """Count the days attended by every child admitted or guest, by month of the course."""
    found: dict[tuple[str, str], int] = {}
    for month in mesi:
        for bambino in (*month.ammessi, *(guest.bambino for guest in month.ospiti)):
            source = plan.served.get((month.fonti[bambino], month.stagione))
            days = source.giorni_mese if source is not None else {}
            found[bambino, month.mese.mese] = days.get(month.mese.riferimento or "", 0)
    return found


def _in_order(settled: Settled, presenti: Presenti) -> Settled:
    def place(pair: tuple[Amount, tuple[Payment, ...]]) -> tuple[object, ...]:
        amount = pair[0]
        child = NO_CHILD if amount.bambino is None else presenti.position(amount.bambino)
        return (amount.data, ORDER[amount.componente], child)

    return sorted(settled, key=place)


def _totals(scenario: Scenario, settled: Iterable[tuple[Amount, tuple[Payment, ...]]]) -> TotaliCorsa:
    by_payer: dict[str, int] = defaultdict(int)
    by_company: dict[str, int] = defaultdict(int)
    by_provider: dict[str, int] = defaultdict(int)
    by_component: dict[str, int] = defaultdict(int)
    due = 0
    for amount, payments in settled:
        due += amount.importo_cent
        part = 0
        for payment in payments:
            by_payer[payment.pagatore] += payment.importo_cent
            part += payment.importo_cent
        if part:
            by_company[amount.azienda] += part
            by_provider[amount.gestore] += part
            by_component[amount.componente] += part
    paid = sum(by_payer.values())
    if paid != due:
        raise ArithmeticError(f"the payers' parts sum to {paid} cents instead of {due}")
    return TotaliCorsa(
        totale_cent=due,
        per_pagatore=_ordered(by_payer, payers_in_order(scenario)),
        per_azienda=_ordered(by_company, [azienda.id for azienda in scenario.aziende]),
        per_gestore=_ordered(by_provider, [gestore.id for gestore in scenario.gestori]),
        per_componente=_ordered(by_component, [component.nome for component in COMPONENTS]),
    )


def payers_in_order(scenario: Scenario) -> list[str]:
    """Name every payer of a ledger, in the order of the stack, ``scoperto`` last."""
    named = (label(payer, azienda) for payer in scenario.pagatori for azienda in scenario.aziende)
    return list(dict.fromkeys([*named, SCOPERTO]))


def _ordered(sums: dict[str, int], names: Iterable[str]) -> dict[str, int]:
    return {name: sums[name] for name in names if name in sums}

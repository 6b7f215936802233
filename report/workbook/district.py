"""The district's workbook: the whole ledger with live formulas, child by child where a limit asks for it."""

from nido.accordi.amount import first_day
from nido.accordi.conti import Conti, Riparto, expressible, same_as
from nido.accordi.inps import bonus_row, instalments_a_year, monthly_bonus
from nido.accordi.ledger import settled_amounts
from nido.accordi.pagatori import Facts
from nido.data.lingua import text
from nido.matching.solution import Solution
from nido.report.privacy.life import Life
from nido.report.privacy.view import View
from nido.report.workbook.accounts_sheet import accounts_sheet, fill_accounts
from nido.report.workbook.book import Book
from nido.report.workbook.layout import Bonus, Layout, layout
from nido.report.workbook.ledger_sheet import fill_ledger, ledger_sheet
from nido.report.workbook.parameters import parameter_sheet, parameters
from nido.report.workbook.plain_sheets import calendar_sheet, front_sheet, sources_sheet
from nido.report.workbook.totals_sheet import totals_sheet
from nido.report.workbook.vita import plan_life_sheet
from nido.scenari.schema import Scenario


def district_workbook(view: View, scenario: Scenario, solution: Solution, life: Life | None = None) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    view
        The district's view of the result.
    scenario, solution
        The scenario and its plan, whose amounts are written with the sums that divide them.
    life
        The life of the agreements; None for a workbook of the plan alone.

    Returns
    -------
    bytes
        An .xlsx; the same bytes for the same result.

    Raises
    ------
    ArithmeticError
        If the sums of the sheet do not give the payments of the ledger, to the cent.
    """
    plan = _plan(scenario, solution)
    with Book(view.title) as book:
        front_sheet(book, view, _about(plan))
        names = parameter_sheet(book, view.notice, parameters(scenario), _advice())
        calendar_sheet(book, view)
        ledger = ledger_sheet(book, view.notice, plan)
        totals_sheet(book, view, ledger, plan)
        accounts = accounts_sheet(book, view.notice, plan)
        fill_ledger(ledger, accounts, plan, names)
        fill_accounts(accounts, ledger, plan, names)
        if life is not None:
            plan_life_sheet(book, view, scenario, life, names)
        sources_sheet(book, view)
    return book.content


def _plan(scenario: Scenario, solution: Solution) -> Layout:
    """Divide every amount step by step, and see that the steps give what the ledger says."""
    children = {bambino.id: bambino for bambino in scenario.bambini}
    companies = {azienda.id: azienda for azienda in scenario.aziende}
    count = expressible(scenario.pagatori)
    payers, complete = scenario.pagatori[:count], count == len(scenario.pagatori)

    facts = Facts.of(scenario, solution)

    def bonus(child: str, month: str) -> int:
        has_it = facts.benefit_of(children[child]) == "inps"
        return monthly_bonus(children[child], first_day(month)) if has_it else 0

    def bonus_name(child: str, month: str) -> str:
        return bonus_row(children[child], first_day(month))

    instalments = instalments_a_year(scenario.stagioni[0].inizio)
    accounts = Conti(payers, bonus, instalments)
    riparti: list[Riparto] = []
    for amount, payments in settled_amounts(scenario, solution):
        azienda = companies[amount.azienda]
        riparto = accounts.divide(amount, azienda)
        if complete and not same_as(riparto, payments, azienda):
            where = f"{amount.azienda}/{amount.gestore}/{amount.stagione}, {amount.data}, {amount.componente}"
            raise ArithmeticError(f"the sums of the sheet differ from the ledger: {where}")
        riparti.append(riparto)
    return layout(riparti, payers, complete, Bonus(bonus, bonus_name, instalments))


def _advice() -> str:
    return text(
        "Si cambiano solo le celle gialle: registro, conti e totali seguono. Posti e bambini restano quelli "
        "del piano.",
        "Only the yellow cells change: ledger, accounts and totals follow. Places and children are those of "
        "the plan.",
    )


def _about(plan: Layout) -> tuple[str, ...]:
    words = [
        text(
            "Le celle gialle del foglio Parametri si possono cambiare: registro, conti e totali si "
            "ricalcolano. "
            "I posti, i bambini e le aperture restano quelli del piano: se un prezzo cambia di molto, si "
            "rifà il piano.",
            "The yellow cells of the sheet Parameters may be changed: ledger, accounts and totals "
            "follow. Places, children and openings stay those of the plan: when a price changes much, make "
            "the plan again.",
        ),
        text(
            "Nel foglio Conti si vede il bonus INPS di ogni bambino, da cui si può capire la classe "
            "ISEE: "
            "la cartella resta nel distretto.",
            "The sheet Accounts shows the INPS bonus of every child, which tells its ISEE class: the "
            "workbook stays in "
            "the district.",
        ),
    ]
    if not plan.complete:
        words.append(
            text(
                "Gli ultimi pagatori della pila stanno in una colonna sola, altri pagatori: le loro "
                "regole non si "
                "possono scrivere in formule. Il totale è esatto.",
                "The last payers of the stack share one column, other payers: their rules cannot be "
                "written as "
                "formulas. The total is exact.",
            )
        )
    return tuple(words)

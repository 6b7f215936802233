"""A sum for every hour of a child, written or taken from a row of the tables."""

from datetime import date
from decimal import Decimal

from nido.accordi.money import CENTS_IN_EURO, half_up
from nido.accordi.pagatori.mode import Mode, Spent, Turn
from nido.data import voce
from nido.scenari.regole import Componente, Pagatore

HOURS: frozenset[Componente] = frozenset({"ora"})


def hourly(payer: Pagatore, day: date) -> Decimal:
    """Give what a payer pays for a child-hour, in euro.

    Raises
    ------
    DataError
        If the row of the tables that it names does not hold on the day.
    """
    named = payer.importo_tabella
    return payer.importo_ora if named is None else voce(named, day).numero


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Ask for the hours of the amount, never more than is left."""
    euro = hourly(turn.payer, turn.amount.data) * turn.amount.quantita
    return min(left, half_up(euro * CENTS_IN_EURO))


def only(payer: Pagatore) -> frozenset[Componente]:
    """Only hours are counted in child-hours."""
    return HOURS


# The hours are paid already: their VAT is no further hour.
MODE = Mode("fisso_ora", ask=ask, only=only, pays_vat=False)

"""The income tax credit on what the family itself pays, for a child who has it rather than the INPS bonus."""

from nido.accordi.money import cents, half_up
from nido.accordi.pagatori.mode import Mode, Spent, Turn
from nido.data import voce

RATE = "fisco.detrazione_irpef.percento"
MOST = "fisco.detrazione_irpef.spesa_massima"
# No id holds a colon: the account of the expense that has been counted is nobody's own.
EXPENSE = "irpef:"


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Give the credit on a further expense; its rounding is that of the year's whole expense."""
    child = turn.bambino
    if child is None or turn.facts.benefit_of(child) != "irpef":
        return 0
    rate, most = voce(RATE, turn.amount.data).numero / 100, cents(voce(MOST, turn.amount.data).numero)
    credit = 0
    for year in dict.fromkeys(month[:4] for month in turn.amount.mesi):
        before = books.spent(EXPENSE, child.id, year)
        counted = max(0, min(left, most - before))
        books.count(EXPENSE, child.id, year, counted)
        credit += half_up(rate * (before + counted)) - half_up(rate * before)
        left -= counted
    return credit


MODE = Mode("irpef", ask=ask, own_caps=False)

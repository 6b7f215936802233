"""Public co-financing of what the company has taken upon itself (as in Bolzano)."""

from decimal import Decimal

from nido.accordi.money import half_up
from nido.accordi.pagatori.mode import Mode, Spent, Turn


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Ask for the share, more for a certified company, of what the other payer has taken; halves up."""
    further = turn.payer.quota_certificata if turn.azienda.certificata else Decimal(0)
    return half_up(min(Decimal(1), turn.payer.quota + further) * left)


MODE = Mode("cofinanziamento", ask=ask)

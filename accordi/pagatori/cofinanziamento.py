"""Public co-financing of what the company has taken upon itself (as in Bolzano)."""

from decimal import Decimal

from nido.accordi.money import half_up
from nido.accordi.pagatori.mode import Mode, Spent, Turn
from nido.scenari.domanda import Azienda
from nido.scenari.regole import Pagatore


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Ask for the share, more for a certified company, of what the other payer has taken; halves up."""
    return half_up(refunded_share(turn.payer, turn.azienda) * left)


def refunded_share(payer: Pagatore, azienda: Azienda) -> Decimal:
    """Give the part of what a company pays that is given back to it, from 0 to 1."""
    further = payer.quota_certificata if azienda.certificata else Decimal(0)
    return min(Decimal(1), payer.quota + further)


MODE = Mode("cofinanziamento", ask=ask)

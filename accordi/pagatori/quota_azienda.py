"""The share that each company states for itself."""

from nido.accordi.money import half_up
from nido.accordi.pagatori.mode import Mode, Spent, Turn


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Ask for the company's share, halves up."""
    return half_up(turn.azienda.quota * left)


MODE = Mode("quota_azienda", ask=ask, company=True)

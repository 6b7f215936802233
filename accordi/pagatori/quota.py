"""A share of what is left, the same for every company."""

from nido.accordi.money import half_up
from nido.accordi.pagatori.mode import Mode, Spent, Turn


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Ask for the payer's share, halves up."""
    return half_up(turn.payer.quota * left)


MODE = Mode("quota", ask=ask)

"""A fixed sum per child and month."""

from datetime import date

from nido.accordi.money import cents
from nido.accordi.pagatori.mode import Mode, Turn
from nido.scenari.domanda import Bambino


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give the sum of a month, in cents."""
    return cents(turn.payer.importo_mese)


MODE = Mode("fisso_mese", allowance=allowance)

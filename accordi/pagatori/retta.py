"""The family's fee by ICEF; what it leaves goes on down the stack."""

from datetime import date

from nido.accordi.pagatori.mode import Mode, Turn
from nido.accordi.rette import monthly_fee
from nido.scenari.domanda import Bambino


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give the fee of a month, in cents."""
    return monthly_fee(turn.facts, turn.payer, bambino, month)


MODE = Mode("retta", allowance=allowance, per_child=True, private=True, attended=True)

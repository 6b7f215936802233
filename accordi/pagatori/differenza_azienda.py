"""A stated price of a place less the family's fee, paid by the company (as in Florence)."""

from datetime import date

from nido.accordi.money import cents
from nido.accordi.pagatori.mode import Mode, Turn
from nido.accordi.rette import monthly_fee
from nido.scenari.domanda import Bambino


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give the price less the fee of a month, in cents, never below 0."""
    return max(0, cents(turn.payer.importo_mese) - monthly_fee(turn.facts, turn.payer, bambino, month))


# Who reads the company's part and knows the price knows the fee, and so the family's ICEF.
MODE = Mode(
    "differenza_azienda", allowance=allowance, per_child=True, company=True, private=True, attended=True
)

"""A fixed sum per child and month that the company pays: its own, or else the payer's."""

from datetime import date

from nido.accordi.money import cents
from nido.accordi.pagatori.mode import Mode, Turn
from nido.scenari.domanda import Bambino


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give the sum of a month, in cents."""
    own = turn.azienda.importo_mese
    return cents(turn.payer.importo_mese if own is None else own)


MODE = Mode("fisso_azienda", allowance=allowance, company=True)

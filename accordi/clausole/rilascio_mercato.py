"""After the company's window an empty place may be given to others, and the company is credited."""

from decimal import Decimal

from nido.accordi.clausole.base import Clause, Empty
from nido.scenari.clausole import RilascioMercato


def resells(agreed: RilascioMercato) -> int:
    """Give the months, after the window, in which another family is found."""
    return agreed.mesi_rivendita


def share(agreed: RilascioMercato, empty: Empty, due: Decimal) -> Decimal:
    """Take the credit off what is due for a place that was resold."""
    return due * (1 - agreed.credito) if empty.resold else due


CLAUSE = Clause("rilascio_mercato", "freiburg.de", resells=resells, share=share)

"""Date by which places without a child are given back for the next September, without notice."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import RilascioAnnuale

SEPTEMBER = 9


def releases(agreed: RilascioAnnuale, month: int) -> int | None:
    """Give the months until September in the agreed month, in which empty places are counted."""
    return SEPTEMBER - month if month == agreed.mese else None


CLAUSE = Clause("rilascio_annuale", "prassi italiane, senza fonte pubblicata", releases=releases)

"""Notice with which a single place is given up."""

from nido.accordi.clausole.base import Clause, whole_months
from nido.scenari.clausole import Preavviso


def notice(agreed: Preavviso) -> int:
    """Give the months between notice and effect."""
    return whole_months(agreed.giorni)


CLAUSE = Clause("preavviso", "quellecreche.fr; comune.trento.it", notice=notice)

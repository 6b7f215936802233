"""Minimum term: before it neither a place nor the agreement can be given up."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import DurataMinima


def earliest(agreed: DurataMinima) -> int:
    """Give the first month in which notice takes effect."""
    return agreed.mesi


CLAUSE = Clause("durata_minima", "Rouen, deliberazione 26-17", earliest=earliest)

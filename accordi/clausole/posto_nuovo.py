"""Whether a further child has a right to a place, or waits for the first free one."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import PostoNuovo


def guarantees(agreed: PostoNuovo) -> bool:
    """Tell whether a further place is reserved for a further child."""
    return agreed.modo == "garantito"


CLAUSE = Clause("posto_nuovo", "crechappy.com", guarantees=guarantees)

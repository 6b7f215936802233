"""Places below which an agreement never falls while it lasts."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import PostiMinimi


def reserves(agreed: PostiMinimi, places: int) -> int:
    """Raise the reserved places to the minimum."""
    return max(places, agreed.posti)


CLAUSE = Clause("posti_minimi", "INPS e PA: almeno 20 posti", reserves=reserves)

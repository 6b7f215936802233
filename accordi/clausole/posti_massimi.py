"""Places above which an agreement never rises."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import PostiMassimi


def reserves(agreed: PostiMassimi, places: int) -> int:
    """Lower the reserved places to the maximum."""
    return min(places, agreed.posti)


CLAUSE = Clause("posti_massimi", "Careggi-ESTAR (lawinsider.com)", reserves=reserves)

"""How many offered places a waiting family may decline before it goes to the end of the list."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import Rifiuto


def sends_back(agreed: Rifiuto, declined: int) -> bool:
    """Tell whether the family has declined as often as it may."""
    return declined >= agreed.massimo


CLAUSE = Clause("rifiuto", "jpmcbenefitsguide.com", sends_back=sends_back)

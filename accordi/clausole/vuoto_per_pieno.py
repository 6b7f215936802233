"""Take-or-pay: the part of the price due for an empty reserved place, instead of the provider's own."""

from decimal import Decimal

from nido.accordi.clausole.base import Clause, Empty
from nido.scenari.clausole import VuotoPerPieno


def share(agreed: VuotoPerPieno, empty: Empty, due: Decimal) -> Decimal:
    """Give the agreed part."""
    return agreed.quota


CLAUSE = Clause("vuoto_per_pieno", "jpmcbenefitsguide.com; prassi italiane", share=share)

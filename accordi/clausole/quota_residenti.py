"""Part of the reserved places left to residents: the company neither uses nor pays them."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import QuotaResidenti


def residents(agreed: QuotaResidenti, places: int) -> int:
    """Give the residents' places, rounded down."""
    return int(agreed.quota * places)


CLAUSE = Clause("quota_residenti", "met.provincia.fi.it; Lazio, nidi aziendali", residents=residents)

"""Window in which the company may propose another child for a place that has become empty."""

from decimal import Decimal

from nido.accordi.clausole.base import Clause, Empty, whole_months
from nido.scenari.clausole import Sostituzione


def window(agreed: Sostituzione) -> int:
    """Give the months in which the place stays with the company."""
    return whole_months(agreed.giorni)


def share(agreed: Sostituzione, empty: Empty, due: Decimal) -> Decimal:
    """Give the part due inside the window, where one was agreed."""
    return agreed.quota if agreed.quota is not None and empty.age < empty.window else due


CLAUSE = Clause("sostituzione", "quellecreche.fr", window=window, share=share)

"""The agreement holds only in some seasons."""

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import SoloStagioni


def lives(agreed: SoloStagioni, stagione: str) -> bool:
    """Tell whether the agreement holds in a season."""
    return stagione in agreed.stagioni


CLAUSE = Clause("solo_stagioni", "indagine 2025 del distretto", lives=lives)

"""Reference tables of nido: every figure with its unit, validity, source and state."""

from nido.data.row import DataError, Stato, Voce
from nido.data.tabelle import tables, voce, voci

__all__ = ["DataError", "Stato", "Voce", "tables", "voce", "voci"]

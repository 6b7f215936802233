"""Renewals: at the end of the minimum term the agreement goes on by periods, unless the company withdraws."""

from collections.abc import Sequence

from nido.accordi.clausole.base import Clause
from nido.scenari.clausole import Rinnovo


def ends(agreed: Rinnovo, first: int | None, withdrawn: Sequence[int]) -> int:
    """Give the first expiry for which the company withdrew in time, else the last one."""
    expiry = agreed.mesi if first is None else first
    for _ in range(agreed.volte):
        if any(month <= expiry - agreed.preavviso_mesi for month in withdrawn):
            break
        expiry += agreed.mesi
    return expiry


CLAUSE = Clause("rinnovo", "Rouen, deliberazione 26-17", ends=ends)

"""Prices of a convention in a month (docs/clausole.md, section 8)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nido.matching.verifica.clausole.gioco import Facts
from nido.matching.verifica.clausole.mesi import MONTHS_IN_YEAR, Month
from nido.matching.verifica.clausole.patti import Convention, Frame
from nido.matching.verifica.violazione import cents, half_up
from nido.scenari.clausole import Clausole


def indexed(euro: Decimal, clauses: Clausole, month: Month) -> int:
    """Price in whole cents, changed and rounded once for every anniversary that has passed."""
    index, years = clauses.indicizzazione, month.index // MONTHS_IN_YEAR
    if index is None:
        return _after(euro, Decimal(0), Decimal(0), 0)
    return _after(euro, index.quota, index.variazione_annua, years)


@cache
def _after(euro: Decimal, share: Decimal, yearly: Decimal, years: int) -> int:
    price = half_up(cents(euro))
    for _ in range(years):
        price = half_up(price * (1 + Fraction(share) * Fraction(yearly)))
    return price


def counted_places(kind: str, convention: Convention, reserved: Mapping[Convention, int]) -> int:
    """Add the reserved places of a month that decide a volume discount."""
    azienda, gestore = convention
    return sum(
        places
        for other, places in reserved.items()
        if other == convention
        or (kind == "azienda" and other[0] == azienda)
        or (kind == "gestore" and other[1] == gestore)
    )


def place_price(frame: Frame, now: Mapping[Convention, Facts], convention: Convention) -> Fraction:
    """Exact cents of a place of a convention for a month, the volume discount taken off.

    Parameters
    ----------
    frame
        What was agreed.
    now
        All conventions that are alive in the month.
    convention
        The one whose price it is.
    """
    clauses = frame.clauses[convention]
    price = frame.case.gestori[convention[1]].prezzi.posto_mese
    whole = Fraction(indexed(price, clauses, now[convention].month))
    volume = clauses.sconto_volume
    if volume is None:
        return whole
    reserved = {name: facts.reserved for name, facts in now.items()}
    places = counted_places(volume.conta, convention, reserved)
    reached = [step for step in volume.scaglioni if step.posti <= places]
    discount = max(reached, key=lambda step: step.posti).sconto if reached else Decimal(0)
    return whole * (1 - Fraction(discount))

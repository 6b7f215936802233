"""The least, the expected and the most that each party pays or takes over the life of the agreements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from nido.accordi.pagatori import COMPANY
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import Corsa, TotaliCorsa
from nido.accordi.simulazione.righe import payers_in_order

Ruolo = Literal["azienda", "gestore", "pagatore"]


@dataclass(frozen=True, slots=True)
class Caso:
    """The cases of one party (docs/clausole.md, section 10).

    Attributes
    ----------
    ruolo, parte
        What it is, and its id.
    minimo_cent, minimo_percorso, massimo_cent, massimo_percorso
        Least and most over all courses, and the first course in which it happens.
    atteso_cent
        Mean over the courses by their weights, rounded half up once.
    """

    ruolo: Ruolo
    parte: str
    minimo_cent: int
    minimo_percorso: str
    atteso_cent: int
    massimo_cent: int
    massimo_percorso: str


def cases(plan: Plan, corse: Sequence[Corsa]) -> tuple[Caso, ...]:
    """Sum up what the courses mean for each party.

    Parameters
    ----------
    plan
        The plan.
    corse
        Every course, played.

    Returns
    -------
    tuple of Caso
        Companies and providers with a convention, in the order of the file; then the other payers, in the
        order of the stack, if they pay in some course.
    """
    return tuple(
        _case(ruolo, parte, [(_money(ruolo, parte, one.totali), one) for one in corse])
        for ruolo, parte in _parties(plan, corse)
    )


def _parties(plan: Plan, corse: Sequence[Corsa]) -> Iterator[tuple[Ruolo, str]]:
    companies = {convenzione.azienda.id for convenzione in plan.convenzioni}
    providers = {convenzione.gestore.id for convenzione in plan.convenzioni}
    for azienda in plan.scenario.aziende:
        if azienda.id in companies:
            yield "azienda", azienda.id
    for gestore in plan.scenario.gestori:
        if gestore.id in providers:
            yield "gestore", gestore.id
    paying = {payer for one in corse for payer in one.totali.per_pagatore}
    for payer in payers_in_order(plan.scenario):
        if payer in paying and not payer.startswith(f"{COMPANY}:"):
            yield "pagatore", payer


def _money(ruolo: Ruolo, parte: str, totali: TotaliCorsa) -> int:
    groups: Mapping[Ruolo, tuple[Mapping[str, int], str]] = {
        "azienda": (totali.per_pagatore, f"{COMPANY}:{parte}"),
        "gestore": (totali.per_gestore, parte),
        "pagatore": (totali.per_pagatore, parte),
    }
    sums, key = groups[ruolo]
    return sums.get(key, 0)


def _case(ruolo: Ruolo, parte: str, played: Sequence[tuple[int, Corsa]]) -> Caso:
    least = min(played, key=lambda pair: pair[0])
    most = max(played, key=lambda pair: pair[0])
    mean = sum((amount * corsa.corso.peso for amount, corsa in played), Fraction(0))
    return Caso(
        ruolo=ruolo,
        parte=parte,
        minimo_cent=least[0],
        minimo_percorso=least[1].corso.id,
        atteso_cent=_half_up(mean),
        massimo_cent=most[0],
        massimo_percorso=most[1].corso.id,
    )


def _half_up(value: Fraction) -> int:
    # Amounts are never negative.
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))

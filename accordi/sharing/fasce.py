"""The cost of every opened fascia, divided among the companies whose children use it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nido.accordi.sharing.proportional import proportional
from nido.accordi.sharing.served import Served
from nido.matching.checker import Case
from nido.matching.verifica.finestre import window_minutes
from nido.matching.verifica.presenze import part_presence


@dataclass(frozen=True, slots=True)
class OpeningPart:
    """What one company has of an opened fascia: children, minutes, and its part of the cost in two ways."""

    azienda: str
    bambini: int
    minuti: int
    per_bambini_cent: int
    per_ore_cent: int


@dataclass(frozen=True, slots=True)
class OpeningShares:
    """The cost of production of an opened fascia (additional staff and fixed cost) and who has what of it."""

    gestore: str
    fascia: str
    stagione: str
    costo_cent: int
    parti: tuple[OpeningPart, ...]


def opening_shares(
    case: Case, document: Mapping[str, Any], served: Sequence[Served]
) -> tuple[OpeningShares, ...]:
    """Divide the cost of every fascia that somebody books, by children and by hours in the fascia.

    Parameters
    ----------
    case
        The scenario of the result.
    document
        A confirmed result with a plan.
    served
        What it serves.

    Returns
    -------
    tuple of OpeningShares
        In the order of the result; companies in the order of the scenario.
    """
    found: list[OpeningShares] = []
    for opening in document["aperture"]:
        gestore, fascia, stagione = opening["gestore"], opening["fascia"], opening["stagione"]
        users = [
            one
            for one in served
            if (one.gestore, one.stagione) == (gestore, stagione) and fascia in one.fasce
        ]
        if users:
            parts = _parts(case, fascia, opening["costo_cent"], users)
            found.append(OpeningShares(gestore, fascia, stagione, opening["costo_cent"], parts))
    return tuple(found)


def _parts(case: Case, fascia: str, cost: int, users: Sequence[Served]) -> tuple[OpeningPart, ...]:
    heads: Counter[str] = Counter(one.azienda for one in users)
    minutes: Counter[str] = Counter()
    for one in users:
        there = part_presence(case, one.bambino, one.gestore, one.stagione, fascia)
        minutes[one.azienda] += window_minutes(case, there)
    companies = [company for company in case.aziende if company in heads]
    by_heads = proportional(cost, [heads[company] for company in companies])
    by_hours = proportional(cost, [minutes[company] for company in companies])
    return tuple(
        OpeningPart(company, heads[company], minutes[company], head, hour)
        for company, head, hour in zip(companies, by_heads, by_hours, strict=True)
    )

"""What of a plan outlives the solve: who is served where, what is agreed, what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nido.matching.solution import Agreement, Assignment, Solution


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """The part of a plan from which its agreements are simulated.

    Attributes
    ----------
    assegnazioni, accordi
        As in `Solution`.
    aperte
        Open fasce as (gestore, fascia, stagione).
    """

    assegnazioni: tuple[Assignment, ...]
    accordi: tuple[Agreement, ...]
    aperte: frozenset[tuple[str, str, str]]


def plan_of(solution: Solution) -> StoredPlan:
    """Take it from a solve."""
    opened = frozenset((one.gestore, one.fascia, one.stagione) for one in solution.aperture)
    return StoredPlan(solution.assegnazioni, solution.accordi, opened)


def plan_in(document: Mapping[str, Any]) -> StoredPlan:
    """Take it from a saved result.

    Parameters
    ----------
    document
        A result (docs/risultato.md) that the checker has confirmed: nothing is checked here.
    """
    return StoredPlan(
        assegnazioni=tuple(_assignment(row) for row in document["assegnazioni"]),
        accordi=tuple(_agreement(row) for row in document["accordi"]),
        aperte=frozenset((row["gestore"], row["fascia"], row["stagione"]) for row in document["aperture"]),
    )


def _assignment(row: Mapping[str, Any]) -> Assignment:
    lists = {
        "fasce": tuple(row["fasce"]),
        "mesi": tuple(row["mesi"]),
        "mesi_fascia": {fascia: tuple(months) for fascia, months in row["mesi_fascia"].items()},
    }
    return Assignment(**{**row, **lists})


def _agreement(row: Mapping[str, Any]) -> Agreement:
    names = ("azienda", "gestore", "stagione", "posti", "bambini", "usati_mese")
    return Agreement(**{name: row[name] for name in names})

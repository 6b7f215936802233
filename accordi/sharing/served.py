"""What the district's plan serves, and the scenario in which only that is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nido.scenari.domanda import Bambino, Periodo
from nido.scenari.regole import Livello, Regole
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Served:
    """A request (bambino × stagione) that the plan serves.

    Attributes
    ----------
    coperti, scoperti
        Minutes of the care window that the plan covers, and that it does not.
    fissato
        True when the assignment was decided before: elsewhere it may not be served.
    """

    bambino: str
    stagione: str
    azienda: str
    gestore: str
    coperti: int
    scoperti: int
    fasce: tuple[str, ...]
    fissato: bool


def served_requests(scenario: Scenario, document: Mapping[str, Any]) -> tuple[Served, ...]:
    """Read what a result serves.

    Parameters
    ----------
    scenario
        The scenario of the result.
    document
        A confirmed result with a plan (docs/risultato.md).
    """
    pinned = _pinned(scenario)
    return tuple(
        Served(
            row["bambino"],
            row["stagione"],
            row["azienda"],
            row["gestore"],
            row["minuti_richiesti"] - row["minuti_scoperti"],
            row["minuti_scoperti"],
            tuple(row["fasce"]),
            (row["bambino"], row["stagione"]) in pinned,
        )
        for row in document["assegnazioni"]
    )


def _pinned(scenario: Scenario) -> set[tuple[str, str]]:
    if not scenario.regole.fissati.attiva:
        return set()
    return {
        (child.id, season.id)
        for child in scenario.bambini
        for pin in child.assegnato_a
        for season in scenario.stagioni
        if pin.stagione in (None, season.id)
    }


def asked_again(scenario: Scenario, served: tuple[Served, ...]) -> Scenario:
    """Give the scenario in which exactly what the plan serves is asked for, at the least cost.

    Places, openings and rules stay. A request that the plan does not serve is an absence of its stagione.
    What obliges to serve somebody (pinned children, guaranteed places) only says where: who is bought outside
    is served too. The priority classes have nothing to decide, since nobody is left out.

    Parameters
    ----------
    scenario
        A valid scenario.
    served
        What its plan serves.
    """
    kept = {(one.bambino, one.stagione) for one in served}
    children = {one.bambino for one in served}
    found = tuple(
        _child(child, kept, children, scenario) for child in scenario.bambini if child.id in children
    )
    goal = scenario.obiettivo.model_copy(
        update={"livelli": (Livello(nome="costo_totale"),), "ordine_domanda": ()}
    )
    rules = _rules(scenario.regole)
    return scenario.model_copy(update={"bambini": found, "regole": rules, "obiettivo": goal})


def _child(child: Bambino, kept: set[tuple[str, str]], children: set[str], scenario: Scenario) -> Bambino:
    away = tuple(
        Periodo(inizio=season.inizio, fine=season.fine)
        for season in scenario.stagioni
        if (child.id, season.id) not in kept
    )
    sibling = child.fratello_di if child.fratello_di in children else None
    changes = {"assenze": (*child.assenze, *away), "assegnato_a": (), "fratello_di": sibling}
    return child.model_copy(update=changes)


def _rules(rules: Regole) -> Regole:
    kept = rules.continuita.model_copy(update={"gia_iscritti": "mantiene"})
    equal = rules.priorita.model_copy(update={"attiva": False})
    return rules.model_copy(update={"continuita": kept, "priorita": equal})

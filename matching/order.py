"""The order of applications that settles ties: declared, or drawn by lot from the seed, never from ids."""

import hashlib
import json

from nido.scenari.domanda import Bambino
from nido.scenari.schema import Scenario


def application_order(scenario: Scenario, seed: int) -> tuple[int, ...]:
    """Give each child its position in the order of applications, 0 first.

    Parameters
    ----------
    scenario
        The scenario; its declared order wins.
    seed
        Seed of the lot (docs/modello.md, section 11).

    Returns
    -------
    tuple of int
        One position per child; children with the same imprint share it.
    """
    declared = scenario.obiettivo.ordine_domanda
    if declared:
        place = {child: position for position, child in enumerate(declared)}
        return tuple(place[child.id] for child in scenario.bambini)
    imprints = [imprint(child, seed) for child in scenario.bambini]
    return tuple(sum(other < mine for other in imprints) for mine in imprints)


def imprint(child: Bambino, seed: int) -> str:
    """Hash what is not a name in a child's entry, together with the seed."""
    facts = {
        "seme": seed,
        "nascita": str(child.nascita),
        "ingresso": str(child.ingresso),
        "uscita": str(child.uscita),
        "comune": child.comune,
        "peso": child.peso,
        "priorita": child.priorita,
        "giorni": child.giorni,
        "finestre": [f"{w.giorni} {w.orario} {w.dal} {w.al}" for w in child.finestre],
        "assenze": [f"{p.inizio} {p.fine}" for p in child.assenze],
        "turni": [[f"{t.fase} {t.dal} {t.al}" for t in adult.turni] for adult in child.adulti],
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

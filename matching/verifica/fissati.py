"""Check half of the rule `fissati`: assignments already decided."""

from nido.data.lingua import text
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "fissati"
fonte = "decisione di ASIF"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force and something is pinned."""
    return scenario.regole.fissati.attiva and any(child.assegnato_a for child in scenario.bambini)


def check(plan: Plan) -> list[Violation]:
    """Check every pinned assignment in every stagione that it concerns and that is asked for."""
    found: list[Violation] = []
    for bambino, stagione in requests(plan.case):
        for pin in plan.case.bambini[bambino].assegnato_a:
            if pin.stagione not in (None, stagione):
                continue
            actual = plan.assigned.get((bambino, stagione))
            if actual != pin.gestore:
                sentence = text(
                    "fissato a {pinned}, servito da {actual}",
                    "pinned to {pinned}, served by {actual}",
                    pinned=pin.gestore,
                    actual=actual or text("nessuno", "nobody"),
                )
                found.append(Violation(name, f"{bambino}/{stagione}", sentence))
    return found

"""Check half of the rule `priorita`: nobody passes before a better class of the same company."""

from nido.data.lingua import text
from nido.matching.verifica import idoneita, orari
from nido.matching.verifica.caso import Case
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "priorita"
fonte = "graduatorie"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force (it is off by default)."""
    return scenario.regole.priorita.attiva


def could_be_at(case: Case, bambino: str, gestore: str, stagione: str) -> bool:
    """Tell whether a child could be at a provider as far as the rules in force on the child alone go."""
    rules = case.scenario.regole
    fits = not rules.idoneita.attiva or not idoneita.obstacles(case, bambino, gestore, stagione)
    return fits and (not rules.orari.attiva or orari.reachable(case, bambino, gestore, stagione))


def check(plan: Plan) -> list[Violation]:
    """Check every request not served against those of worse class that took a place it could have."""
    case = plan.case
    found: list[Violation] = []
    for bambino, stagione in requests(case):
        if (bambino, stagione) in plan.assigned:
            continue
        child = case.bambini[bambino]
        for (other, season), gestore in plan.assigned.items():
            rival = case.bambini[other]
            behind = rival.azienda == child.azienda and rival.priorita > child.priorita
            if season == stagione and behind and could_be_at(case, bambino, gestore, stagione):
                sentence = text(
                    "classe {better} non servita, mentre {gestore} accoglie una classe {worse}",
                    "class {better} is not served, while {gestore} takes a class {worse}",
                    better=child.priorita,
                    gestore=gestore,
                    worse=rival.priorita,
                )
                found.append(Violation(name, f"{bambino}/{other}/{stagione}", sentence))
    return found

"""Check half of the rule `fratelli`: siblings together."""

from nido.data.lingua import text
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "fratelli"
fonte = "criteri comunali"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force and there are siblings."""
    siblings = (child.fratello_di is not None for child in scenario.bambini)
    return scenario.regole.fratelli.attiva and any(siblings)


def check(plan: Plan) -> list[Violation]:
    """Check every declared pair in every stagione that both ask for."""
    asked = set(requests(plan.case))
    both_or_none = plan.case.scenario.regole.fratelli.modo == "insieme_o_nessuno"
    found: list[Violation] = []
    for bambino, child in plan.case.bambini.items():
        sibling = child.fratello_di
        if sibling is None:
            continue
        for stagione in plan.case.stagioni:
            if (bambino, stagione) not in asked or (sibling, stagione) not in asked:
                continue
            one, other = plan.assigned.get((bambino, stagione)), plan.assigned.get((sibling, stagione))
            if one == other or (not both_or_none and (one is None or other is None)):
                continue
            nowhere = text("nessuno", "nobody")
            sentence = text(
                "serviti da {one} e da {other}",
                "served by {one} and by {other}",
                one=one or nowhere,
                other=other or nowhere,
            )
            found.append(Violation(name, f"{bambino}/{sibling}/{stagione}", sentence))
    return found

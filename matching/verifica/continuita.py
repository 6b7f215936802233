"""Check half of the rule `continuita`: the same provider over the stagioni."""

from nido.data.lingua import text
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "continuita"
fonte = "continuità educativa, scelta dello scenario"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.continuita.attiva


def check(plan: Plan) -> list[Violation]:
    """Check every child over the stagioni in which it may not change."""
    rule = plan.case.scenario.regole.continuita
    bound = [stagione for stagione in plan.case.stagioni if stagione not in rule.stagioni_libere]
    asked = set(requests(plan.case))
    found: list[Violation] = []
    for bambino, child in plan.case.bambini.items():
        wanted = [stagione for stagione in bound if (bambino, stagione) in asked]
        served = {
            stagione: plan.assigned[bambino, stagione]
            for stagione in wanted
            if (bambino, stagione) in plan.assigned
        }
        names = sorted(set(served.values()))
        if len(names) > 1:
            sentence = text("cambia gestore: {names}", "changes provider: {names}", names=", ".join(names))
            found.append(Violation(name, bambino, sentence))
        known = child.gia_iscritto
        if known is None:
            continue
        if any(gestore != known for gestore in names):
            sentence = text(
                "già iscritto a {known}, servito da {names}",
                "already at {known}, served by {names}",
                known=known,
                names=", ".join(names),
            )
            found.append(Violation(name, bambino, sentence))
        if rule.gia_iscritti == "garantito" and wanted and served.get(wanted[0]) != known:
            sentence = text(
                "non ha il posto garantito a {known} in {stagione}",
                "has not the guaranteed place at {known} in {stagione}",
                known=known,
                stagione=wanted[0],
            )
            found.append(Violation(name, bambino, sentence))
    return found

"""Check half of the rule `residenti`: places kept for who lives in the provider's municipality."""

from fractions import Fraction
from math import floor

from nido.data.lingua import text
from nido.matching.verifica.piano import Plan, present_moments
from nido.matching.verifica.posti import offered
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "residenti"
fonte = "convenzioni con quota ai residenti (Firenze, Lazio)"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force and keeps anything."""
    return scenario.regole.residenti.attiva and scenario.regole.residenti.quota > 0


def check(plan: Plan) -> list[Violation]:
    """Check the non-residents present together at every provider."""
    case = plan.case
    free = 1 - Fraction(case.scenario.regole.residenti.quota)
    found: list[Violation] = []
    for gestore, stagione in plan.taking_part():
        limit = floor(free * offered(case, gestore, stagione))
        town = case.gestori[gestore].comune
        for moment in present_moments(plan, gestore, stagione):
            strangers = sum(case.bambini[bambino].comune != town for bambino in moment.children)
            if strangers > limit:
                sentence = text(
                    "non residenti insieme: {strangers}, massimo {limit}",
                    "non-residents together: {strangers}, at most {limit}",
                    strangers=strangers,
                    limit=limit,
                )
                found.append(Violation(name, f"{gestore}/{stagione}/{moment.day}", sentence))
                break
    return found

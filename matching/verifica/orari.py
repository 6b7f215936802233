"""Check half of the rule `orari`: the smallest part of the care window that must be covered."""

from fractions import Fraction
from math import ceil

from nido.data.lingua import text
from nido.matching.verifica.caso import Case
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.presenze import bookable, covered_minutes, requested_minutes
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "orari"
fonte = "accordo quadro"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.orari.attiva


def minimum_minutes(case: Case, bambino: str, gestore: str, stagione: str) -> int:
    """Fewest minutes that a provider must cover for a child in a stagione; never less than one."""
    share = Fraction(case.scenario.regole.orari.copertura_minima)
    return max(1, ceil(share * requested_minutes(case, bambino, gestore, stagione)))


def reachable(case: Case, bambino: str, gestore: str, stagione: str) -> bool:
    """Tell whether the minimum is reached when the child books every fascia that it can."""
    every = frozenset(bookable(case, bambino, gestore, stagione))
    covered = covered_minutes(case, bambino, gestore, stagione, every)
    return covered >= minimum_minutes(case, bambino, gestore, stagione)


def check(plan: Plan) -> list[Violation]:
    """Check the covered minutes of every assignment."""
    found: list[Violation] = []
    for (bambino, stagione), gestore in plan.assigned.items():
        covered = covered_minutes(plan.case, bambino, gestore, stagione, plan.fasce(bambino, stagione))
        minimum = minimum_minutes(plan.case, bambino, gestore, stagione)
        if covered < minimum:
            sentence = text(
                "minuti coperti: {covered}, minimo {minimum}",
                "minutes covered: {covered}, at least {minimum} needed",
                covered=covered,
                minimum=minimum,
            )
            found.append(Violation(name, f"{bambino}/{gestore}/{stagione}", sentence))
    return found

"""Check half of the rule `ore_bambino`: hours of one child in one day."""

from fractions import Fraction

from nido.data.lingua import text
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "ore_bambino"
fonte = "parametro (nessun limite provinciale trovato)"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force and forbids."""
    rule = scenario.regole.ore_bambino
    return rule.attiva and rule.modo == "vieta"


def excesses(plan: Plan) -> list[Violation]:
    """Find the longest day of each request that is beyond the limit."""
    case = plan.case
    stated = case.scenario.regole.ore_bambino.massimo_ore
    limit = Fraction(case.profile.ore_massime_bambino if stated is None else stated) * 60
    found: list[Violation] = []
    for bambino, stagione in plan.assigned:
        minutes = {
            day: bits.bit_count() * case.step for day, bits in plan.presence(bambino, stagione).items()
        }
        if not minutes:
            continue
        day = max(minutes, key=lambda item: minutes[item])
        if minutes[day] > limit:
            sentence = text(
                "minuti in un giorno: {minutes}, massimo {limit}",
                "minutes in one day: {minutes}, at most {limit}",
                minutes=minutes[day],
                limit=float(limit),
            )
            where = f"{bambino}/{plan.assigned[bambino, stagione]}/{stagione}/{day}"
            found.append(Violation(name, where, sentence))
    return found


def check(plan: Plan) -> list[Violation]:
    """Check every request served."""
    return excesses(plan)

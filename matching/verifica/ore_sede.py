"""Check half of the rule `ore_sede`: hours for which one site is open in one day."""

from fractions import Fraction

from nido.data.lingua import text
from nido.matching.verifica.caso import BASE
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.presenze import working_days, working_mask
from nido.matching.verifica.tempo import season_days
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "ore_sede"
fonte = "orari di nido e Tagesmutter: trentinofamiglia.it"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force and forbids."""
    rule = scenario.regole.ore_sede
    return rule.attiva and rule.modo == "vieta"


def excesses(plan: Plan) -> list[Violation]:
    """Find the first day beyond the limit, for each provider that takes part in a stagione."""
    case = plan.case
    stated = case.scenario.regole.ore_sede.massimo_ore
    limit = Fraction(case.profile.ore_massime_sede if stated is None else stated) * 60
    found: list[Violation] = []
    for gestore, stagione in plan.taking_part():
        parts = [
            (working_days(case, gestore, part, stagione), working_mask(case, gestore, part))
            for part in (BASE, *plan.opened_at(gestore, stagione))
        ]
        for day in season_days(case, stagione):
            hours = 0
            for days, bits in parts:
                hours |= bits if day in days else 0
            minutes = hours.bit_count() * case.step
            if minutes > limit:
                sentence = text(
                    "minuti di apertura in un giorno: {minutes}, massimo {limit}",
                    "minutes open in one day: {minutes}, at most {limit}",
                    minutes=minutes,
                    limit=float(limit),
                )
                found.append(Violation(name, f"{gestore}/{stagione}/{day}", sentence))
                break
    return found


def check(plan: Plan) -> list[Violation]:
    """Check every provider that takes part."""
    return excesses(plan)

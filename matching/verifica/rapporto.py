"""Check half of the rule `rapporto`: educators for children, never fewer than the law asks."""

from nido.data.lingua import text
from nido.matching.verifica.personale import minimum_together, needed_roster, parts_of
from nido.matching.verifica.piano import Plan, Roster, StaffKey
from nido.matching.verifica.violazione import Violation, listed
from nido.scenari.schema import Scenario

name = "rapporto"
fonte = "DGP 1891/2003"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.rapporto.attiva


def check(plan: Plan) -> list[Violation]:
    """Check that every fascia has the educators it needs; the first interval that lacks some is reported."""
    found: list[Violation] = []
    for gestore, stagione in plan.taking_part():
        for part in parts_of(plan.case, gestore):
            users = frozenset(plan.users(gestore, part, stagione))
            for day, needed in needed_roster(plan.case, gestore, stagione, part, users).items():
                key = (gestore, stagione, part, day)
                found += _short(plan, key, needed)
    return found


def _short(plan: Plan, key: StaffKey, needed: Roster) -> list[Violation]:
    together, declared = minimum_together(plan.case), plan.staff.get(key, {})
    for slot, ratio in needed.items():
        there = declared.get(slot, {})
        enough = all(there.get(row, 0) >= number for row, number in ratio.items())
        if enough and sum(there.values()) >= together:
            continue
        minute = slot * plan.case.step
        sentence = text(
            "educatrici alle {hour:02d}:{minute:02d}: {there}; minimo {needed}, in tutto {together}",
            "educators at {hour:02d}:{minute:02d}: {there}; at least {needed}, {together} in all",
            hour=minute // 60,
            minute=minute % 60,
            needed=listed(ratio),
            together=together,
            there=listed(there),
        )
        where = "/".join(str(name) for name in key if name is not None)
        return [Violation(name, where, sentence)]
    return []

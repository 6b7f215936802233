"""Hours that a child spends at the provider on one day."""

from fractions import Fraction

from nido.data.profili import profilo
from nido.matching.draft import Draft
from nido.scenari.schema import Scenario

name = "ore_bambino"
fonte = "comune.trento.it, guida al nido d'infanzia (10 ore garantite); nessun limite provinciale trovato"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule forbids; a rule that only warns posts nothing."""
    return scenario.regole.ore_bambino.attiva and scenario.regole.ore_bambino.modo == "vieta"


def limit_minutes(scenario: Scenario) -> int:
    """Give the limit in whole minutes, rounded down."""
    stated = scenario.regole.ore_bambino.massimo_ore
    hours = profilo(scenario.profilo).ore_massime_bambino if stated is None else stated
    return int(Fraction(hours) * 60)


def post(draft: Draft) -> None:
    """Bound the minutes of each distinct day of each pair."""
    limit, about = limit_minutes(draft.instance.scenario), ("regole", "ore_bambino", "massimo_ore")
    for index, pair in enumerate(draft.instance.pairs):
        attend = [
            draft.variables.serve[index],
            *(draft.variables.book[index, unit] for unit in pair.unit_minutes),
        ]
        for minutes in sorted(day for day in pair.day_minutes if sum(day) > limit):
            draft.model.add(zip(attend, minutes, strict=True), high=limit, about=about)

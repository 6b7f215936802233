"""A served child is covered for at least the stated share of its care window."""

from collections.abc import Iterator
from fractions import Fraction

from nido.data.lingua import text
from nido.matching.draft import Draft
from nido.matching.instance import Obstacle, Pair, Request
from nido.matching.money import ceiling
from nido.scenari.schema import Scenario

name = "orari"
fonte = "accordo quadro: copertura minima della finestra di accudimento"
ABOUT = ("regole", "orari", "copertura_minima")


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.orari.attiva


def least_minutes(scenario: Scenario, pair: Pair) -> int:
    """Minutes that must be covered if the pair is served."""
    return ceiling(Fraction(scenario.regole.orari.copertura_minima) * pair.needed)


def obstacles(scenario: Scenario, request: Request, pair: Pair, provider_index: int) -> Iterator[Obstacle]:
    """Tell by how many minutes a pair misses the minimum with every fascia booked, when it does."""
    least = least_minutes(scenario, pair)
    if pair.reachable >= least:
        return
    reason = text(
        "al massimo {reachable} minuti coperti su {needed}, ne servono {least}: mancano {missing}",
        "at most {reachable} minutes covered of {needed}, {least} are needed: {missing} short",
        reachable=pair.reachable,
        needed=pair.needed,
        least=least,
        missing=least - pair.reachable,
    )
    yield Obstacle(reason, ABOUT, least - pair.reachable)


def post(draft: Draft) -> None:
    """Covered minutes reach the minimum; each fascia without which they cannot is booked outright."""
    instance, variables, model = draft.instance, draft.variables, draft.model
    for index, pair in enumerate(instance.pairs):
        least = least_minutes(instance.scenario, pair)
        serve = variables.serve[index]
        open_choice = False
        for unit, minutes in pair.unit_minutes.items():
            if pair.reachable - minutes < least:
                model.implies(serve, variables.book[index, unit], ABOUT)
            else:
                open_choice = True
        if open_choice and pair.base < least:
            model.add([*variables.covered(instance, index), (serve, -least)], low=0, about=ABOUT)

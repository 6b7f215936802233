"""The check halves: every rule verified from the scenario alone, without the model's code.

A check half is a module with ``name``, ``fonte``, ``applies(scenario)`` and ``check(plan)``.
"""

from typing import Protocol

from nido.matching.verifica import (
    attivazione,
    budget,
    capienza,
    continuita,
    decisioni,
    fissati,
    fratelli,
    idoneita,
    orari,
    ore_bambino,
    ore_sede,
    posti_riservati,
    priorita,
    rapporto,
    residenti,
)
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario


class Check(Protocol):
    """The check half of a rule."""

    @property
    def name(self) -> str:
        """Name of the rule."""

    @property
    def fonte(self) -> str:
        """Law, contract article or choice on which the rule rests."""

    def applies(self, scenario: Scenario) -> bool:
        """Tell whether the rule is in force and has anything to check."""

    def check(self, plan: Plan) -> list[Violation]:
        """List what breaks the rule."""


# In the order in which the rules are explained; `ALWAYS` holds whatever is switched off.
CHECKS: tuple[Check, ...] = (
    idoneita,
    orari,
    capienza,
    rapporto,
    ore_bambino,
    ore_sede,
    attivazione,
    posti_riservati,
    budget,
    residenti,
    continuita,
    fratelli,
    fissati,
    priorita,
)
ALWAYS: tuple[Check, ...] = (decisioni,)


def broken_rules(plan: Plan) -> list[Violation]:
    """Check a plan against everything that is in force."""
    scenario = plan.case.scenario
    return [
        violation for half in (*ALWAYS, *CHECKS) if half.applies(scenario) for violation in half.check(plan)
    ]

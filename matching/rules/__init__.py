"""The rules that the solver is told, in the order in which they are explained; one file per family."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from nido.matching.build import Admit
from nido.matching.draft import Draft
from nido.matching.instance import Pair, Request
from nido.matching.rules import (
    attivazione,
    budget,
    capienza,
    continuita,
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
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule family: its name, its source, and what it tells the solver.

    Attributes
    ----------
    admit
        Tells whether a candidate pair may exist; None when the rule leaves that to its rows.
    post
        Posts the rows.
    """

    name: str
    fonte: str
    applies: Callable[[Scenario], bool]
    admit: Admit | None
    post: Callable[[Draft], None]


def _rule(module: ModuleType) -> Rule:
    return Rule(module.name, module.fonte, module.applies, getattr(module, "admit", None), module.post)


RULES: tuple[Rule, ...] = tuple(
    _rule(module)
    for module in (
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
)


def admit_all(scenario: Scenario, rules: tuple[Rule, ...]) -> Admit:
    """Join the admissions of some rules: a pair exists when every rule that applies admits it."""
    tests = [rule.admit for rule in rules if rule.admit is not None and rule.applies(scenario)]

    def admit(scenario: Scenario, request: Request, pair: Pair, provider_index: int) -> bool:
        return all(test(scenario, request, pair, provider_index) for test in tests)

    return admit


def post_all(draft: Draft, rules: tuple[Rule, ...]) -> None:
    """Post every rule that applies, each under its own label."""
    for rule in rules:
        if rule.applies(draft.instance.scenario):
            draft.model.label = rule.name
            rule.post(draft)

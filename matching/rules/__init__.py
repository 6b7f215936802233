"""The rules that the solver is told, in the order in which they are explained; one file per family."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from nido.matching.build import Admit
from nido.matching.draft import Draft
from nido.matching.instance import Obstacle, Pair, Refusal, Request
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

Obstacles = Callable[[Scenario, Request, Pair, int], Iterator[Obstacle]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule family: its name, its source, and what it tells the solver.

    Attributes
    ----------
    obstacles
        Tells everything that keeps a candidate pair out; None when the rule leaves that to its rows.
    post
        Posts the rows.
    """

    name: str
    fonte: str
    applies: Callable[[Scenario], bool]
    obstacles: Obstacles | None
    post: Callable[[Draft], None]


def _rule(module: ModuleType) -> Rule:
    return Rule(module.name, module.fonte, module.applies, getattr(module, "obstacles", None), module.post)


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
    """Join the refusals of some rules: a pair exists when no rule that applies refuses it."""
    tests = [
        (rule.name, rule.obstacles) for rule in rules if rule.obstacles is not None and rule.applies(scenario)
    ]

    def admit(scenario: Scenario, request: Request, pair: Pair, provider_index: int) -> Refusal | None:
        for name, obstacles in tests:
            for obstacle in obstacles(scenario, request, pair, provider_index):
                return Refusal(pair, provider_index, name, obstacle.reason)
        return None

    return admit


def post_all(draft: Draft, rules: tuple[Rule, ...]) -> None:
    """Post every rule that applies, each under its own label."""
    for rule in rules:
        if rule.applies(draft.instance.scenario):
            draft.model.label = rule.name
            rule.post(draft)

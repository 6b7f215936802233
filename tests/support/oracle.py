"""Brute force over the check halves: every plan of a tiny scenario, judged without the model's code."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Literal

from nido.matching.adapter import Relaxation, Solver, solve_as_mip
from nido.matching.checker import build_case, evaluate_plan
from nido.matching.linear import LinearModel
from nido.matching.narrow import narrow
from nido.matching.options import SolveOptions
from nido.matching.prepare import prepare
from nido.matching.process import Heard
from nido.matching.query import Bounds, Narrowing, Outcome, Request
from nido.matching.solution import Solution
from nido.matching.tiers import TierRun
from nido.scenari.schema import Scenario

MAXIMISED = {"copertura_piena", "minuti_coperti", "equita", "ordine_domanda", "valore_netto"}
Engine = Literal["cp_sat", "highs", "scip"]
Choice = tuple[str | None, frozenset[str]]


@dataclass(frozen=True)
class Optimum:
    """Tier by tier optimum over every plan; None when no plan is admissible."""

    values: tuple[int, ...] | None
    plans: int
    admissible: int


def travel_of(scenario: Scenario) -> dict[tuple[str, str], int]:
    """Travel minutes that a scenario states itself."""
    return {(leg.da, leg.a): leg.minuti for leg in scenario.viaggio.matrice}


def brute_force(scenario: Scenario) -> Optimum:
    """Enumerate every assignment with every set of booked fasce."""
    case = build_case(scenario, travel_of(scenario))
    asked = _requests(scenario)
    judged: list[tuple[int, ...]] = []
    plans = 0
    for choices in product(*(list(_choices(scenario)) for _ in asked)):
        plans += 1
        assignments = {request: provider for request, (provider, _) in zip(asked, choices, strict=True)}
        bookings = {request: booked for request, (_, booked) in zip(asked, choices, strict=True)}
        try:
            found = evaluate_plan(case, assignments, bookings)
        except KeyError:
            continue
        if not found.violations:
            judged.append(tuple(found.tier_values[level.nome] for level in scenario.obiettivo.livelli))
    return Optimum(_lexicographic(scenario, judged), plans, len(judged))


def _requests(scenario: Scenario) -> list[tuple[str, str]]:
    return [(child.id, season.id) for child in scenario.bambini for season in scenario.stagioni]


def _choices(scenario: Scenario) -> Iterator[Choice]:
    yield None, frozenset()
    for provider in scenario.gestori:
        names = [fascia.id for fascia in provider.fasce]
        for booked in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)):
            yield provider.id, frozenset(booked)


def _lexicographic(scenario: Scenario, judged: list[tuple[int, ...]]) -> tuple[int, ...] | None:
    if not judged:
        return None
    best: list[int] = []
    left = judged
    for position, level in enumerate(scenario.obiettivo.livelli):
        sign = 1 if level.nome in MAXIMISED else -1
        top = max(sign * values[position] for values in left)
        slack = int(Fraction(level.tolleranza) * abs(top))
        best.append(sign * top)
        left = [values for values in left if sign * values[position] >= top - slack]
    return tuple(best)


def solve_here(
    scenario: Scenario, engine: Engine = "cp_sat", *, compress: bool = True, narrowed: bool = True
) -> Solution:
    """Solve in this process, as a run does or with another engine on the same rows."""
    draft = prepare(scenario, travel_of(scenario), compress=compress)

    def ask(model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        alone = replace(request, workers=1)
        if engine == "cp_sat":
            return Solver(model).solve(alone)
        return solve_as_mip(model, alone, engine)

    def between(model: LinearModel, question: Narrowing, seconds: float | None) -> Bounds:
        return narrow(model, question, Relaxation(model))

    chosen = between if narrowed and engine == "cp_sat" else None
    return TierRun(draft, SolveOptions(), ask, None, threading.Event(), chosen).all_tiers()


def optimum_of(solution: Solution) -> tuple[int, ...] | None:
    """Tier values of a solution; None when it has no plan."""
    if solution.stato != "ottimo":
        return None
    return tuple(level.valore for level in solution.livelli if level.valore is not None)

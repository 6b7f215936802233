"""From a scenario to a checked result: solve, cost, document, check. Nothing is written or printed here."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import (
    Costing,
    Document,
    Finding,
    Manifest,
    result_document,
    with_verdict,
)
from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.matching.checker import check_document
from nido.matching.conflicts import explain_infeasible
from nido.matching.options import Progress, SolveOptions
from nido.matching.solution import Conflict, Solution
from nido.matching.solve import solve
from nido.matching.spiega import explain_child, unsearched
from nido.scenari.load import Loaded
from nido.scenari.masked import without_reserved

Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A solved, costed and checked scenario.

    Attributes
    ----------
    documento
        The result with the checker's answer.
    violazioni
        What the checker found; any means that the result must not be used.
    interrotto
        True when the user pressed Ctrl-C, also while a plan that was already there was being explained.
    secondi
        Seconds by phase: they differ from run to run and stay out of the document.
    """

    documento: Document
    violazioni: tuple[Finding, ...]
    interrotto: bool
    secondi: Mapping[str, float]


def run(
    loaded: Loaded,
    options: SolveOptions,
    overrides: tuple[str, ...] = (),
    listener: Listener | None = None,
    spiega: str | None = None,
    why_not: bool = True,
) -> Outcome:
    """Solve a scenario and check the result.

    Parameters
    ----------
    loaded
        The scenario and its travel minutes.
    options
        Limits, seed, workers.
    overrides
        ``key=value`` texts of ``--set``, for the manifest, where reserved values are masked.
    listener
        Called with each better value or bound.
    spiega
        Child for whom to look for the single changes that would serve it; see `check_child`.
    why_not
        False when it does not matter why there is no plan.

    Raises
    ------
    NidoError
        If the solver crashes or contradicts itself, or a reference table lacks a figure.
    """
    scenario, matrix = loaded.scenario, loaded.travel_matrix
    clock = _Clock()
    solution = solve(scenario, matrix, options, listener)
    clock.lap("soluzione")
    if solution.stato == "infattibile" and why_not:
        solution = _with_conflicts(loaded, options, solution, clock.seconds["soluzione"])
        clock.lap("conflitti")
    elif spiega is not None and not solution.interrotto_da_utente:
        solution = _with_explanations(loaded, options, solution, clock.seconds["soluzione"], spiega)
        clock.lap("spiegazioni")
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), assumptions(scenario))
    clock.lap("costi")
    shown = tuple(without_reserved(entry) for entry in overrides)
    manifest = Manifest(loaded.sha256, options.seed, shown, _parameters(options, spiega))
    document = result_document(scenario, solution, costing, manifest)
    violations = tuple(check_document(scenario, document, matrix))
    clock.lap("verifica")
    return Outcome(
        with_verdict(document, violations), violations, solution.interrotto_da_utente, clock.seconds
    )


def _with_conflicts(loaded: Loaded, options: SolveOptions, solution: Solution, spent: float) -> Solution:
    """Say which requirements cannot hold together, with what is left of the time limit."""
    left = None if options.time_limit is None else options.time_limit - spent
    try:
        found = explain_infeasible(loaded.scenario, loaded.travel_matrix, options, left)
    except KeyboardInterrupt:
        # That there is no plan is proven: it is worth more than why.
        return replace(solution, interrotto_da_utente=True)
    return replace(solution, conflitti=tuple(_located(loaded, conflict) for conflict in found))


def check_child(loaded: Loaded, child: str) -> None:
    """Refuse the id of a child that the scenario does not have.

    Raises
    ------
    InputError
        If there is no such child; it is not shown, since it may be a name.
    """
    if child not in {entry.id for entry in loaded.scenario.bambini}:
        message = text("nessun bambino ha questo id", "no child has this id")
        raise InputError([Problem("--spiega", 0, 0, "", message)])


def _with_explanations(
    loaded: Loaded, options: SolveOptions, solution: Solution, spent: float, child: str
) -> Solution:
    left = None if options.time_limit is None else options.time_limit - spent
    try:
        found = explain_child(loaded.scenario, loaded.travel_matrix, solution, child, options, left)
    except KeyboardInterrupt:
        # The plan is proven and whole: it is worth more than the answer about one child.
        return replace(solution, spiegazioni=unsearched(solution, child), interrotto_da_utente=True)
    return replace(solution, spiegazioni=found)


def _located(loaded: Loaded, conflict: Conflict) -> Conflict:
    place = loaded.locate(conflict.percorso) if loaded.locate else None
    if place is None:
        return conflict
    file, line, column = place
    return replace(conflict, file=Path(file).name, riga=line, colonna=column)


def _parameters(options: SolveOptions, spiega: str | None) -> dict[str, str | int | float | bool | None]:
    return {
        "limite_secondi": options.time_limit,
        "gap": options.gap,
        "ricerche": options.workers,
        "deterministico": options.deterministic,
        "memoria_mb": options.memory_mb,
        "spiega": spiega,
    }


class _Clock:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, name: str) -> None:
        now_seconds = time.monotonic()
        self.seconds[name] = round(now_seconds - self._last, 3)
        self._last = now_seconds

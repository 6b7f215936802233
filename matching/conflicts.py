"""Which requirements of an infeasible scenario cannot hold together, and what would make them."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Event

from nido.matching.changes import Change, relaxed
from nido.matching.elastic import Ask, Elastic, Unanswered, feasible, lower_coverage, open_draft
from nido.matching.linear import LinearModel, Subject
from nido.matching.options import SolveOptions
from nido.matching.process import RestartingSolver
from nido.matching.query import UNKNOWN, Outcome, Request
from nido.matching.requirements import dotted, requirement, stated_at
from nido.matching.rules.orari import ABOUT as COVERAGE
from nido.matching.solution import Conflict
from nido.scenari.schema import Scenario

MOST_GROUPS = 5
MOST_QUESTIONS = 400
MOST_SECONDS = 60.0

Matrix = Mapping[tuple[str, str], int]


def explain_infeasible(
    scenario: Scenario, travel_matrix: Matrix, options: SolveOptions, seconds: float | None = None
) -> tuple[Conflict, ...]:
    """Name the requirements that make a scenario infeasible.

    Parameters
    ----------
    scenario, travel_matrix
        A scenario that has no plan.
    options
        Seed and memory of the solver.
    seconds
        Time that may be spent; None = `MOST_SECONDS`.

    Returns
    -------
    tuple of Conflict
        Each group is a set of requirements that cannot hold together although any part of it can; groups
        share no requirement. Empty when time runs out before the first group is proven.
    """
    with solver_process(options, MOST_SECONDS if seconds is None else seconds) as ask:
        return conflicts(scenario, travel_matrix, ask, options.seed)


def conflicts(scenario: Scenario, travel_matrix: Matrix, ask: Ask, seed: int = 0) -> tuple[Conflict, ...]:
    """Name the requirements that make a scenario infeasible, with a solver that is already there."""
    search = _Search(scenario, travel_matrix, ask, seed)
    return tuple(search.all())


@contextmanager
def solver_process(options: SolveOptions, seconds: float) -> Iterator[Ask]:
    """Start a solver whose answers all come within some seconds."""
    solver = RestartingSolver(options.memory_mb, Event())
    until = time.monotonic() + seconds

    def ask(model: LinearModel, request: Request) -> Outcome:
        left = until - time.monotonic()
        if left <= 0:
            return UNKNOWN
        return solver.solve(model, replace(request, seconds=left, seed=options.seed), None)

    try:
        yield ask
    finally:
        solver.close()


@dataclass(frozen=True, slots=True)
class _Group:
    """Requirements that cannot hold together; `smallest` when no smaller such set exists."""

    members: tuple[Subject, ...]
    smallest: bool


class _Search:
    def __init__(self, scenario: Scenario, matrix: Matrix, ask: Ask, seed: int) -> None:
        self.scenario, self.matrix, self.ask, self.seed = scenario, matrix, ask, seed
        self.elastic: Elastic = open_draft(scenario, matrix, seed)
        self.order = {about: position for position, about in enumerate(self.elastic.rules)}
        self.questions = 0

    def all(self) -> Iterator[Conflict]:
        """Find disjoint groups, then what would settle each of their members."""
        groups: list[_Group] = []
        try:
            while len(groups) < MOST_GROUPS:
                settled = frozenset(about for group in groups for about in group.members)
                found = self._group(settled)
                if found is None:
                    break
                groups.append(found)
        except Unanswered:
            pass
        for number, group in enumerate(groups, start=1):
            others = frozenset(a for other in groups if other is not group for a in other.members)
            for about in group.members:
                yield self._conflict(number, group, about, others)

    def _broken(self, kept: frozenset[Subject], free: frozenset[Subject]) -> frozenset[Subject] | None:
        self.questions += 1
        if self.questions > MOST_QUESTIONS:
            raise Unanswered
        return self.elastic.fewest_broken(self.ask, kept, free)

    def _group(self, settled: frozenset[Subject]) -> _Group | None:
        """Find the smallest set that cannot hold: it meets every set whose breaking gives a plan.

        The smallest set that meets all such sets found so far either cannot hold, and is the answer, or
        leads to a new one.
        """
        breakings: list[frozenset[Subject]] = []
        core: frozenset[Subject] | None = None
        try:
            while True:
                kept = self._cover(breakings)
                broken = self._broken(kept, settled)
                if broken is None:
                    return _Group(self._sorted(kept), smallest=True)
                while broken is not None:
                    if not broken:
                        return None
                    breakings.append(broken)
                    kept |= broken
                    core = kept if core is None or len(kept) < len(core) else core
                    broken = self._broken(kept, settled)
        except Unanswered:
            if core is None or self.questions <= MOST_QUESTIONS:
                raise
        self.questions = 0
        return _Group(self._sorted(self._shrunk(core, settled)), smallest=False)

    def _shrunk(self, core: frozenset[Subject], settled: frozenset[Subject]) -> frozenset[Subject]:
        """Take away what a set does not need to be impossible, one requirement after the other."""
        if self._broken(core, settled) is not None:
            raise Unanswered
        for about in self._sorted(core):
            if self._broken(core - {about}, settled) is None:
                core -= {about}
        return core

    def _cover(self, breakings: list[frozenset[Subject]]) -> frozenset[Subject]:
        """Choose the fewest requirements that meet every set."""
        model = LinearModel()
        variable = {a: model.variable() for a in self._sorted(frozenset().union(*breakings))}
        for broken in breakings:
            model.add([(variable[about], 1) for about in self._sorted(broken)], low=1)
        if not variable:
            return frozenset()
        outcome = self.ask(
            model, Request(tuple((v, 1) for v in variable.values()), maximise=False, workers=1)
        )
        if outcome.verdict != "optimal" or outcome.values is None:
            raise Unanswered
        return frozenset(about for about, v in variable.items() if outcome.values[v])

    def _sorted(self, found: frozenset[Subject]) -> tuple[Subject, ...]:
        # Decisions of the scenario first, then the limits that they meet.
        return tuple(sorted(found, key=lambda about: (about[0] != "bambini", self.order[about])))

    def _conflict(self, number: int, group: _Group, about: Subject, others: frozenset[Subject]) -> Conflict:
        rule = self.elastic.rules[about]
        change = None
        with suppress(Unanswered):
            change = self._remedy(about, others)
        return Conflict(
            gruppo=number,
            regola=rule,
            dove=dotted(stated_at(self.scenario, about)),
            dettaglio=requirement(self.scenario, about) + self._why_alone(group, about),
            rimedio=None if change is None else change.testo,
            minimo=group.smallest,
            percorso=stated_at(self.scenario, about),
        )

    def _why_alone(self, group: _Group, about: Subject) -> str:
        """Tell why a pin cannot hold even by itself: no opening of its provider covers the child."""
        if len(group.members) > 1 or len(about) != len(
            ("bambini", "id", "assegnato_a", "gestore", "stagione")
        ):
            return ""
        instance = self.elastic.draft.instance
        for refusal in instance.refusals:
            asked = instance.requests[refusal.pair.request]
            child = self.scenario.bambini[asked.child].id
            place = (self.scenario.gestori[refusal.provider].id, self.scenario.stagioni[asked.season].id)
            if (child, *place) == (about[1], *about[3:]):
                return f": {refusal.reason}"
        return ""

    def _remedy(self, about: Subject, others: frozenset[Subject]) -> Change | None:
        """Relax one requirement as little as possible, and solve the changed scenario to be sure."""
        found = self.elastic.least_excess(self.ask, about, others)
        if found is None:
            return None
        amount, values = found
        if about == COVERAGE:
            change: Change | None = lower_coverage(self.elastic.draft, values)
        else:
            change = relaxed(self.scenario, about, amount, self.elastic.draft.instance.unit)
        if change is None or others:
            # With several groups no single change is enough: there is nothing to solve again.
            return change
        return change if feasible(self.ask, change.scenario, self.matrix, self.seed) else None

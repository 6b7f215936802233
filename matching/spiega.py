"""The cheapest single change that would serve a child, by exact solves of the changed scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nido.data.lingua import text
from nido.matching.build import build_instance
from nido.matching.changes import Change, relaxed
from nido.matching.conflicts import MOST_SECONDS, solver_process
from nido.matching.draft import Draft
from nido.matching.elastic import Ask, Elastic, Unanswered, lower_coverage, open_draft
from nido.matching.extract import production_cents
from nido.matching.linear import Subject
from nido.matching.objective import costo_totale, minuti_coperti
from nido.matching.options import SolveOptions
from nido.matching.prepare import prepare
from nido.matching.query import Request
from nido.matching.rules import RULES, admit_all
from nido.matching.solution import Explanation, Remedy, Solution
from nido.scenari.fields import TimeRange
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

MOST_TRIED = 60
MOST_STEPS = 12
MIDNIGHT = 24 * 60

Matrix = Mapping[tuple[str, str], int]


def explain_child(
    scenario: Scenario,
    travel_matrix: Matrix,
    solution: Solution,
    child: str,
    options: SolveOptions,
    seconds: float | None = None,
) -> tuple[Explanation, ...]:
    """Find what would serve each request of a child that a plan leaves out or covers in part.

    Parameters
    ----------
    scenario, travel_matrix, solution
        The scenario and its plan.
    child
        Id of the child.
    options
        Seed and memory of the solver.
    seconds
        Time that may be spent; None = one minute.
    """
    with solver_process(options, MOST_SECONDS if seconds is None else seconds) as ask:
        return explanations(scenario, travel_matrix, solution, child, ask, options.seed)


def explanations(
    scenario: Scenario, travel_matrix: Matrix, solution: Solution, child: str, ask: Ask, seed: int = 0
) -> tuple[Explanation, ...]:
    """Do the same with a solver that is already there."""
    wanted = _wanted(solution, child)
    return tuple(_Search(scenario, travel_matrix, solution, one, ask, seed).explain() for one in wanted)


def unsearched(solution: Solution, child: str) -> tuple[Explanation, ...]:
    """Name the requests of a child that a plan does not cover in full, without looking for any change.

    Parameters
    ----------
    solution
        The plan.
    child
        Id of the child.
    """
    return tuple(one.explanation((), 0, whole=False) for one in _wanted(solution, child))


def _wanted(solution: Solution, child: str) -> "list[_Wanted]":
    missed = [(entry.stagione, False) for entry in solution.non_assegnati if entry.bambino == child]
    partly = [
        (entry.stagione, True)
        for entry in solution.assegnazioni
        if entry.bambino == child and entry.minuti_scoperti
    ]
    return [_Wanted(child, season, full) for season, full in (*missed, *partly)]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A request that should be served, or covered in full."""

    child: str
    season: str
    full: bool

    def explanation(self, changes: tuple[Remedy, ...], tried: int, *, whole: bool) -> Explanation:
        """Write what was found, by how many changes tried, and whether every change was."""
        return Explanation(
            bambino=self.child,
            stagione=self.season,
            chiesto="copertura_piena" if self.full else "posto",
            modifiche=changes,
            provate=tried,
            completa=whole,
        )


class _Search:
    def __init__(
        self, scenario: Scenario, matrix: Matrix, solution: Solution, wanted: _Wanted, ask: Ask, seed: int
    ) -> None:
        self.scenario, self.matrix, self.solution = scenario, matrix, solution
        self.wanted, self.ask, self.seed = wanted, ask, seed
        self.child = next(entry for entry in scenario.bambini if entry.id == wanted.child)
        self.tried = 0

    def explain(self) -> Explanation:
        """Try every single change in turn, as far as time and `MOST_TRIED` allow."""
        found: list[Remedy] = []
        whole = True
        try:
            for change in self._changes():
                remedy = self._solved(change)
                found += [] if remedy is None else [remedy]
        except Unanswered:
            whole = False
        found.sort(key=lambda remedy: (remedy.costo_aggiuntivo_cent, remedy.modifica))
        return self.wanted.explanation(tuple(found), self.tried, whole=whole)

    def _changes(self) -> Iterator[Change]:
        elastic = open_draft(self.scenario, self.matrix, self.seed, post=self._demand)
        if elastic.fewest_broken(self.ask, list(elastic.rules)) is not None:
            nothing = text(
                "nessuna modifica: le regole lo permettono, l'obiettivo no",
                "no change: the rules allow it, the objective does not",
            )
            yield Change(self.scenario, nothing)
            return
        for about in filter(self._concerns, elastic.rules):
            change = self._relaxation(elastic, about)
            if change is not None:
                yield change
        for provider in self.scenario.gestori:
            yield from self._longer_hours(provider)

    def _concerns(self, about: Subject) -> bool:
        kind, name = about[:2]
        if kind == "bambini":
            return name == self.wanted.child
        return kind != "aziende" or name == self.child.azienda

    def _relaxation(self, elastic: Elastic, about: Subject) -> Change | None:
        self._count()
        found = elastic.least_excess(self.ask, about)
        if found is None:
            return None
        if about[-1] == "copertura_minima":
            return lower_coverage(elastic.draft, found[1])
        return relaxed(self.scenario, about, found[0], elastic.draft.instance.unit)

    def _count(self) -> None:
        if self.tried == MOST_TRIED:
            raise Unanswered
        self.tried += 1

    def _demand(self, draft: Draft) -> None:
        """Serve the request, and cover every other request at least as much as the plan does."""
        variables = draft.variables
        mine = self._pairs(draft, self.wanted.child, self.wanted.season)
        full = [variables.full[pair] for pair in mine]
        asked = full if self.wanted.full else [variables.serve[pair] for pair in mine]
        draft.model.add([(variable, 1) for variable in asked if variable is not None], low=1)
        for (child, season), uncovered in self._others().items():
            theirs = self._pairs(draft, child, season)
            self._keep(draft, theirs, uncovered)

    def _keep(self, draft: Draft, pairs: list[int], uncovered: int) -> None:
        instance, variables = draft.instance, draft.variables
        least = instance.requests[instance.pairs[pairs[0]].request].reference - uncovered if pairs else 1
        draft.model.add(minuti_coperti.terms_of(draft, pairs), low=least)
        if not uncovered:
            whole = (variables.full[index] for index in pairs)
            draft.model.add([(variable, 1) for variable in whole if variable is not None], low=1)

    def _others(self) -> dict[tuple[str, str], int]:
        """Uncovered minutes of every other request that the plan serves."""
        own = (self.wanted.child, self.wanted.season)
        served = {(e.bambino, e.stagione): e.minuti_scoperti for e in self.solution.assegnazioni}
        return {key: minutes for key, minutes in served.items() if key != own}

    def _pairs(self, draft: Draft, child: str, season: str) -> list[int]:
        scenario, requests = draft.instance.scenario, draft.instance.requests
        return [
            index
            for index, pair in enumerate(draft.instance.pairs)
            if scenario.bambini[requests[pair.request].child].id == child
            and scenario.stagioni[requests[pair.request].season].id == season
        ]

    def _solved(self, change: Change) -> Remedy | None:
        """Solve the changed scenario for the least cost at which the request is served."""
        draft = prepare(change.scenario, self.matrix, seed=self.seed)
        self._demand(draft)
        cost = tuple(costo_totale.terms(draft))
        draft.model.check_size(cost)
        outcome = self.ask(draft.model, Request(cost, maximise=False, workers=1))
        if outcome.verdict == "infeasible":
            return None
        if outcome.verdict != "optimal" or outcome.values is None:
            raise Unanswered
        plan = draft.plan(outcome.values)
        own = self._pairs(draft, self.wanted.child, self.wanted.season)
        mine = next(pair for pair in plan.served if pair in own)
        site = draft.instance.sites[draft.instance.pairs[mine].site]
        more = production_cents(draft, plan) - self.solution.costo_produzione_cent
        return Remedy(change.testo, change.scenario.gestori[site.provider].id, more)

    def _longer_hours(self, provider: Gestore) -> Iterator[Change]:
        """Open a provider earlier or close it later, by the fewest grid steps that help the child."""
        step = self.scenario.passo_minuti
        if self._reached(self.scenario, provider.id):
            return
        for earlier in (True, False):
            for count in range(1, MOST_STEPS + 1):
                change = _moved(self.scenario, provider, earlier, count * step)
                if change is None:
                    break
                if self._reached(change.scenario, provider.id):
                    self._count()
                    yield change
                    break

    def _reached(self, scenario: Scenario, provider: str) -> bool:
        """Tell whether a provider's hours are long enough for the child alone."""
        aim = scenario.obiettivo.model_copy(update={"ordine_domanda": ()})
        alone = scenario.model_copy(update={"bambini": (self.child,), "obiettivo": aim})
        instance = build_instance(alone, self.matrix, admit=admit_all(alone, RULES), seed=self.seed)
        for pair in instance.pairs:
            site = instance.sites[pair.site]
            here = alone.gestori[site.provider].id == provider
            if here and alone.stagioni[site.season].id == self.wanted.season:
                return pair.reachable == pair.needed or not self.wanted.full
        return False


def _moved(scenario: Scenario, provider: Gestore, earlier: bool, minutes: int) -> Change | None:
    """Move the first opening or the last closing of a provider; None past midnight."""
    hours = [provider.base.orario, *(fascia.orario for fascia in provider.fasce)]
    chosen = min(hours, key=lambda one: one.start) if earlier else max(hours, key=lambda one: one.end)
    start, end = (chosen.start - minutes, chosen.end) if earlier else (chosen.start, chosen.end + minutes)
    if start < 0 or end > MIDNIGHT:
        return None
    longer = TimeRange(start, end)
    base = provider.base
    fasce = tuple(
        entry.model_copy(update={"orario": longer}) if entry.orario == chosen else entry
        for entry in provider.fasce
    )
    if base.orario == chosen:
        base, fasce = base.model_copy(update={"orario": longer}), provider.fasce
    changed = provider.model_copy(update={"base": base, "fasce": fasce})
    gestori = tuple(changed if entry.id == provider.id else entry for entry in scenario.gestori)
    words = text(
        "orario di {name}: da {before} a {after}",
        "hours of {name}: from {before} to {after}",
        name=provider.id,
        before=chosen,
        after=longer,
    )
    return Change(scenario.model_copy(update={"gestori": gestori}), words)

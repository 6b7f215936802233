"""Every coalition solved, several at a time, each in a guarded process; then judged by the checker."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from queue import SimpleQueue
from typing import Literal

from nido.accordi.sharing.problem import CoalitionModel, Key, Pool
from nido.accordi.sharing.served import Served, asked_again
from nido.data.lingua import text
from nido.matching.checker import Case, build_case, evaluate_plan
from nido.matching.linear import LinearModel
from nido.matching.plan import Plan
from nido.matching.process import RestartingSolver, SolverDisagreement
from nido.matching.query import Outcome, Request
from nido.matching.solve import interruptible
from nido.matching.verifica.costi import exact_cost, rounding_bound
from nido.matching.verifica.livelli import uncovered
from nido.matching.verifica.piano import Plan as Judged
from nido.matching.verifica.violazione import half_up

Stato = Literal["dimostrato", "non_dimostrato"]
TIER = "costo_totale"


@dataclass(frozen=True, slots=True)
class CoalitionCost:
    """What a group of companies would pay on its own.

    Attributes
    ----------
    produzione_cent, alternativa_cent
        Exact production cost of its plan, rounded once, and what it buys outside.
    fuori, minuti_fuori
        Requests bought outside, and their minutes.
    limite_cent
        Proven bound of the whole: no plan of the group costs less, rounding aside; None without a proof of
        anything.
    stato
        Whether cost and bound are proven to be the same.
    arrotondamento_cent
        Largest difference that the rounding of the model can make.
    """

    produzione_cent: int
    alternativa_cent: int
    fuori: int
    minuti_fuori: int
    limite_cent: int | None
    stato: Stato
    arrotondamento_cent: int

    @property
    def costo_cent(self) -> int:
        """Cost of the group."""
        return self.produzione_cent + self.alternativa_cent


@dataclass(frozen=True, slots=True)
class SolvingOptions:
    """How to solve the coalitions.

    Attributes
    ----------
    time_limit
        Seconds for all of them; None = no limit. What is not reached is bought outside, and says so.
    processes
        Coalitions solved at the same time.
    seed
        Seed of the solver.
    memory_mb
        Limit on each solver process.
    """

    time_limit: float | None = None
    processes: int = 2
    seed: int = 0
    memory_mb: int = 4096


@dataclass(frozen=True, slots=True)
class Step:
    """A coalition done: how many of how many, in how many seconds."""

    fatte: int
    tutte: int
    secondi: float
    aziende: tuple[str, ...]


Listener = Callable[[Step], None]
Done = Callable[[int, CoalitionCost], None]


@dataclass(frozen=True, slots=True)
class _Found:
    """The plan of a coalition, its value and bound in units of the model."""

    plan: Plan
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        return self.value == self.bound


def solve_coalitions(
    pool: Pool,
    coalitions: Collection[int],
    options: SolvingOptions,
    done: Done,
    listener: Listener | None = None,
) -> None:
    """Solve some coalitions, those with most requests first.

    Parameters
    ----------
    pool
        What is to be served.
    coalitions
        Which coalitions.
    options
        Limits.
    done
        Called, from this thread, with each coalition and its cost as soon as the checker has confirmed it.
    listener
        Called after each.

    Raises
    ------
    SolverCrash
        If a solver process dies twice.
    SolverDisagreement
        If the checker does not confirm a plan or its cost.
    KeyboardInterrupt
        If the user interrupts: what was done until then has been told.
    """
    if not coalitions:
        return
    started = time.monotonic()
    with interruptible() as interrupted, _solvers(options, interrupted) as solvers:
        run = _Run(CoalitionModel(pool), options, solvers, interrupted, started)
        judge = _Judge(pool, run.model)
        order = sorted(coalitions, key=lambda coalition: (-len(pool.of(coalition)), coalition))
        with ThreadPoolExecutor(options.processes) as threads:
            futures = {threads.submit(run.solve, coalition): coalition for coalition in order}
            try:
                for count, future in enumerate(as_completed(futures), start=1):
                    coalition, found = futures[future], future.result()
                    if found is None:
                        continue
                    done(coalition, judge.cost(coalition, found))
                    if listener is not None:
                        names = tuple(dict.fromkeys(one.azienda for one in pool.of(coalition)))
                        listener(Step(count, len(order), time.monotonic() - started, names))
            except BaseException:
                interrupted.set()
                raise
        if interrupted.is_set():
            raise KeyboardInterrupt


@contextmanager
def _solvers(
    options: SolvingOptions, interrupted: threading.Event
) -> Iterator["SimpleQueue[RestartingSolver]"]:
    """Start the solver processes: they load while the model is built."""
    started = [RestartingSolver(options.memory_mb, interrupted) for _ in range(options.processes)]
    free: SimpleQueue[RestartingSolver] = SimpleQueue()
    for solver in started:
        free.put(solver)
    try:
        yield free
    finally:
        for solver in started:
            solver.close()


class _Run:
    def __init__(
        self,
        model: CoalitionModel,
        options: SolvingOptions,
        solvers: "SimpleQueue[RestartingSolver]",
        interrupted: threading.Event,
        started: float,
    ) -> None:
        self.model = model
        self._options = options
        self._solvers = solvers
        self._interrupted = interrupted
        self._started = started
        self._first_served = model.pool.scenario.alternativa.uso == "se_serve"

    def solve(self, coalition: int) -> _Found | None:
        """Solve one coalition; None once the user has interrupted."""
        if self._interrupted.is_set():
            return None
        solver = self._solvers.get()
        try:
            found = self._solve(solver, coalition)
        finally:
            self._solvers.put(solver)
        return None if self._interrupted.is_set() else found

    def _solve(self, solver: RestartingSolver, coalition: int) -> _Found:
        model = self.model.model(coalition, staff=True)
        hint: tuple[int, ...] = ()
        if self._first_served:
            relaxed = self.model.model(coalition, staff=False)
            outcome = self._ask(solver, relaxed, Request(self.model.minutes, maximise=True))
            if outcome is None or outcome.values is None or outcome.objective is None:
                return self._nothing(coalition)
            self._check_served(relaxed, outcome)
            if outcome.verdict != "optimal":
                # How many can be served is not known: the cost of serving them proves nothing.
                plan = self.model.plan(outcome.values)
                return _Found(plan, self.model.value(coalition, plan), None)
            model.label = "serviti"
            model.add(self.model.minutes, low=outcome.objective)
            hint = self.model.draft.complete(self.model.plan(outcome.values))
        outcome = self._ask(solver, model, Request(self.model.cost, maximise=False, hint=hint))
        if outcome is None or outcome.values is None or outcome.objective is None or outcome.bound is None:
            return self._nothing(coalition)
        return self._read(coalition, model, outcome)

    def _check_served(self, model: LinearModel, outcome: Outcome) -> None:
        """Refuse minutes that the plan behind them does not have."""
        assert outcome.values is not None
        completed = self.model.draft.complete(self.model.plan(outcome.values))
        if model.value(self.model.minutes, completed) != outcome.objective or model.broken_row(completed):
            raise SolverDisagreement(_contradiction("copertura"))

    def _read(self, coalition: int, model: LinearModel, outcome: Outcome) -> _Found:
        assert outcome.values is not None
        assert outcome.objective is not None
        assert outcome.bound is not None
        plan, constant = self.model.plan(outcome.values), self.model.all_outside(coalition)
        found = _Found(plan, self.model.value(coalition, plan), outcome.bound + constant)
        claimed = outcome.objective + constant
        exact = found.value == claimed if outcome.verdict == "optimal" else found.value <= claimed
        broken = model.broken_row(self.model.draft.complete(plan))
        if not exact or broken is not None or found.value < outcome.bound + constant:
            raise SolverDisagreement(_contradiction(str(broken or TIER)))
        return found

    def _nothing(self, coalition: int) -> _Found:
        """Everything bought outside, which is always possible, with no proof of anything."""
        nobody = self.model.plan([0] * len(self.model.draft.model.lower))
        return _Found(nobody, self.model.all_outside(coalition), None)

    def _ask(self, solver: RestartingSolver, model: LinearModel, request: Request) -> Outcome | None:
        left = self._seconds_left()
        if left is not None and left <= 0:
            return None
        outcome = solver.solve(model, replace(request, seed=self._options.seed, seconds=left), None)
        if outcome.verdict == "infeasible":
            # Buying everything outside breaks no rule.
            raise SolverDisagreement(_contradiction("infattibile"))
        return outcome

    def _seconds_left(self) -> float | None:
        if self._options.time_limit is None:
            return None
        return self._options.time_limit - (time.monotonic() - self._started)


class _Judge:
    """The independent check of every plan; one case answers for all coalitions, unless siblings forbid it."""

    def __init__(self, pool: Pool, model: CoalitionModel) -> None:
        self._pool = pool
        self._model = model
        self._case = build_case(pool.scenario, pool.matrix)
        self._apart = _siblings_across(pool)

    def cost(self, coalition: int, found: _Found) -> CoalitionCost:
        """Confirm a plan and count its cost again.

        Raises
        ------
        SolverDisagreement
            If a rule is broken, somebody is covered less than in the plan, or the cost is another.
        """
        assigned, booked = self._names(found.plan)
        unit = self._model.unit
        judged = evaluate_plan(self._case_of(coalition), assigned, booked, unit)
        mine = self._pool.of(coalition)
        outside = [one for one in mine if (one.bambino, one.stagione) not in assigned]
        bought = sum(self._pool.outside[one.bambino, one.stagione] for one in outside)
        in_units = sum(
            half_up(Fraction(self._pool.outside[one.bambino, one.stagione], unit)) for one in outside
        )
        strangers = set(assigned) - {(one.bambino, one.stagione) for one in mine}
        less = [one for one in mine if one not in outside and self._short(judged.plan, one)]
        value = judged.tier_values[TIER] + in_units
        if judged.violations or strangers or less or value != found.value:
            rule = judged.violations[0].regola if judged.violations else TIER
            raise SolverDisagreement(_contradiction(rule))
        made = half_up(exact_cost(judged.plan))
        gap = None if found.bound is None else (found.value - found.bound) * unit
        return CoalitionCost(
            produzione_cent=made,
            alternativa_cent=bought,
            fuori=len(outside),
            minuti_fuori=sum(one.coperti for one in outside),
            limite_cent=None if gap is None else made + bought - gap,
            stato="dimostrato" if found.proven else "non_dimostrato",
            arrotondamento_cent=rounding_bound(judged.plan, unit) + (len(outside) * unit if unit > 1 else 0),
        )

    def _short(self, plan: Judged, one: Served) -> bool:
        """Tell whether a request is covered less than in the plan, or not where it was pinned."""
        moved = one.fissato and plan.assigned[one.bambino, one.stagione] != one.gestore
        return moved or uncovered(plan, one.bambino, one.stagione) > one.scoperti

    def _names(self, plan: Plan) -> tuple[dict[Key, str | None], dict[Key, frozenset[str]]]:
        instance = plan.instance
        assigned: dict[Key, str | None] = {}
        booked: dict[Key, frozenset[str]] = {}
        for index in plan.served:
            pair = instance.pairs[index]
            site, key = instance.sites[pair.site], self._model.key(self._model.draft, pair.request)
            assigned[key] = instance.scenario.gestori[site.provider].id
            booked[key] = frozenset(site.units[k].fascia for k in pair.unit_minutes if plan.attends(index, k))
        return assigned, booked

    def _case_of(self, coalition: int) -> Case:
        if not self._apart:
            return self._case
        return build_case(asked_again(self._pool.scenario, self._pool.of(coalition)), self._pool.matrix)


def _siblings_across(pool: Pool) -> bool:
    """Tell whether siblings of two companies must be together or nowhere: each group has its own case."""
    rule = pool.scenario.regole.fratelli
    if not rule.attiva or rule.modo != "insieme_o_nessuno":
        return False
    company: Mapping[str, str] = {child.id: child.azienda for child in pool.scenario.bambini}
    return any(
        child.fratello_di is not None and company[child.fratello_di] != child.azienda
        for child in pool.scenario.bambini
    )


def _contradiction(rule: str) -> str:
    return text(
        "parti eque: il piano di un gruppo di aziende non è confermato ({rule})",
        "fair shares: the plan of a group of companies is not confirmed ({rule})",
        rule=rule,
    )

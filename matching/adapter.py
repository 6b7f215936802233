"""The only file that imports ortools: linear models handed to CP-SAT, HiGHS and SCIP, behind measured guards.

Guards (OR-tools 9.15.6755): ``presolve_inclusion_work_limit=0`` (wrong optima otherwise when a row's size
passes 2^31, issue 5293), row sizes asserted by `LinearModel`, no protos, no interleaved search, one model per
solve (issue 5091), no float coefficients.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import inf
from typing import Literal

from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from nido.matching.bounds import dual_bound
from nido.matching.linear import LinearModel
from nido.matching.narrow import Vertex
from nido.matching.query import UNKNOWN, Outcome, Request, Verdict

Report = Callable[[int | None, int | None], None]
# What OR-tools uses when nobody says otherwise.
UNGUARDED = 100_000_000
# A relaxation that takes longer is given up.
MOST_PIVOTS = 50_000


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Reports each solution; runs on a solver thread, so it only hands numbers on."""

    def __init__(self, report: Callable[[int], None]) -> None:
        super().__init__()
        self._report = report

    def on_solution_callback(self) -> None:
        self._report(round(self.objective_value))


class Solver:
    """CP-SAT on one linear model.

    Parameters
    ----------
    model
        The model; every solve rebuilds it, since growing a model between solves is unsafe.
    """

    def __init__(self, model: LinearModel) -> None:
        self._model = model
        self._running: cp_model.CpSolver | None = None
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop the running solve, or the next one, keeping its best point; callable from any thread."""
        self._stopped.set()
        if self._running is not None:
            self._running.stop_search()

    def solve(self, request: Request, report: Report | None = None) -> Outcome:
        """Solve once."""
        model, variables = _build(self._model, request)
        solver = cp_model.CpSolver()
        _configure(solver, request)
        self._running = solver
        if self._stopped.is_set():
            solver.parameters.max_time_in_seconds = 0.001
        watcher = self._watch(solver, request, report)
        status = solver.solve(model, watcher)
        self._running = None
        return _outcome(solver, status, variables, bool(request.objective))

    def _watch(self, solver: cp_model.CpSolver, request: Request, report: Report | None) -> _Watcher | None:
        if report is None or not request.objective:
            return None
        last: dict[str, int | None] = {"value": None, "bound": None}

        def on_value(value: int) -> None:
            last["value"] = value
            report(last["value"], last["bound"])

        def on_bound(bound: float) -> None:
            last["bound"] = round(bound)
            report(last["value"], last["bound"])

        solver.best_bound_callback = on_bound
        return _Watcher(on_value)


def _build(model: LinearModel, request: Request) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    built = cp_model.CpModel()
    variables = [
        built.new_int_var(low, high, "") if low <= high else built.new_int_var(low, low, "")
        for low, high in zip(model.lower, model.upper, strict=True)
    ]
    if _contradictory(model):
        built.add_bool_or([])
    for (positions, coefficients), low, high in zip(model.rows, model.low, model.high, strict=True):
        expression = cp_model.LinearExpr.weighted_sum([variables[k] for k in positions], coefficients)
        if low is not None and high is not None:
            built.add_linear_constraint(expression, low, high)
        elif high is not None:
            built.add(expression <= high)
        elif low is not None:
            built.add(expression >= low)
    if request.objective:
        target = cp_model.LinearExpr.weighted_sum(
            [variables[k] for k, _ in request.objective], [c for _, c in request.objective]
        )
        (built.maximize if request.maximise else built.minimize)(target)
    for variable, value in zip(variables, request.hint, strict=False):
        built.add_hint(variable, value)
    return built, variables


def _contradictory(model: LinearModel) -> bool:
    """Tell whether a variable has no value left: two requirements fix it to different ones."""
    return any(low > high for low, high in zip(model.lower, model.upper, strict=True))


def _configure(solver: cp_model.CpSolver, request: Request) -> None:
    parameters = solver.parameters
    parameters.presolve_inclusion_work_limit = 0
    parameters.num_workers = request.workers
    parameters.random_seed = request.seed
    parameters.linearization_level = 2
    parameters.cp_model_presolve = request.presolve
    parameters.catch_sigint_signal = False
    if request.seconds is not None:
        parameters.max_time_in_seconds = max(0.001, request.seconds)
    if request.deterministic_seconds is not None:
        parameters.max_deterministic_time = request.deterministic_seconds
    parameters.relative_gap_limit = request.gap


def _outcome(
    solver: cp_model.CpSolver, status: object, variables: Sequence[cp_model.IntVar], has_objective: bool
) -> Outcome:
    known: dict[object, Verdict] = {
        cp_model.OPTIMAL: "optimal",
        cp_model.FEASIBLE: "feasible",
        cp_model.INFEASIBLE: "infeasible",
    }
    verdict = known.get(status, "unknown")
    # The answer, not the model: its fields are safe to read.
    work = float(solver.response_proto.deterministic_time)
    if verdict not in ("optimal", "feasible"):
        return Outcome(verdict, None, None, None, work=work)
    values = tuple(solver.value(variable) for variable in variables)
    if not has_objective:
        return Outcome(verdict, None, None, values, work=work)
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return Outcome(verdict, value, bound, values, work=work)


def _as_mathopt(
    model: LinearModel, request: Request, *, integer: bool
) -> tuple[mathopt.Model, list[mathopt.Variable], list[mathopt.LinearConstraint]]:
    built = mathopt.Model()
    variables = [
        built.add_variable(lb=low, ub=high, is_integer=integer)
        for low, high in zip(model.lower, model.upper, strict=True)
    ]
    rows = [
        built.add_linear_constraint(
            lb=-inf if low is None else low,
            ub=inf if high is None else high,
            expr=mathopt.fast_sum(c * variables[k] for k, c in zip(positions, coefficients, strict=True)),
        )
        for (positions, coefficients), low, high in zip(model.rows, model.low, model.high, strict=True)
    ]
    target = mathopt.fast_sum(c * variables[k] for k, c in request.objective)
    (built.maximize if request.maximise else built.minimize)(target)
    return built, variables, rows


def _limited(request: Request) -> mathopt.SolveParameters:
    parameters = mathopt.SolveParameters()
    if request.seconds is not None:
        parameters.time_limit = timedelta(seconds=max(0.001, request.seconds))
    return parameters


def _already_optimal(model: LinearModel, request: Request) -> Outcome | None:
    """Tell whether the hint attains a bound proven from the prices of the linear relaxation."""
    relaxed, _, rows = _as_mathopt(model, request, integer=False)
    result = mathopt.solve(relaxed, mathopt.SolverType.GLOP, params=_limited(request))
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    prices = result.dual_values()
    attained = model.value(request.objective, request.hint)
    bound = dual_bound(model, request.objective, request.maximise, [prices[row] for row in rows])
    return Outcome("optimal", attained, attained, request.hint) if bound == attained else None


class Relaxation:
    """The linear relaxation of a model in GLOP, solved again and again from where it stands.

    Parameters
    ----------
    model
        The model; its rows stay, objective and bounds change.
    """

    # No limit in seconds: what comes out must not depend on the speed of the machine.
    _PARAMETERS = mathopt.SolveParameters(
        presolve=mathopt.Emphasis.OFF,
        lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX,
        iteration_limit=MOST_PIVOTS,
    )

    def __init__(self, model: LinearModel) -> None:
        nothing = Request((), maximise=True)
        self._model, self._variables, self._rows = _as_mathopt(model, nothing, integer=False)
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Answer None from now on; callable from any thread."""
        self._stopped.set()

    def restrict(self, lower: Mapping[int, int], upper: Mapping[int, int]) -> None:
        """Tighten the bounds of some variables."""
        for variable, bound in lower.items():
            self._variables[variable].lower_bound = bound
        for variable, bound in upper.items():
            self._variables[variable].upper_bound = bound

    def maximise(self, weights: Mapping[int, float]) -> Vertex | None:
        """Solve with an objective; None when it was stopped or has no optimum."""
        if self._stopped.is_set():
            return None
        self._model.maximize(mathopt.fast_sum(w * self._variables[k] for k, w in weights.items()))
        result = self._solver.solve(params=self._PARAMETERS)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        point, prices = result.variable_values(), result.dual_values()
        return Vertex(
            result.objective_value(), [point[v] for v in self._variables], [prices[r] for r in self._rows]
        )


def solve_as_mip(model: LinearModel, request: Request, engine: Literal["highs", "scip"]) -> Outcome:
    """Solve the same rows with HiGHS or SCIP from the same wheel: the same answer every time.

    The values are whole numbers read off a floating point solution: whoever uses them checks the rows.
    """
    if _contradictory(model):
        return Outcome("infeasible", None, None, None)
    if request.hint:
        settled = _already_optimal(model, request)
        if settled is not None:
            return settled
    built, variables, _ = _as_mathopt(model, request, integer=True)
    solver = {"highs": mathopt.SolverType.HIGHS, "scip": mathopt.SolverType.GSCIP}[engine]
    # Objectives are whole numbers: less than one apart is proven. The request's gap is not passed on, since
    # what comes back is taken as a proof.
    parameters = _limited(request)
    parameters.relative_gap_tolerance, parameters.absolute_gap_tolerance = 0.0, 0.5
    parameters.random_seed = request.seed
    result = mathopt.solve(built, solver, params=parameters)
    if result.termination.reason == mathopt.TerminationReason.INFEASIBLE:
        return Outcome("infeasible", None, None, None)
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return UNKNOWN
    point = result.variable_values()
    values = tuple(round(point[variable]) for variable in variables)
    best = model.value(request.objective, values)
    if abs(best - result.termination.objective_bounds.dual_bound) >= 1:
        # Rounding the point moved its value away from what was proven.
        return UNKNOWN
    return Outcome("optimal", best, best, values)


def canary_value(*, guarded: bool = True) -> int | None:
    """Solve the small model that shows whether the guards still work.

    The size of its row is 3.7 x 2^31: unguarded, OR-tools 9.15.6755 certifies 22 as its optimum,
    while HiGHS and SCIP give 29.

    Parameters
    ----------
    guarded
        False for the setting that is known to be wrong.

    Returns
    -------
    int or None
        The proven optimum, None when nothing is proven. The right one is 29.
    """
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(6)]
    enforced = model.new_bool_var("")
    weights = (328_859_378, 633_130_661, 1_211_800_363, 2_121_167_773, 2_403_907_371, 1_204_490_608)
    model.add(cp_model.LinearExpr.weighted_sum(x, weights) <= 2_700_000_000).only_enforce_if(enforced)
    for group in ((~enforced, x[3], x[0], x[5], x[2]), (x[5], x[1], x[0]), (x[5], x[3], x[4])):
        model.add_at_most_one(group)
    model.maximize(cp_model.LinearExpr.weighted_sum([*x, enforced], (9, 20, 5, 17, 9, 7, -3)))
    solver = cp_model.CpSolver()
    _configure(solver, Request((), maximise=True, workers=1))
    if not guarded:
        solver.parameters.presolve_inclusion_work_limit = UNGUARDED
    proven = solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value) if proven else None

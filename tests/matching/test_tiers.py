"""The run through the tiers: what it believes of the solver's answers, and which clock it looks at."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from nido.matching.adapter import Solver
from nido.matching.linear import LinearModel
from nido.matching.options import SolveOptions
from nido.matching.prepare import prepare
from nido.matching.process import Heard, SolverDisagreement
from nido.matching.query import Outcome, Request
from nido.matching.solution import Solution
from nido.matching.tiers import TierRun
from nido.scenari.load import load_scenario, shipped_path

INFEASIBLE = Outcome("infeasible", None, None, None)
UNKNOWN = Outcome("unknown", None, None, None)
Change = Callable[[int, Request, Outcome], Outcome]


def run(change: Change, options: SolveOptions | None = None) -> tuple[Solution, list[Request]]:
    """Solve the smallest scenario with answers that are changed on their way."""
    loaded = load_scenario(shipped_path("minimo"))
    asked: list[Request] = []

    def ask(model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        asked.append(request)
        return change(len(asked), request, Solver(model).solve(request))

    draft = prepare(loaded.scenario, loaded.travel_matrix)
    return TierRun(draft, options or SolveOptions(), ask, None, threading.Event()).all_tiers(), asked


def test_what_is_not_changed_is_optimal() -> None:
    """The fake changes nothing by itself."""
    assert run(lambda number, request, found: found)[0].stato == "ottimo"


@pytest.mark.parametrize("second", [INFEASIBLE, UNKNOWN])
def test_infeasible_needs_a_second_opinion(second: Outcome) -> None:
    """Without one nothing is said of the scenario; the second question has no presolve."""
    solution, asked = run(lambda number, request, found: INFEASIBLE if number == 1 else second)
    assert solution.stato == ("infattibile" if second is INFEASIBLE else "nessuna_soluzione")
    assert [request.presolve for request in asked] == [True, False]


def test_a_second_opinion_that_finds_a_plan_is_a_contradiction() -> None:
    """Infeasible, then feasible: nobody knows which is right."""
    with pytest.raises(SolverDisagreement, match="si contraddice"):
        run(lambda number, request, found: INFEASIBLE if number == 1 else found)


def test_infeasible_after_a_plan_is_a_contradiction() -> None:
    """The plan of the tier before keeps every row of the next one."""
    with pytest.raises(SolverDisagreement, match="un piano c'è"):
        run(lambda number, request, found: INFEASIBLE if number == 2 else found)


def test_a_bound_that_the_plan_passes_is_a_contradiction() -> None:
    """A valid bound lies on the far side of every plan: one that does not is no proof of anything."""

    def closer(number: int, request: Request, found: Outcome) -> Outcome:
        assert found.bound is not None
        return replace(found, bound=found.bound + (-1 if request.maximise else 1))

    with pytest.raises(SolverDisagreement):
        run(closer)


def test_deterministic_time_is_spent_by_work_alone() -> None:
    """Each tier is granted what the work of those before left: no clock of the machine counts."""
    options = SolveOptions(deterministic=True, time_limit=10.0)
    _, asked = run(lambda number, request, found: replace(found, work=1.5), options)
    granted = [request.deterministic_seconds for request in asked]
    assert granted == [10.0, 8.5, 7.0, 5.5, 4.0, 2.5]
    assert all(request.seconds is None for request in asked)

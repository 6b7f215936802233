"""Several solvers on the same rows: proofs, contradictions, crashes, and the plan that depends on no race."""

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from market_split import market_split

from nido.matching import heat, process, race, runners
from nido.matching.linear import LinearModel, Term
from nido.matching.process import SolverDisagreement
from nido.matching.query import Narrowing, Request
from nido.matching.race import Race

MEMORY_MB = 4096
# A worker in which one part of the adapter is replaced, by code that stands in the place of {code}.
CHANGED = """
import time
from nido.matching import adapter, worker
from nido.matching.query import Outcome
solve, mip = adapter.Solver.solve, adapter.solve_as_mip
{code}
worker.main()
"""


def knapsack() -> tuple[LinearModel, tuple[Term, ...]]:
    """Build a choice with many best answers: 10 of 30 items, half of them worth 3, half 1: best 30."""
    model = LinearModel()
    chosen = [model.variable() for _ in range(30)]
    model.add([(v, 1) for v in chosen], high=10)
    return model, tuple((v, 3 if v % 2 else 1) for v in chosen)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that changes the adapter of every process that starts from then on."""

    def put(code: str) -> None:
        monkeypatch.setattr(process, "WORKER", (sys.executable, "-P", "-c", CHANGED.format(code=code)))

    return put


@pytest.fixture
def runs() -> Iterator[Callable[[int], Race]]:
    """Return a function that starts a race; every one is ended after the test."""
    started: list[Race] = []

    def start(searches: int = 2) -> Race:
        started.append(Race(MEMORY_MB, threading.Event(), searches))
        return started[-1]

    yield start
    for one in started:
        one.close()


SLOW_LEAD = "adapter.Solver.solve = lambda self, *a: (time.sleep(1.5), solve(self, *a))[1]"
SLOW_PROVER = "adapter.solve_as_mip = lambda *a: (time.sleep(60), mip(*a))[1]"


@pytest.mark.parametrize("code", ["", SLOW_LEAD, SLOW_PROVER])
def test_the_proof_is_the_same_whoever_is_first(
    code: str, changed: Callable[[str], None], runs: Callable[[int], Race]
) -> None:
    """A slow start of one solver or of the other changes neither value nor bound."""
    model, values = knapsack()
    changed(code)
    found = runs(2).solve(model, Request(values, maximise=True), None)
    assert (found.verdict, found.objective, found.bound) == ("optimal", 30, 30)
    assert found.values is not None and model.broken_row(found.values) is None


def test_the_plan_depends_on_no_race(changed: Callable[[str], None], runs: Callable[[int], Race]) -> None:
    """Whoever proves first, the same one of many equally good plans comes out: that of the leading search."""
    model, values = knapsack()
    found = set()
    for code in ("", SLOW_LEAD, SLOW_PROVER):
        changed(code)
        outcome = runs(2).solve(model, Request(values, maximise=True), None)
        assert outcome.canonical and outcome.objective == 30
        found.add(outcome.values)
    assert len(found) == 1


def test_another_proof_stands_in_when_the_lead_has_none(
    changed: Callable[[str], None], runs: Callable[[int], Race]
) -> None:
    """A leading search that ends without a proof leaves it to HiGHS, and its plan is not canonical."""
    model, values = knapsack()
    changed("adapter.Solver.solve = lambda *a: Outcome('unknown', None, None, None)")
    found = runs(2).solve(model, Request(values, maximise=True), None)
    assert (found.verdict, found.objective, found.canonical) == ("optimal", 30, False)


@pytest.mark.parametrize(
    "code",
    [
        # HiGHS claims that nothing is better than taking nothing; the lead has or proves 30.
        "adapter.solve_as_mip = lambda m, r, e: (time.sleep(1.0), "
        "Outcome('optimal', 0, 0, (0,) * len(m.lower)))[1]",
        # CP-SAT claims that there is no plan at all.
        "adapter.Solver.solve = lambda *a: (time.sleep(1.0), Outcome('infeasible', None, None, None))[1]",
    ],
)
def test_a_contradiction_is_refused(
    code: str, changed: Callable[[str], None], runs: Callable[[int], Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two answers that cannot both hold end the run: nobody knows which is wrong."""
    model, values = knapsack()
    changed(code)
    # Both answers are there before they are looked at.
    monkeypatch.setattr(heat.Heat, "over", lambda one: len(one._answers) == len(one.runners))
    with pytest.raises(SolverDisagreement, match="si contraddicono"):
        runs(2).solve(model, Request(values, maximise=True), None)


def test_the_run_goes_on_without_a_prover_that_dies(
    changed: Callable[[str], None], runs: Callable[[int], Race]
) -> None:
    """HiGHS dies at every question: what CP-SAT has by its limit comes back, twice, and the note says why."""
    model, cost = market_split()
    changed("import os\nadapter.solve_as_mip = lambda *a: os.abort()")
    several = runs(2)
    for _ in range(2):
        found = several.solve(model, Request(cost, maximise=False, seconds=3.0), None)
        assert found.verdict == "feasible" and found.values is not None
        assert found.objective == model.value(cost, found.values)
    assert several.notes == ["un altro solutore è finito da solo"] * 2


def test_a_crowd_joins_where_there_is_no_proof(
    runs: Callable[[int], Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while many workers search too; the best plan and bound of all are told and kept."""
    monkeypatch.setattr(race, "LATE_SECONDS", 0.5)
    model, cost = market_split()
    heard: list[tuple[int | None, int | None]] = []
    found = runs(3).solve(model, Request(cost, maximise=False, seconds=6.0), lambda *news: heard.append(news))
    assert found.verdict == "feasible" and found.objective is not None and found.bound is not None
    values = [value for value, _ in heard if value is not None]
    bounds = [bound for _, bound in heard if bound is not None]
    assert values == sorted(values, reverse=True) and bounds == sorted(bounds)
    assert found.objective <= values[-1] and found.bound >= bounds[-1]


def test_what_was_known_before_is_never_lost(runs: Callable[[int], Race]) -> None:
    """A limit too short for any search leaves the plan that the question came with."""
    model, values = knapsack()
    hint = (1, *(0 for _ in values[1:]))
    request = Request(values, maximise=True, hint=hint, seconds=0.001)
    found = runs(1).solve(model, request, None)
    assert found.verdict in ("optimal", "feasible")
    assert found.objective is not None and found.bound is not None
    assert 1 <= found.objective <= 30 <= found.bound


def test_narrowing_in_a_process(runs: Callable[[int], Race]) -> None:
    """The question goes to the child and back: to reach 30, no item worth 1 can be taken."""
    model, values = knapsack()
    bounds = runs(2).narrow(model, Narrowing(values, True, 30))
    assert bounds is not None
    assert all(bounds.upper[v] == 0 for v, value in values if value == 1)


def test_alone_it_goes_on_until_there_is_a_proof(
    runs: Callable[[int], Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound on the work of the leading search holds only while others stand by."""
    monkeypatch.setattr(runners, "MOST_ALONE", 1e-6)
    model, values = knapsack()
    found = runs(1).solve(model, Request(values, maximise=True), None)
    assert (found.verdict, found.objective, found.canonical) == ("optimal", 30, True)


def test_where_all_give_up_it_goes_on_too(
    changed: Callable[[str], None], runs: Callable[[int], Race]
) -> None:
    """HiGHS has nothing and the leading search was bounded: it is asked again without a bound."""
    model, values = knapsack()
    changed(
        "adapter.solve_as_mip = lambda *a: Outcome('unknown', None, None, None)\n"
        "adapter.Solver.solve = lambda self, request, *a: solve(self, request, *a) "
        "if request.deterministic_seconds is None else Outcome('unknown', None, None, None)"
    )
    found = runs(2).solve(model, Request(values, maximise=True), None)
    assert (found.verdict, found.objective, found.canonical) == ("optimal", 30, False)


def test_a_search_deaf_to_the_stop_ends_with_its_process(
    changed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop that is not heard costs seconds, not the run; the next question finds a new process."""
    for part in (runners, heat):
        monkeypatch.setattr(part, "LAST_WORDS_SECONDS", 0.5)
    model, values = knapsack()
    changed("adapter.Solver.solve = lambda *a: time.sleep(600)")
    interrupted = threading.Event()
    one = Race(MEMORY_MB, interrupted, 2)
    try:
        found = one.solve(model, Request(values, maximise=True, seconds=2.0), None)
        assert found.verdict in ("optimal", "unknown")
        changed("")
        one._lead._solver.close()
        one._lead._solver = process.RestartingSolver(MEMORY_MB, interrupted)
        assert one.solve(model, Request(values, maximise=True), None).objective == 30
    finally:
        one.close()

"""A scenario solved: Scenario -> Instance -> Model -> Solution, in a guarded child process."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from nido.matching.options import Progress, SolveOptions
from nido.matching.prepare import prepare
from nido.matching.race import Race
from nido.matching.solution import Solution
from nido.matching.tiers import TierRun
from nido.scenari.schema import Scenario

__all__ = ["Progress", "SolveOptions", "solve"]


def solve(
    scenario: Scenario,
    travel_matrix: Mapping[tuple[str, str], int],
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
) -> Solution:
    """Solve a scenario.

    Parameters
    ----------
    scenario
        A valid scenario.
    travel_matrix
        Loaded travel minutes; may be empty.
    options
        Limits, seed, workers.
    on_progress
        Called from this thread with each better value or bound.

    Returns
    -------
    Solution
        The plan, or the reason why there is none. Ctrl-C gives the best plan so far, `interrotto`.

    Raises
    ------
    SolverCrash
        If the solver process dies twice.
    SolverDisagreement
        If two independent answers differ.
    """
    with interruptible() as interrupted:
        # The solver processes load while the model is built.
        solver = Race(options.memory_mb, interrupted, options.searches)
        try:
            draft = prepare(scenario, travel_matrix, seed=options.seed)
            run = TierRun(draft, options, solver.solve, on_progress, interrupted, solver.narrow)
            solution = run.all_tiers()
        finally:
            solver.close()
    return replace(
        solution,
        stato_solutore=(*solution.stato_solutore, *solver.notes),
        interrotto_da_utente=interrupted.is_set(),
    )


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C into a flag, so that the solver can give its best plan back."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return

    def on_signal(number: int, frame: FrameType | None) -> None:
        if interrupted.is_set():
            raise KeyboardInterrupt
        interrupted.set()

    previous = signal.signal(signal.SIGINT, on_signal)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, previous)

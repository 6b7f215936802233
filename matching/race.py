"""Two solvers on the same rows, each in a process of its own: the first proof wins."""

import threading
from dataclasses import dataclass, replace

from nido.data.lingua import text
from nido.matching.linear import LinearModel
from nido.matching.process import (
    Flag,
    Heard,
    RestartingSolver,
    SolverCrash,
    SolverDisagreement,
    SolverProcess,
)
from nido.matching.query import Outcome, Request

# CP-SAT runs more threads than there are processors: it gives way, or HiGHS would get a ninth of them.
NICE = 19
# How long a proven tier waits for the plan that depends on no race between threads, in seconds.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class _Either:
    one: Flag
    other: Flag

    def is_set(self) -> bool:
        return self.one.is_set() or self.other.is_set()


class Race:
    """CP-SAT and HiGHS side by side.

    CP-SAT gives progress, good plans early and the best plan when stopped; HiGHS, alone on one thread, gives
    proofs and the same plan every time.

    Parameters
    ----------
    memory_mb
        Limit on the address space of each process.
    interrupted
        Set when the user wants to stop.
    """

    def __init__(self, memory_mb: int, interrupted: Flag) -> None:
        self._memory_mb = memory_mb
        self._interrupted = interrupted
        self._proved = threading.Event()
        self._first = RestartingSolver(memory_mb, _Either(interrupted, self._proved), NICE)
        self._second = SolverProcess(memory_mb)
        self._leaving = False

    @property
    def notes(self) -> list[str]:
        """What happened, for the manifest."""
        return self._first.notes

    def solve(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        """Solve once.

        Parameters
        ----------
        request
            With ``canonical`` a plan of HiGHS is worth waiting for, even when CP-SAT has proven the value.

        Raises
        ------
        SolverCrash
            If the process of CP-SAT dies twice.
        """
        if not request.objective or request.deterministic_seconds is not None:
            return self._first.solve(model, request, heard)
        self._proved.clear()
        answers: list[Outcome] = []
        other = threading.Thread(target=self._prove, args=(model, request, answers), daemon=True)
        other.start()
        try:
            mine = self._first.solve(model, request, heard)
            if request.canonical and mine.verdict == "optimal" and not self._interrupted.is_set():
                other.join(PATIENCE)
        finally:
            if other.is_alive():
                self._leave(other)
        if answers:
            _compare(mine, answers[0], request)
        return answers[0] if answers else mine

    def _leave(self, other: threading.Thread) -> None:
        self._leaving = True
        self._second.close()
        other.join()
        self._leaving = False
        self._second = SolverProcess(self._memory_mb)

    def _prove(self, model: LinearModel, request: Request, answers: list[Outcome]) -> None:
        wanted = replace(request, engine="highs", workers=1)
        try:
            found = self._second.solve(model, wanted, None, threading.Event())
        except SolverCrash:
            if not self._leaving:
                self._first.notes.append("il secondo solutore (HiGHS) è finito da solo")
            return
        if found.verdict == "optimal" and found.values is not None and model.broken_row(found.values) is None:
            answers.append(found)
            self._proved.set()

    def close(self) -> None:
        """End both processes."""
        self._first.close()
        self._second.close()


def _compare(mine: Outcome, other: Outcome, request: Request) -> None:
    """Refuse two proofs that differ: one of the solvers is wrong, and nobody knows which.

    Raises
    ------
    SolverDisagreement
        If both claim the optimum with different values, or one claims that there is no plan.
    """
    exact = mine.verdict == "optimal" and request.gap == 0
    if mine.verdict == "infeasible" or (exact and mine.objective != other.objective):
        raise SolverDisagreement(
            text(
                "i due solutori si contraddicono: {mine} e {other}",
                "the two solvers contradict each other: {mine} and {other}",
                mine=mine.objective if exact else mine.verdict,
                other=other.objective,
            )
        )

"""Two solvers on the same rows, each in a process of its own: the first proof wins."""

import threading
from dataclasses import dataclass, replace

from nido.matching.linear import LinearModel
from nido.matching.process import Flag, Heard, RestartingSolver, SolverCrash, SolverProcess
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

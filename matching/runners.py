"""The solvers of a race: each a process, and a thread that waits for its answer."""

import threading
from dataclasses import dataclass, replace
from queue import Queue

from nido.matching.linear import LinearModel
from nido.matching.process import Flag, Heard, RestartingSolver, SolverCrash, SolverProcess
from nido.matching.query import UNKNOWN, Bounds, Narrowing, Outcome, Request

MANY_WORKERS = 8
# CP-SAT with many workers runs more threads than there are processors: it gives way to the others.
NICE = 19
# Work, in deterministic time of CP-SAT (about as many seconds), after which the proof of another is taken.
MOST_ALONE = 60.0
# How long a search that was told to stop may take to say what it has.
LAST_WORDS_SECONDS = 5.0
News = tuple["Runner", str, object]


@dataclass(frozen=True, slots=True)
class Either:
    one: Flag
    other: Flag

    def is_set(self) -> bool:
        return self.one.is_set() or self.other.is_set()


class Runner:
    """One solver process and the thread that waits for its answer.

    Parameters
    ----------
    interrupted
        Set when the user wants to stop.
    """

    def __init__(self, memory_mb: int, interrupted: Flag) -> None:
        self._memory_mb = memory_mb
        self._stop = threading.Event()
        self._either = Either(interrupted, self._stop)
        self._thread: threading.Thread | None = None

    def start(self, model: LinearModel, request: Request, news: "Queue[News]") -> None:
        """Begin a search that tells its news on a queue, and its answer last."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(model, request, news), daemon=True)
        self._thread.start()

    def _run(self, model: LinearModel, request: Request, news: "Queue[News]") -> None:
        def heard(value: int | None, bound: int | None) -> None:
            news.put((self, "heard", (value, bound)))

        try:
            news.put((self, "answer", self._solve(model, request, heard)))
        except SolverCrash as crash:
            news.put((self, "answer", crash))
        except Exception as error:
            # Whoever waits for an answer must get one.
            news.put((self, "answer", SolverCrash(f"{type(error).__name__}: {error}")))

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        raise NotImplementedError

    def stop(self) -> None:
        """End the search, with its best point if there is time for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(self._patience())

    def _patience(self) -> float:
        return LAST_WORDS_SECONDS

    def close(self) -> None:
        """End the process."""
        raise NotImplementedError


class Lead(Runner):
    """CP-SAT with one worker: the same question gives the same plan; after a crash it is started again."""

    def __init__(self, memory_mb: int, interrupted: Flag, *, bounded: bool) -> None:
        super().__init__(memory_mb, interrupted)
        self._bounded = bounded
        self._earlier: list[str] = []
        self._solver = RestartingSolver(memory_mb, self._either)

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        most = MOST_ALONE if self._bounded else None
        found = self._solver.solve(model, replace(request, workers=1, deterministic_seconds=most), heard)
        return replace(found, canonical=found.verdict == "optimal")

    @property
    def notes(self) -> list[str]:
        """What happened, for the manifest."""
        return [*self._earlier, *self._solver.notes]

    def narrow(self, model: LinearModel, question: Narrowing, seconds: float | None) -> Bounds | None:
        """Tighten the bounds of the variables; after some seconds stop with what was settled until then."""
        self._stop.clear()
        timer = threading.Timer(seconds or 0.0, self._stop.set)
        if seconds is not None:
            timer.start()
        try:
            return self._solver.narrow(model, question)
        finally:
            timer.cancel()

    def alone(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        self._stop.clear()
        return self._solver.solve(model, replace(request, workers=1), heard)

    def stop(self) -> None:
        super().stop()
        if self._thread is not None and self._thread.is_alive():
            # Deaf to the stop: it ends with its process.
            self._earlier += self._solver.notes
            self._solver.close()
            self._thread.join()
            self._solver = RestartingSolver(self._memory_mb, self._either)

    def close(self) -> None:
        self._solver.close()


class Companion(Runner):
    """A search that the run can do without: when it dies, or is too slow to stop, it gets a new process."""

    def __init__(self, memory_mb: int, interrupted: Flag, nice: int = 0) -> None:
        super().__init__(memory_mb, interrupted)
        self._nice = nice
        self._process: SolverProcess | None = None
        self._searching: SolverProcess | None = None
        self.renew()

    def renew(self) -> None:
        """Start a process, which loads while others work."""
        self.close()
        self._process = SolverProcess(self._memory_mb, self._nice)

    def start(self, model: LinearModel, request: Request, news: "Queue[News]") -> None:
        """Begin a search in the process that is there now, whatever comes after it."""
        self._searching = self._process
        super().start(model, request, news)

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        assert self._searching is not None
        return self._searching.solve(model, request, heard, self._either)

    def stop(self) -> None:
        """End the search; one that does not answer ends with its process."""
        super().stop()
        if self._thread is not None and self._thread.is_alive():
            self.renew()
            self._thread.join()

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


class Prover(Companion):
    """HiGHS on one thread: it says nothing on the way, and is stopped by ending its process."""

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        found = super()._solve(model, replace(request, engine="highs", workers=1), heard)
        sound = found.values is not None and model.broken_row(found.values) is None
        # Only a proof with a point that holds counts: it works in floating point.
        proven = found.verdict == "optimal" and sound
        return found if proven else UNKNOWN

    def _patience(self) -> float:
        # It does not hear a stop.
        return 0.0


class Crowd(Companion):
    """CP-SAT with many workers: good plans where one search alone is stuck."""

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        return super()._solve(model, replace(request, workers=MANY_WORKERS), heard)

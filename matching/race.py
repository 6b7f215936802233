"""Several solvers on the same rows, each in a process of its own: the first proof wins."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from queue import Empty, Queue

from nido.data.lingua import text
from nido.matching.bounds import dual_bound
from nido.matching.linear import LinearModel
from nido.matching.process import (
    POLL_SECONDS,
    Flag,
    Heard,
    RestartingSolver,
    SolverCrash,
    SolverDisagreement,
    SolverProcess,
)
from nido.matching.query import Bounds, Narrowing, Outcome, Request

# The first search of CP-SAT has one worker: on two processors it proves in seconds what takes eight minutes
# (docs/misure.md). The many join only where it does not: they find good plans, and give way to the rest.
MANY_WORKERS = 8
LATE_SECONDS = 20.0
NICE = 19
# Work, in deterministic time of CP-SAT, after which the plan that depends on no race is taken from HiGHS.
MOST_CANONICAL = 120.0
# How long a search that was told to stop may take to say what it has.
LAST_WORDS_SECONDS = 3.0
UNKNOWN = Outcome("unknown", None, None, None)
News = tuple["_Runner", str, object]


@dataclass(frozen=True, slots=True)
class _Either:
    one: Flag
    other: Flag

    def is_set(self) -> bool:
        return self.one.is_set() or self.other.is_set()


class _Runner:
    """One solver process and the thread that waits for its answer.

    Parameters
    ----------
    interrupted
        Set when the user wants to stop.
    """

    def __init__(self, memory_mb: int, interrupted: Flag) -> None:
        self._memory_mb = memory_mb
        self._stop = threading.Event()
        self._either = _Either(interrupted, self._stop)
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

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        raise NotImplementedError

    def stop(self) -> None:
        """End the search, with its best point if there is time for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(LAST_WORDS_SECONDS)

    def close(self) -> None:
        """End the process."""
        raise NotImplementedError


class _Lead(_Runner):
    """CP-SAT with one worker: its plan is the same every time; after a crash it is started again."""

    def __init__(self, memory_mb: int, interrupted: Flag) -> None:
        super().__init__(memory_mb, interrupted)
        self.solver = RestartingSolver(memory_mb, self._either)

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        if not request.canonical:
            return self.solver.solve(model, replace(request, workers=1), heard)
        # Neither the plans of a race nor a clock may lead it.
        alone = replace(request, workers=1, hint=(), deterministic_seconds=MOST_CANONICAL)
        return self.solver.solve(model, alone, heard)

    def narrow(self, model: LinearModel, question: Narrowing) -> Bounds | None:
        self._stop.clear()
        return self.solver.narrow(model, question)

    def alone(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        self._stop.clear()
        return self.solver.solve(model, replace(request, workers=1), heard)

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        self.solver.close()


class _Companion(_Runner):
    """A search that the run can do without: when it dies, or is too slow to stop, it gets a new process."""

    def __init__(self, memory_mb: int, interrupted: Flag, nice: int = 0) -> None:
        super().__init__(memory_mb, interrupted)
        self._nice = nice
        self._process: SolverProcess | None = None
        self.renew()

    def renew(self) -> None:
        """Start a process, which loads while others work."""
        self.close()
        self._process = SolverProcess(self._memory_mb, self._nice)

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        assert self._process is not None
        return self._process.solve(model, request, heard, self._either)

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


class _Prover(_Companion):
    """HiGHS on one thread: it says nothing on the way, and is stopped by ending its process."""

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        found = super()._solve(model, replace(request, engine="highs", workers=1), heard)
        sound = found.values is not None and model.broken_row(found.values) is None
        # Only a proof with a point that holds counts: it works in floating point.
        proven = found.verdict == "optimal" and sound
        return found if proven else UNKNOWN

    def stop(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self.renew()
            self._thread.join()


class _Crowd(_Companion):
    """CP-SAT with many workers: good plans where one search alone is stuck."""

    def _solve(self, model: LinearModel, request: Request, heard: Heard) -> Outcome:
        return super()._solve(model, replace(request, workers=MANY_WORKERS), heard)

    def stop(self) -> None:
        super().stop()
        if self._thread is not None and self._thread.is_alive():
            self.renew()
            self._thread.join()


class Race:
    """CP-SAT and HiGHS side by side.

    Parameters
    ----------
    memory_mb
        Limit on the address space of each process.
    interrupted
        Set when the user wants to stop.
    searches
        How many searches at once: 1 is CP-SAT alone, 2 adds HiGHS, more add a second CP-SAT with many workers
        to a tier that is not proven soon.
    """

    def __init__(self, memory_mb: int, interrupted: Flag, searches: int = 3) -> None:
        self._memory_mb = memory_mb
        self._interrupted = interrupted
        self._searches = searches
        self._lead = _Lead(memory_mb, interrupted)
        self._prover = _Prover(memory_mb, interrupted) if searches > 1 else None
        self._crowd: _Crowd | None = None
        self._notes: list[str] = []

    @property
    def notes(self) -> list[str]:
        """What happened, for the manifest."""
        return [*self._lead.solver.notes, *self._notes]

    def solve(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        """Solve once.

        Parameters
        ----------
        request
            With ``canonical`` the plan must depend on no race: it is waited for, even past a proof.

        Raises
        ------
        SolverCrash
            If the process of the leading search dies twice.
        SolverDisagreement
            If two proofs differ.
        """
        if not request.objective or request.deterministic_seconds is not None:
            hint = () if request.canonical and not request.objective else request.hint
            found = self._lead.alone(model, replace(request, hint=hint), heard)
            return replace(found, canonical=True)
        heat = _Heat(self._lead, self._prover, request, self._interrupted, heard)
        with self._running(heat, model, request):
            late = time.monotonic() + LATE_SECONDS
            while not heat.over():
                heat.listen(POLL_SECONDS)
                if self._searches > 2 and heat.crowd is None and time.monotonic() > late and not heat.over():
                    heat.crowd = self._crowd = self._crowd or _Crowd(self._memory_mb, self._interrupted, NICE)
                    heat.join(heat.crowd, model, request)
        return heat.outcome(model)

    def narrow(self, model: LinearModel, question: Narrowing) -> Bounds | None:
        """Tighten the bounds of the variables to what a kept tier allows; None when that failed."""
        return self._lead.narrow(model, question)

    @contextmanager
    def _running(self, heat: "_Heat", model: LinearModel, request: Request) -> Iterator[None]:
        heat.join(self._lead, model, request)
        if self._prover is not None:
            heat.join(self._prover, model, request)
        try:
            yield
        finally:
            for runner in heat.runners:
                runner.stop()
            heat.last_words()
            self._notes += heat.notes
            for runner in heat.crashed:
                if isinstance(runner, _Companion):
                    runner.renew()

    def close(self) -> None:
        """End every process."""
        for runner in (self._lead, self._prover, self._crowd):
            if runner is not None:
                runner.close()


class _Heat:
    """One question to all the runners, and what is known of its answer so far."""

    def __init__(
        self, lead: _Lead, prover: _Prover | None, request: Request, interrupted: Flag, heard: Heard | None
    ) -> None:
        self.runners: list[_Runner] = []
        self.crowd: _Crowd | None = None
        self.crashed: list[_Runner] = []
        self.notes: list[str] = []
        self._lead, self._prover = lead, prover
        self._request = request
        self._interrupted = interrupted
        self._heard = heard
        self._news: Queue[News] = Queue()
        self._answers: dict[_Runner, Outcome] = {}
        self._value: int | None = None
        self._bound: int | None = None

    def join(self, runner: _Runner, model: LinearModel, request: Request) -> None:
        """Let one more runner search."""
        self.runners.append(runner)
        runner.start(model, request, self._news)

    def over(self) -> bool:
        """Tell whether nothing more is to be waited for."""
        mine = self._answers.get(self._lead)
        if mine is not None and mine.verdict in ("optimal", "infeasible"):
            return True
        if self._interrupted.is_set():
            # HiGHS does not hear it.
            return all(runner in self._answers for runner in self.runners if runner is not self._prover)
        if len(self._answers) == len(self.runners):
            return True
        if self._request.canonical:
            return mine is not None and self._canonical_of_prover() is not None
        return self._met() or any(answer.verdict == "optimal" for answer in self._answers.values())

    def listen(self, seconds: float) -> None:
        """Take the next news.

        Raises
        ------
        SolverCrash
            If the leading search is lost.
        """
        try:
            runner, kind, body = self._news.get(timeout=seconds)
        except Empty:
            return
        self._take(runner, kind, body)

    def last_words(self) -> None:
        """Take the news that is already there."""
        while not self._news.empty():
            self._take(*self._news.get())

    def _take(self, runner: _Runner, kind: str, body: object) -> None:
        if kind == "heard":
            assert isinstance(body, tuple)
            self._hear(*body)
        elif isinstance(body, Outcome):
            self._answers[runner] = body
        elif self.over():
            return
        elif runner is self._lead:
            assert isinstance(body, SolverCrash)
            raise body
        else:
            self._answers[runner] = UNKNOWN
            self.crashed.append(runner)
            self.notes.append("un altro solutore è finito da solo")

    def _hear(self, value: int | None, bound: int | None) -> None:
        best = max if self._request.maximise else min
        tightest = min if self._request.maximise else max
        known = (self._value, self._bound)
        if value is not None:
            self._value = value if self._value is None else best(value, self._value)
        if bound is not None:
            self._bound = bound if self._bound is None else tightest(bound, self._bound)
        if self._heard is not None and (self._value, self._bound) != known:
            self._heard(self._value, self._bound)

    def _met(self) -> bool:
        """Tell whether the best value of one search is at the bound of another."""
        return self.crowd is not None and self._value is not None and self._value == self._bound

    def _canonical_of_prover(self) -> Outcome | None:
        found = None if self._prover is None else self._answers.get(self._prover)
        return found if found is not None and found.verdict == "optimal" else None

    def outcome(self, model: LinearModel) -> Outcome:
        """Give the answer.

        Raises
        ------
        SolverDisagreement
            If two proofs differ: one of the solvers is wrong, and nobody knows which.
        """
        answers = list(self._answers.values())
        proofs = [answer for answer in answers if answer.verdict == "optimal"]
        for proof in proofs:
            for answer in answers:
                _compare(answer, proof, self._request)
        mine = self._answers.get(self._lead, UNKNOWN)
        if mine.verdict in ("optimal", "infeasible"):
            return replace(mine, canonical=self._request.canonical)
        other = self._canonical_of_prover()
        if other is not None:
            return replace(other, canonical=self._request.canonical)
        return proofs[0] if proofs else self._best(model)

    def _best(self, model: LinearModel) -> Outcome:
        """Join the best point and the tightest bound of all the searches."""
        found = [answer for answer in self._answers.values() if answer.values is not None]
        points = [(answer.objective, answer.values) for answer in found]
        hint, request = self._request.hint, self._request
        if hint and len(hint) == len(model.lower) and model.broken_row(hint) is None:
            points.append((model.value(request.objective, hint), hint))
        if not points:
            return UNKNOWN
        best, tightest = (max, min) if request.maximise else (min, max)
        value, values = best(points, key=lambda point: point[0] or 0)
        if value is None:
            return UNKNOWN
        bounds = [b for b in (self._bound, *(answer.bound for answer in found)) if b is not None]
        ranges = dual_bound(model, request.objective, request.maximise, [0.0] * len(model.rows))
        bound = tightest([ranges, *bounds])
        return Outcome("optimal" if bound == value else "feasible", value, bound, values)


def _compare(found: Outcome, proof: Outcome, request: Request) -> None:
    """Refuse a proof that another answer contradicts.

    Raises
    ------
    SolverDisagreement
        If the other says that there is no plan, has a better one, or a bound that the proven value passes.
    """
    sign = 1 if request.maximise else -1
    value = sign * (proof.objective or 0)
    better = request.gap == 0 and found.objective is not None and sign * found.objective > value
    passed = found.bound is not None and sign * found.bound < value
    if found.verdict == "infeasible" or better or passed:
        raise SolverDisagreement(
            text(
                "i due solutori si contraddicono: {mine} e {other}",
                "the two solvers contradict each other: {mine} and {other}",
                mine=found.verdict if found.objective is None else found.objective,
                other=proof.objective,
            )
        )

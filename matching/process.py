"""The parent's side of the solver process: start it, feed it, hear its progress, survive its crash."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from queue import Empty, Queue
from typing import Any, Protocol

from nido.data.lingua import text
from nido.data.problems import NidoError
from nido.matching.linear import LinearModel
from nido.matching.query import Bounds, Narrowing, Outcome, Request
from nido.matching.worker import receive, send

Heard = Callable[[int | None, int | None], None]
# -P: a file of the user's folder with the name of a module must never be imported in its place.
WORKER = (sys.executable, "-P", "-m", "nido.matching.worker")
# A group of its own, where sessions do not exist (Windows): Ctrl-C must not reach the child.
OWN_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
POLL_SECONDS = 0.1
LAST_WORDS_SECONDS = 2.0


class Flag(Protocol):
    """Something that is set or not, such as an event."""

    def is_set(self) -> bool:
        """Tell whether it is set."""
        ...


class SolverCrash(NidoError):
    """The solver process ended without an answer (exit code 8)."""

    exit_code = 8


class SolverDisagreement(NidoError):
    """Two independent answers about the same model differ: no result is shown (exit code 8)."""

    exit_code = 8


class SolverProcess:
    """A child process that solves linear models, one at a time.

    Parameters
    ----------
    memory_mb
        Limit on its address space.
    nice
        By how much to lower its priority.
    """

    def __init__(self, memory_mb: int, nice: int = 0) -> None:
        self._job = 0
        # A session of its own: Ctrl-C reaches the parent alone, which asks the child for its best point.
        self._child = subprocess.Popen(
            [*WORKER, str(memory_mb), str(nice)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=OWN_GROUP,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self._messages: Queue[tuple[str, Any]] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._child.pid

    def solve(self, model: LinearModel, request: Request, heard: Heard | None, interrupted: Flag) -> Outcome:
        """Solve once; when `interrupted` is set the best point so far comes back.

        Raises
        ------
        SolverCrash
            If the child dies or runs out of memory.
        """
        outcome: Outcome = self._ask(model, request, heard, interrupted)
        return outcome

    def narrow(self, model: LinearModel, question: Narrowing, interrupted: Flag) -> Bounds:
        """Tighten the bounds of the variables (see `nido.matching.narrow`).

        Raises
        ------
        SolverCrash
            If the child dies or runs out of memory.
        """
        bounds: Bounds = self._ask(model, question, None, interrupted)
        return bounds

    def _ask(
        self, model: LinearModel, question: Request | Narrowing, heard: Heard | None, interrupted: Flag
    ) -> Any:
        self._job += 1
        self._send((self._job, model, question))
        told = False
        while True:
            if interrupted.is_set() and not told:
                told = True
                self._send(self._job)
            try:
                kind, body = self._messages.get(timeout=POLL_SECONDS)
            except Empty:
                # A search that is just starting does not hear it: it is told again until it answers.
                told = False
                continue
            if kind == "progress" and heard is not None:
                heard(*body)
            elif kind == "result":
                return body
            elif kind == "failed":
                raise SolverCrash(_failure(str(body)))
            elif kind in ("end", "memory"):
                raise SolverCrash(self._epitaph(kind))

    def close(self) -> None:
        """End the child."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue

    def _send(self, message: object) -> None:
        assert self._child.stdin is not None
        try:
            send(self._child.stdin, message)
        except (OSError, ValueError):
            # A pipe that is broken, or closed by another thread.
            self._messages.put(("end", None))

    def _read(self) -> None:
        assert self._child.stdout is not None
        try:
            while True:
                message = receive(self._child.stdout)
                self._messages.put(message)  # type: ignore[arg-type]
        except Exception:
            # Whatever it sent, it is no message: who waits for one must hear that none will come.
            self._messages.put(("end", None))

    def _epitaph(self, kind: str) -> str:
        if kind == "memory":
            return text(
                "il solutore ha esaurito la memoria concessa (--memoria): nessun risultato è stato scritto",
                "the solver ran out of the memory granted to it (--memoria): no result was written",
            )
        return text(
            "il processo del solutore è finito da solo ({how}), forse per mancanza di memoria (--memoria): "
            "nessun risultato è stato scritto",
            "the solver process died ({how}), perhaps for lack of memory (--memoria): no result was written",
            how=_ending(self._exit_code()),
        )

    def _exit_code(self) -> int:
        try:
            return self._child.wait(LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            # It talks nonsense but lives.
            self._child.kill()
            return self._child.wait()


def _failure(name: str) -> str:
    return text(
        "errore nel processo del solutore ({name}), forse per mancanza di memoria (--memoria): "
        "nessun risultato è stato scritto",
        "error in the solver process ({name}), perhaps for lack of memory (--memoria): no result was written",
        name=name,
    )


def _ending(code: int) -> str:
    try:
        return text("segnale {name}", "signal {name}", name=signal.Signals(-code).name)
    except ValueError:
        return text("codice {code}", "code {code}", code=code)


class RestartingSolver:
    """A solver process that is started again once after a crash, then with one worker and another seed.

    Attributes
    ----------
    notes
        What happened, for the manifest.
    """

    def __init__(self, memory_mb: int, interrupted: Flag, nice: int = 0) -> None:
        self._memory_mb = memory_mb
        self._nice = nice
        self._interrupted = interrupted
        self._process = SolverProcess(memory_mb, nice)
        self._crashed = self._closed = False
        self.notes: list[str] = []

    def solve(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        """Solve once; after a crash try once more.

        Raises
        ------
        SolverCrash
            If the process dies twice.
        """
        started = time.monotonic()
        try:
            return self._process.solve(model, self._allowed(request), heard, self._interrupted)
        except SolverCrash:
            if self._crashed or self._closed:
                raise
            self._restart()
            again = replace(self._allowed(request), seconds=_left(request.seconds, started))
            return self._process.solve(model, again, heard, self._interrupted)

    def narrow(self, model: LinearModel, question: Narrowing) -> Bounds | None:
        """Tighten the bounds of the variables; None after a crash: a solve can do without.

        Raises
        ------
        SolverCrash
            If the process dies for the second time.
        """
        try:
            return self._process.narrow(model, question, self._interrupted)
        except SolverCrash:
            if self._crashed or self._closed:
                raise
            self._restart()
            return None

    def _allowed(self, request: Request) -> Request:
        # A search with one worker does the same again, crash included, unless its seed is another.
        return replace(request, workers=1, seed=request.seed + 1) if self._crashed else request

    def _restart(self) -> None:
        self._process.close()
        self._crashed = True
        self.notes.append("ripartito con un solo processo dopo un crash")
        self._process = SolverProcess(self._memory_mb, self._nice)

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self._process.close()


def _left(seconds: float | None, started: float) -> float | None:
    return None if seconds is None else max(0.0, seconds - (time.monotonic() - started))

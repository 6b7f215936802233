"""The parent's side of the solver process: start it, feed it, hear its progress, survive its crash."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from queue import Empty, Queue
from typing import Any

from nido.data.lingua import text
from nido.data.problems import NidoError
from nido.matching.linear import LinearModel
from nido.matching.query import Outcome, Request
from nido.matching.worker import receive, send

Heard = Callable[[int | None, int | None], None]


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
    """

    def __init__(self, memory_mb: int) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which asks the child for its best point.
        self._child = subprocess.Popen(
            [sys.executable, "-m", "nido.matching.worker", str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self._messages: Queue[tuple[str, Any]] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._child.pid

    def solve(
        self, model: LinearModel, request: Request, heard: Heard | None, interrupted: threading.Event
    ) -> Outcome:
        """Solve once; when `interrupted` is set the best point so far comes back.

        Raises
        ------
        SolverCrash
            If the child dies or runs out of memory.
        """
        self._send((model, request))
        asked_to_stop = False
        while True:
            if interrupted.is_set() and not asked_to_stop:
                asked_to_stop = True
                self._send("stop")
            try:
                kind, body = self._messages.get(timeout=0.1)
            except Empty:
                continue
            if kind == "progress" and heard is not None:
                heard(*body)
            elif kind == "result":
                outcome: Outcome = body
                return outcome
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
        except (BrokenPipeError, OSError):
            self._messages.put(("end", None))

    def _read(self) -> None:
        assert self._child.stdout is not None
        try:
            while True:
                message = receive(self._child.stdout)
                self._messages.put(message)  # type: ignore[arg-type]
        except (EOFError, OSError, ValueError):
            self._messages.put(("end", None))

    def _epitaph(self, kind: str) -> str:
        if kind == "memory":
            return text(
                "il solutore ha esaurito la memoria concessa",
                "the solver ran out of the memory granted to it",
            )
        code = self._child.wait()
        return text(
            "il processo del solutore è finito da solo (codice {code}): nessun risultato è stato scritto",
            "the solver process died (code {code}): no result was written",
            code=code,
        )


class RestartingSolver:
    """A solver process that is started again once, with one worker, after a crash.

    Attributes
    ----------
    notes
        What happened, for the manifest.
    """

    def __init__(self, memory_mb: int, interrupted: threading.Event) -> None:
        self._memory_mb = memory_mb
        self._interrupted = interrupted
        self._process = SolverProcess(memory_mb)
        self._crashed = False
        self.notes: list[str] = []

    def solve(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        """Solve once; after a crash try once more.

        Raises
        ------
        SolverCrash
            If the process dies twice.
        """
        wanted = replace(request, workers=1) if self._crashed else request
        try:
            return self._process.solve(model, wanted, heard, self._interrupted)
        except SolverCrash:
            self.close()
            if self._crashed:
                raise
            self._crashed = True
            self.notes.append("ripartito con un solo processo dopo un crash")
            self._process = SolverProcess(self._memory_mb)
            return self._process.solve(model, replace(request, workers=1), heard, self._interrupted)

    def close(self) -> None:
        """End the process."""
        self._process.close()

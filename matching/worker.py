"""The child process in which solvers run: a native crash costs a message, never a result.

It talks in length-prefixed pickles over its own standard input and output, and only with the parent that
started it. It ends when the parent closes its input.
"""

import contextlib
import os
import pickle
import struct
import sys
import threading
from queue import Queue
from typing import IO, Protocol

from nido.matching.linear import LinearModel
from nido.matching.narrow import narrow
from nido.matching.query import Bounds, Narrowing, Outcome, Request

Job = tuple[int, LinearModel, Request | Narrowing]
MESSAGE_HEAD = struct.Struct("<Q")
MEGABYTE = 2**20


class Stoppable(Protocol):
    """A search that ends early when it is told to; from any thread."""

    def stop(self) -> None:
        """End soon, with what there is."""


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(MESSAGE_HEAD.pack(len(body)) + body)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Read one message.

    Raises
    ------
    EOFError
        If the other side is gone.
    """
    head = stream.read(MESSAGE_HEAD.size)
    if len(head) < MESSAGE_HEAD.size:
        raise EOFError
    (size,) = MESSAGE_HEAD.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return pickle.loads(body)


def limit_memory(megabytes: int) -> None:
    """Bound the address space of this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        # A core file would leave the scenario's figures in the user's folder.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))


def lower_priority(steps: int) -> None:
    """Give way to other processes, where the system can."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(steps)


class Worker:
    """Answers one question after another, while a thread listens for what comes next.

    Parameters
    ----------
    source, target
        Where the parent's messages come from, and where the answers go.
    """

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._jobs: Queue[Job] = Queue()
        self._running: tuple[int, Stoppable] | None = None
        self._stopped: set[int] = set()
        self._writing = threading.Lock()

    def run(self) -> None:
        """Serve until the parent closes the input."""
        # Said before the listener can say anything: the parent waits for this word first.
        self._tell("ready", None)
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            job = self._jobs.get()
            try:
                found = self._answer(*job)
            except MemoryError:
                self._tell("memory", None)
            except Exception as error:
                # Its text could hold anything; the name of its type does not.
                self._tell("failed", type(error).__name__)
            else:
                self._tell("result", found)

    def _tell(self, kind: str, body: object) -> None:
        with self._writing:
            send(self._target, (kind, body))

    def _listen(self) -> None:
        while True:
            try:
                message = receive(self._source)
            except EOFError:
                os._exit(0)
            except MemoryError:
                # Without this thread the parent would wait for ever.
                self._tell("memory", None)
                os._exit(1)
            if isinstance(message, int):
                # A number alone asks to stop that job, whether it runs already or not.
                self._stopped.add(message)
                if self._running is not None and self._running[0] == message:
                    self._running[1].stop()
            else:
                self._jobs.put(message)  # type: ignore[arg-type]

    def _answer(self, number: int, model: LinearModel, question: Request | Narrowing) -> Outcome | Bounds:
        from nido.matching import adapter

        if isinstance(question, Narrowing):
            relaxation = adapter.Relaxation(model)
            self._start(number, relaxation)
            return narrow(model, question, relaxation)
        solver = adapter.Solver(model)
        self._start(number, solver)
        if question.engine == "cp_sat":
            return solver.solve(question, lambda value, bound: self._tell("progress", (value, bound)))
        return adapter.solve_as_mip(model, question, question.engine)

    def _start(self, number: int, solver: Stoppable) -> None:
        self._running = (number, solver)
        if number in self._stopped:
            solver.stop()


def main() -> None:
    """Serve solves until the parent closes the input.

    Arguments: the memory limit in MB, and by how much to lower the priority of this process.
    """
    limit_memory(int(sys.argv[1]))
    lower_priority(int(sys.argv[2]))
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a native library prints must not mix with the messages.
    os.dup2(2, 1)
    # Loaded before the first question comes.
    import nido.matching.adapter  # noqa: F401

    Worker(source, target).run()


if __name__ == "__main__":
    main()

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
from typing import IO

MESSAGE_HEAD = struct.Struct("<Q")
MEGABYTE = 2**20


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


def main() -> None:
    """Serve solves until the parent closes the input."""
    limit_memory(int(sys.argv[1]))
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a native library prints must not mix with the messages.
    os.dup2(2, 1)
    from nido.matching.adapter import Solver
    from nido.matching.linear import LinearModel
    from nido.matching.query import Request

    jobs: Queue[tuple[LinearModel, Request] | None] = Queue()
    current: list[Solver] = []
    stopped = threading.Event()
    writing = threading.Lock()

    def tell(message: object) -> None:
        with writing:
            send(target, message)

    def listen() -> None:
        while True:
            try:
                message = receive(source)
            except EOFError:
                os._exit(0)
            except MemoryError:
                # Without this thread the parent would wait for ever.
                tell(("memory", None))
                os._exit(1)
            if message == "stop":
                stopped.set()
                for solver in current:
                    solver.stop()
            else:
                jobs.put(message)  # type: ignore[arg-type]

    threading.Thread(target=listen, daemon=True).start()
    tell(("ready", None))
    while (job := jobs.get()) is not None:
        model, request = job
        solver = Solver(model)
        current[:] = [solver]
        if stopped.is_set():
            solver.stop()
        try:
            outcome = solver.solve(request, lambda value, bound: tell(("progress", (value, bound))))
        except MemoryError:
            tell(("memory", None))
        else:
            tell(("result", outcome))


if __name__ == "__main__":
    main()

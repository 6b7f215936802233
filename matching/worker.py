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


def lower_priority(steps: int) -> None:
    """Give way to other processes, where the system can."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(steps)


def main() -> None:
    """Serve solves until the parent closes the input.

    Arguments: the memory limit in MB, and by how much to lower the priority of this process.
    """
    limit_memory(int(sys.argv[1]))
    lower_priority(int(sys.argv[2]))
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a native library prints must not mix with the messages.
    os.dup2(2, 1)
    from nido.matching.adapter import Solver, solve_as_mip
    from nido.matching.linear import LinearModel
    from nido.matching.query import Request

    jobs: Queue[tuple[int, LinearModel, Request]] = Queue()
    current: list[Solver] = []
    stopped: set[int] = set()
    running = [0]
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
            if isinstance(message, int):
                # A number alone asks to stop that job, whether it runs already or not.
                stopped.add(message)
                for solver in current if running[0] == message else ():
                    solver.stop()
            else:
                jobs.put(message)  # type: ignore[arg-type]

    # Said before the listener can say anything: the parent waits for this word first.
    tell(("ready", None))
    threading.Thread(target=listen, daemon=True).start()
    while True:
        number, model, request = jobs.get()
        solver = Solver(model)
        current[:], running[0] = [solver], number
        if number in stopped:
            solver.stop()
        try:
            if request.engine == "cp_sat":
                outcome = solver.solve(request, lambda value, bound: tell(("progress", (value, bound))))
            else:
                outcome = solve_as_mip(model, request, request.engine)
        except MemoryError:
            tell(("memory", None))
        else:
            tell(("result", outcome))


if __name__ == "__main__":
    main()

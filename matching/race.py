"""Several solvers on the same rows, each in a process of its own: one leads, the others vouch and step in."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from nido.matching.heat import Heat
from nido.matching.linear import LinearModel
from nido.matching.process import POLL_SECONDS, Flag, Heard
from nido.matching.query import Bounds, Narrowing, Outcome, Request
from nido.matching.runners import NICE, Companion, Crowd, Lead, Prover

# The search that leads has one worker: on two processors it proves in seconds what many take minutes for
# (docs/misure.md). The many join only where it does not: they find good plans, and give way to the rest.
LATE_SECONDS = 20.0


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
        self._lead = Lead(memory_mb, interrupted, bounded=searches > 1)
        self._prover = Prover(memory_mb, interrupted) if searches > 1 else None
        self._crowd: Crowd | None = None
        self._notes: list[str] = []

    @property
    def notes(self) -> list[str]:
        """What happened, for the manifest."""
        return [*self._lead.notes, *self._notes]

    def solve(self, model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        """Solve once.

        The leading search is waited for even when another has a proof, as long as its work is bounded: so the
        plan depends on no race, and that of the next question, which starts from it, on none either.

        Raises
        ------
        SolverCrash
            If the process of the leading search dies twice.
        SolverDisagreement
            If two proofs differ.
        """
        if not request.objective or request.deterministic_seconds is not None:
            return replace(self._lead.alone(model, request, heard), canonical=True)
        heat = Heat(self._lead, self._prover, request, self._interrupted, heard)
        with self._running(heat, model, request):
            late = time.monotonic() + LATE_SECONDS
            while not heat.over():
                heat.listen(POLL_SECONDS)
                if self._searches > 2 and heat.crowd is None and time.monotonic() > late and not heat.over():
                    heat.crowd = self._crowd = self._crowd or Crowd(self._memory_mb, self._interrupted, NICE)
                    heat.join(heat.crowd, model, request)
        if heat.given_up():
            # Nobody else is left to prove it: the leading search goes on without a bound on its work.
            return self._lead.alone(model, replace(request, seconds=heat.seconds_left()), heard)
        return heat.outcome(model)

    def narrow(self, model: LinearModel, question: Narrowing, seconds: float | None = None) -> Bounds | None:
        """Tighten the bounds of the variables to what a kept tier allows; None when that failed."""
        return self._lead.narrow(model, question, seconds)

    @contextmanager
    def _running(self, heat: "Heat", model: LinearModel, request: Request) -> Iterator[None]:
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
                if isinstance(runner, Companion):
                    runner.renew()

    def close(self) -> None:
        """End every process."""
        for runner in (self._lead, self._prover, self._crowd):
            if runner is not None:
                runner.close()

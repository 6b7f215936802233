"""The solver canary: tiny models with a known answer, each in a child process like every other solve.

A solver release or a machine on which the guards of the adapter no longer hold gives itself away here,
before it can give a wrong optimum.
"""

import subprocess
import sys
import threading

from nido.data.lingua import text
from nido.matching.linear import LinearModel
from nido.matching.options import SolveOptions
from nido.matching.process import SolverCrash, SolverProcess
from nido.matching.query import Outcome, Request

OPTIMUM = 29
COMMAND = "from nido.matching.adapter import canary_value; print(canary_value())"
# Loading a solver for the first time can take long on a slow disk.
PATIENCE_SECONDS = 120
# Largest x + 2y + 3z of three choices of which two may be taken.
TRIAL_OPTIMUM = 5


def run() -> tuple[str, ...]:
    """Solve every model with a known answer.

    Returns
    -------
    tuple of str
        One sentence per wrong answer; empty when the solver can be believed.
    """
    return (*canary_faults(), *trial_faults())


def canary_in_child() -> int | None:
    """Give what the guarded solver takes for the optimum of the canary; None when it gives no answer."""
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-c", COMMAND],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
        return int(ended.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None


def canary_faults() -> tuple[str, ...]:
    """Solve the model on which an unguarded solver is wrong; one sentence if it is wrong here too."""
    found = canary_in_child()
    if found == OPTIMUM:
        return ()
    return (
        text(
            "il solutore dà un ottimo sbagliato o nessuno ({found}, quello giusto è {right})",
            "the solver gives a wrong optimum or none ({found}, the right one is {right})",
            found=found,
            right=OPTIMUM,
        ),
    )


def trial_faults() -> tuple[str, ...]:
    """Solve three choices as a run does: in its process, with all its workers."""
    model = LinearModel()
    choices = [model.variable() for _ in range(3)]
    model.add([(choice, 1) for choice in choices], high=2)
    terms = tuple((choice, worth) for worth, choice in enumerate(choices, start=1))
    try:
        best = _solve(model, terms)
        model.add(terms, low=TRIAL_OPTIMUM + 1)
        beyond = _solve(model, terms)
    except SolverCrash as crash:
        return (str(crash),)
    found = (best.verdict, best.objective, best.bound, beyond.verdict)
    if found == ("optimal", TRIAL_OPTIMUM, TRIAL_OPTIMUM, "infeasible"):
        return ()
    return (text("modello di prova: {found}", "trial model: {found}", found=found),)


def _solve(model: LinearModel, terms: tuple[tuple[int, int], ...]) -> Outcome:
    process = SolverProcess(SolveOptions().memory_mb)
    try:
        return process.solve(model, Request(terms, maximise=True), None, threading.Event())
    finally:
        process.close()

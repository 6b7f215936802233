"""What is asked of a solver and what it answers: plain data, so that the parent never loads ortools."""

from dataclasses import dataclass
from typing import Literal

from nido.matching.linear import Term

Engine = Literal["cp_sat", "highs", "scip"]
Verdict = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Request:
    """One solve of a linear model.

    Attributes
    ----------
    objective
        Expression to optimise; empty = any feasible point.
    maximise
        Direction.
    hint
        Values of the first variables, tried first; may be shorter than the model.
    seconds, deterministic_seconds
        Limits; None = none.
    gap
        Relative gap at which to stop.
    presolve
        False for the second opinion on infeasibility.
    engine
        Solver that is given the rows.
    """

    objective: tuple[Term, ...]
    maximise: bool
    hint: tuple[int, ...] = ()
    seconds: float | None = None
    deterministic_seconds: float | None = None
    gap: float = 0.0
    workers: int = 1
    seed: int = 0
    presolve: bool = True
    engine: Engine = "cp_sat"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Asks which values of the variables no point can take whose objective reaches a limit.

    Attributes
    ----------
    objective, maximise
        Expression and direction.
    limit
        Least (most, for a minimum) value of the expression.
    """

    objective: tuple[Term, ...]
    maximise: bool
    limit: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of every variable of a model."""

    lower: tuple[int, ...]
    upper: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solve gave: verdict, objective and bound (None without an objective or a point), values.

    `canonical` is True when the values depend on no race between processes; `work` is what CP-SAT spent, in
    its deterministic time.
    """

    verdict: Verdict
    objective: int | None
    bound: int | None
    values: tuple[int, ...] | None
    canonical: bool = False
    work: float = 0.0


UNKNOWN = Outcome("unknown", None, None, None)

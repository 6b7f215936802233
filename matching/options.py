"""How to solve, and what a running solve tells: plain types that the command line can import for free."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How to solve.

    Attributes
    ----------
    time_limit
        Seconds for the whole run; None = no limit.
    gap
        Relative gap at which a tier may stop.
    workers
        Solver threads; None = 8, the best measured on two cores.
    seed
        Seed of the solver and of the lot.
    deterministic
        One worker and deterministic time: the same bytes even when a tier is not proven.
    memory_mb
        Limit on the solver process.
    """

    time_limit: float | None = None
    gap: float = 0.0
    workers: int | None = None
    seed: int = 0
    deterministic: bool = False
    memory_mb: int = 4096


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a running solve stands: tier, elapsed seconds, best value, bound, gap, solutions so far, unit."""

    livello: str
    numero: int
    livelli: int
    secondi: float
    valore: int | None
    limite: int | None
    gap: float | None
    soluzioni: int
    # As in a result: a tier of money may count in cents, in tens of cents or in euro.
    unita: str = "cent"

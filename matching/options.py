"""How to solve, and what a running solve tells: plain types that the command line can import for free."""

from dataclasses import dataclass

MOST_SEARCHES = 3


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
        Searches at once (see `nido.matching.race`); None = as many as help.
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

    @property
    def searches(self) -> int:
        """Searches at once: one when the answer must depend on no clock at all."""
        return 1 if self.deterministic else self.workers or MOST_SEARCHES


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

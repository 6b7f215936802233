"""A linear model over bounded integers that any solver can be given: rows, bounds, no solver code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

ROW_LIMIT = 2**31
Term = tuple[int, int]
# What a row comes from, as a path of keys and ids in the scenario: ("gestori", "nido_uno", "posti").
Subject = tuple[str, ...]


class RowTooLargeError(ArithmeticError):
    """A row whose sum of |coefficient| x range reaches 2^31: the solver could certify a wrong optimum."""

    def __init__(self, label: str, size: int) -> None:
        self.label = label
        self.size = size
        super().__init__(f"{label}: {size}")

    def __reduce__(self) -> tuple[type["RowTooLargeError"], tuple[str, int]]:
        return (type(self), (self.label, self.size))


@dataclass(slots=True)
class LinearModel:
    """Bounded integer variables and linear rows ``low <= sum(coefficient * variable) <= high``.

    Attributes
    ----------
    lower, upper
        Bounds of each variable.
    rows
        Variable positions and coefficients of each row.
    low, high
        Bounds of each row; None = unbounded.
    labels
        The rule that posted each row.
    subjects
        The requirement of the scenario behind each row; empty for a row that only defines a variable.
    fixes
        Variables that a requirement restricts to one value: (variable, bounds before, value, subject).
    """

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    low: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    fixes: list[tuple[int, tuple[int, int], int, Subject]] = field(default_factory=list)
    label: str = ""

    def variable(self, lower: int = 0, upper: int = 1) -> int:
        """Add a variable and give its position."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def fix(self, variable: int, value: int, about: Subject = ()) -> None:
        """Restrict a variable to one value; contradictory calls leave an empty range, hence infeasibility."""
        self.fixes.append((variable, (self.lower[variable], self.upper[variable]), value, about))
        self.lower[variable] = max(self.lower[variable], value)
        self.upper[variable] = min(self.upper[variable], value)

    def add(
        self,
        terms: Iterable[Term],
        low: int | None = None,
        high: int | None = None,
        about: Subject = (),
    ) -> None:
        """Add a row; terms on the same variable are summed.

        Raises
        ------
        RowTooLargeError
            If the sum of |coefficient| x range reaches 2^31.
        """
        summed: dict[int, int] = {}
        for variable, coefficient in terms:
            summed[variable] = summed.get(variable, 0) + coefficient
        kept = [(variable, coefficient) for variable, coefficient in summed.items() if coefficient]
        if not kept and (low is None or low <= 0) and (high is None or high >= 0):
            return
        self.check_size(kept)
        self.rows.append((tuple(v for v, _ in kept), tuple(c for _, c in kept)))
        self.low.append(low)
        self.high.append(high)
        self.labels.append(self.label)
        self.subjects.append(about)

    def check_size(self, terms: Sequence[Term]) -> None:
        """Refuse an expression that could overflow inside the solver (`ROW_LIMIT`)."""
        size = sum(
            abs(coefficient) * max(abs(self.lower[variable]), abs(self.upper[variable]))
            for variable, coefficient in terms
        )
        if size >= ROW_LIMIT:
            raise RowTooLargeError(self.label, size)

    def at_most_one(self, variables: Iterable[int], about: Subject = ()) -> None:
        """At most one of some binary variables."""
        self.add([(variable, 1) for variable in variables], high=1, about=about)

    def implies(self, if_this: int, then_that: int, about: Subject = ()) -> None:
        """Binary implication: ``if_this <= then_that``."""
        self.add([(if_this, 1), (then_that, -1)], high=0, about=about)

    def broken_row(self, values: Sequence[int]) -> str | None:
        """Name the rule of the first row or bound that a point breaks; None when it keeps them all."""
        for variable, value in enumerate(values):
            if not self.lower[variable] <= value <= self.upper[variable]:
                return "limiti"
        for (positions, coefficients), low, high, label in zip(
            self.rows, self.low, self.high, self.labels, strict=True
        ):
            total = sum(c * values[k] for k, c in zip(positions, coefficients, strict=True))
            if (low is not None and total < low) or (high is not None and total > high):
                return label
        return None

    def without(self, labels: frozenset[str]) -> "LinearModel":
        """Copy the model with the rows of some rules left out."""
        kept = [k for k, label in enumerate(self.labels) if label not in labels]
        return LinearModel(
            self.lower,
            self.upper,
            [self.rows[k] for k in kept],
            [self.low[k] for k in kept],
            [self.high[k] for k in kept],
            [self.labels[k] for k in kept],
            [self.subjects[k] for k in kept],
        )

    def within(self, lower: Sequence[int], upper: Sequence[int]) -> "LinearModel":
        """Share the rows, with tighter bounds of the first variables."""
        held = len(lower)
        return replace(self, lower=[*lower, *self.lower[held:]], upper=[*upper, *self.upper[held:]])

    def free(self) -> int:
        """Count the variables that have more than one value left."""
        return sum(low < high for low, high in zip(self.lower, self.upper, strict=True))

    def value(self, terms: Iterable[Term], values: Sequence[int]) -> int:
        """Evaluate an expression at a point."""
        return sum(coefficient * values[variable] for variable, coefficient in terms)

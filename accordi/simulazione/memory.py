"""What the courses of one plan have worked out, and need not work out again."""

from dataclasses import dataclass, field

from nido.accordi.amount import Amount
from nido.accordi.simulazione.settled import Settled

Owed = tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a plan; every key holds all that decides its value, beside the plan.

    Attributes
    ----------
    settled
        The payments of amounts.
    places
        What the places of a convention owe in a month.
    stays
        What the stay of a child in a convention owes in a period.
    peaks
        Provider and month of the plan -> children, sorted -> most of them present at once.
    """

    settled: Settled
    places: dict[tuple[object, ...], Owed] = field(default_factory=dict)
    stays: dict[tuple[object, ...], Owed] = field(default_factory=dict)
    peaks: dict[tuple[str, str | None], dict[tuple[str, ...], int]] = field(default_factory=dict)

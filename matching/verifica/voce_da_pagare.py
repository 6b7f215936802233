"""An item to be split among the payers, and what limited payers have given so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

# All payers of a mode draw on the same account; no id of a payer has a space.
BONUS = "bonus inps"
TRANSFER = "trasferimento provinciale"
VAT = "iva"

# (child, month) -> days attended; a child is enrolled in the months that it has.
Attended = Mapping[tuple[str, str], int]
NO_DAYS: Attended = MappingProxyType({})


class Bill(NamedTuple):
    """One item to be split.

    Attributes
    ----------
    azienda, componente
        Whose agreement and which component.
    children
        Children enrolled in the month, in the order of the scenario; for an item of one child only it.
    by_child
        Whether the item belongs to a single child.
    months
        Months, such as ``2026-10``, whose limits it may use.
    amount
        Whole cents.
    hours
        Child-hours of an item of hours.
    day
        Day of the item, on which a row of the tables must hold.
    gestore
        Provider.
    fascia
        Fascia, of an item of one or of its VAT.
    taxed
        Component that an item of VAT is about.
    attended
        Days attended by every child in every month of the plan.
    """

    azienda: str
    componente: str
    children: Sequence[str]
    by_child: bool
    months: Sequence[str]
    amount: int
    hours: Fraction = Fraction(0)
    day: date = date.max
    gestore: str = ""
    fascia: str | None = None
    taxed: str | None = None
    attended: Attended = NO_DAYS

    @property
    def kind(self) -> str:
        """Component, or the one that is taxed."""
        return self.componente if self.taxed is None else self.taxed


@dataclass(slots=True)
class Purse:
    """What limited payers have given so far.

    Attributes
    ----------
    given
        (payer or shared account, child, month) -> cents.
    bonuses
        (child, year) -> months for which the child has had a bonus.
    vouchers
        (child, year) -> cents of vouchers.
    spent
        (child, year) -> cents that count for the income tax.
    """

    given: dict[tuple[str, str, str], int] = field(default_factory=dict)
    bonuses: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    vouchers: dict[tuple[str, str], int] = field(default_factory=dict)
    spent: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, account: str, bambino: str, month: str, amount: int) -> None:
        """Write a payment down."""
        key = (account, bambino, month)
        self.given[key] = self.given.get(key, 0) + amount
        if account == BONUS:
            self.bonuses.setdefault((bambino, month[:4]), set()).add(month)

    def bonus_months(self, bambino: str, year: str) -> int:
        """Count the months of a year for which a child has had a bonus."""
        return len(self.bonuses.get((bambino, year), ()))


def evenly(amount: int, limits: Sequence[int]) -> list[int]:
    """Give equal parts up to each one's limit, the odd cents to the first ones that may take more."""
    if sum(limits) <= amount:
        return list(limits)
    # The lowest limits are reached first, as long as an equal part of what is left reaches them.
    low, left, others = 0, amount, len(limits)
    for limit in sorted(limits):
        low = left // others
        if limit > low:
            break
        left, others = left - limit, others - 1
    parts = [min(limit, low) for limit in limits]
    odd = amount - sum(parts)
    for place, limit in enumerate(limits):
        if odd and limit > low:
            parts[place] += 1
            odd -= 1
    return parts

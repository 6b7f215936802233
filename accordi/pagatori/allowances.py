"""What the payers with a limit may still pay for each child, month and year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nido.accordi.amount import first_day
from nido.accordi.money import cents
from nido.accordi.pagatori.facts import Facts
from nido.accordi.pagatori.mode import Turn
from nido.accordi.pagatori.modes import MODES
from nido.scenari.domanda import Bambino
from nido.scenari.regole import Pagatore

# What has been counted for a child in a calendar year: (account, month or year) -> cents, none of them zero.
Page = frozenset[tuple[tuple[str, str], int]]
BLANK: Page = frozenset()


class Allowances:
    """What the payers with a limit may still pay for each child, month and year.

    One object serves the whole ledger, so that what a child has had is known to every later amount.

    Parameters
    ----------
    children
        The children of the scenario, by id.
    facts
        What else the payers must know; without it, no more than the children.
    """

    def __init__(self, children: Mapping[str, Bambino], facts: Facts | None = None) -> None:
        self.facts = Facts(children) if facts is None else facts
        # By child and calendar year; a page is its account as it was last read or put in.
        self._accounts: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
        self._pages: dict[tuple[str, str], Page] = {}
        self._by_payer: dict[int, _Limits] = {}
        # Whether any account has been looked at since somebody last put it to False.
        self.consulted = False

    def spent(self, account: str, bambino: str, period: str) -> int:
        """Tell what has been counted on an account for a child in a month or a year, in cents."""
        return self._open(bambino, period[:4]).get((account, period), 0)

    def count(self, account: str, bambino: str, period: str, cents: int) -> None:
        """Count something on an account."""
        if cents:
            counted, year = self._open(bambino, period[:4]), period[:4]
            counted[account, period] = counted.get((account, period), 0) + cents
            self._pages.pop((bambino, year), None)

    def page(self, bambino: str, year: str) -> Page:
        """Give all that has been counted for a child in a calendar year."""
        key = (bambino, year)
        found = self._pages.get(key)
        if found is None:
            counted = self._accounts.get(key)
            found = self._pages[key] = frozenset(counted.items()) if counted else BLANK
        return found

    def put(self, bambino: str, year: str, page: Page) -> None:
        """Replace all that has been counted for a child in a calendar year."""
        self._accounts.pop((bambino, year), None)
        self._pages[bambino, year] = page

    def _open(self, bambino: str, year: str) -> dict[tuple[str, str], int]:
        self.consulted = True
        key = (bambino, year)
        found = self._accounts.get(key)
        if found is None:
            found = self._accounts[key] = dict(self._pages.get(key, BLANK))
        return found

    def room(self, turn: Turn) -> int | None:
        """Most that a payer may pay of an amount for a child, in cents; None for no limit.

        Without a child (an empty place in a month in which nobody is enrolled) a limited payer pays nothing.
        """
        return sum(self.rooms(turn)) if self.limits(turn.payer) else None

    def limits(self, payer: Pagatore) -> bool:
        """Tell whether a payer may run out of what it pays for a child."""
        return self._limits(payer).limited

    def rooms(self, turn: Turn) -> list[int]:
        """Give the most that a limited payer may pay for each month of an amount; none without a child."""
        return [] if turn.bambino is None else self._by_month(turn, turn.bambino, self._limits(turn.payer))

    def draw(self, turn: Turn, taken: int, rooms: Sequence[int] | None = None) -> None:
        """Count a payment against the months of an amount, the first month first.

        Parameters
        ----------
        turn, taken
            Whose payment, in cents.
        rooms
            What `rooms` gave for the same turn, if it was asked.
        """
        limits = self._limits(turn.payer)
        if turn.bambino is None or not limits.limited:
            return
        left, child = self.rooms(turn) if rooms is None else rooms, turn.bambino.id
        for month, room in zip(turn.amount.mesi, left, strict=True):
            part = min(taken, room)
            self.count(limits.account, child, month, part)
            taken -= part
            if limits.yearly is not None:
                self.count(limits.yearly_account, child, month[:4], part)

    def _limits(self, payer: Pagatore) -> "_Limits":
        found = self._by_payer.get(id(payer))
        if found is None:
            found = self._by_payer[id(payer)] = _limits_of(payer)
        return found

    def _by_month(self, turn: Turn, bambino: Bambino, limits: "_Limits") -> list[int]:
        """Give what is left in each month of an amount, within what is left of its year."""
        if limits.yearly is None:
            return [self._left(turn, bambino, month, limits) for month in turn.amount.mesi]
        found: list[int] = []
        in_year: dict[str, int] = defaultdict(int)
        for month in turn.amount.mesi:
            room, year = self._left(turn, bambino, month, limits), month[:4]
            had = self.spent(limits.yearly_account, bambino.id, year) + in_year[year]
            room = max(0, min(room, limits.yearly - had))
            in_year[year] += room
            found.append(room)
        return found

    def _left(self, turn: Turn, bambino: Bambino, month: str, limits: "_Limits") -> int:
        if not self._instalment_left(limits, bambino.id, month):
            return 0
        most, allowance = limits.monthly, MODES[turn.payer.modo].allowance
        if allowance is not None:
            allowed = allowance(turn, bambino, first_day(month))
            most = allowed if most is None else min(most, allowed)
        assert most is not None
        return max(0, most - self.spent(limits.account, bambino.id, month))

    def _instalment_left(self, limits: "_Limits", bambino: str, month: str) -> bool:
        instalments = MODES[limits.payer.modo].instalments
        if instalments is None:
            return True
        paid = [period for name, period in self._open(bambino, month[:4]) if name == limits.account]
        return month in paid or len(paid) < instalments(first_day(month))


@dataclass(frozen=True, slots=True)
class _Limits:
    """What bounds a payer, whoever the child: accounts, and cents of its own limits; None for no limit.

    The payer is held, so that its identity is never another's.
    """

    payer: Pagatore
    limited: bool
    account: str
    yearly_account: str
    monthly: int | None
    yearly: int | None


def _limits_of(payer: Pagatore) -> _Limits:
    mode = MODES[payer.modo]
    monthly = cents(payer.massimo_mese) if payer.massimo_mese is not None and mode.own_caps else None
    return _Limits(
        payer=payer,
        limited=mode.allowance is not None or monthly is not None,
        # No id holds a colon, so the shared account of a mode never meets a payer's own.
        account=f"{payer.modo}:" if mode.shared_allowance else payer.id,
        yearly_account=f"{payer.modo}:anno",
        monthly=monthly,
        yearly=None if mode.yearly is None else mode.yearly(payer),
    )

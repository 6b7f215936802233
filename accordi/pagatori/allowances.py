"""What the payers with a limit may still pay for each child, month and year."""

from collections import defaultdict
from collections.abc import Mapping

from nido.accordi.amount import first_day
from nido.accordi.money import cents
from nido.accordi.pagatori.facts import Facts
from nido.accordi.pagatori.mode import Turn
from nido.accordi.pagatori.modes import MODES
from nido.scenari.domanda import Bambino
from nido.scenari.regole import Pagatore


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
        self._spent: dict[tuple[str, str, str], int] = defaultdict(int)
        self._paid_months: dict[tuple[str, str, str], set[str]] = defaultdict(set)

    def spent(self, account: str, bambino: str, period: str) -> int:
        """Tell what has been counted on an account for a child in a month or a year, in cents."""
        return self._spent[account, bambino, period]

    def count(self, account: str, bambino: str, period: str, cents: int) -> None:
        """Count something on an account."""
        self._spent[account, bambino, period] += cents

    def room(self, turn: Turn) -> int | None:
        """Most that a payer may pay of an amount for a child, in cents; None for no limit.

        Without a child (an empty place in a month in which nobody is enrolled) a limited payer pays nothing.
        """
        if not _limited(turn.payer):
            return None
        return 0 if turn.bambino is None else sum(self._by_month(turn, turn.bambino))

    def draw(self, turn: Turn, taken: int) -> None:
        """Count a payment against the months of an amount, the first month first."""
        if turn.bambino is None or not _limited(turn.payer):
            return
        account, child = _account(turn.payer), turn.bambino.id
        for month, room in zip(turn.amount.mesi, self._by_month(turn, turn.bambino), strict=True):
            part = min(taken, room)
            self.count(account, child, month, part)
            taken -= part
            if part:
                self.count(_yearly_account(turn.payer), child, month[:4], part)
                self._paid_months[account, child, month[:4]].add(month)

    def _by_month(self, turn: Turn, bambino: Bambino) -> list[int]:
        """Give what is left in each month of an amount, within what is left of its year."""
        yearly = MODES[turn.payer.modo].yearly
        found: list[int] = []
        in_year: dict[str, int] = defaultdict(int)
        for month in turn.amount.mesi:
            room, year = self._left(turn, bambino, month), month[:4]
            if yearly is not None:
                had = self.spent(_yearly_account(turn.payer), bambino.id, year) + in_year[year]
                room = max(0, min(room, yearly(turn.payer) - had))
            in_year[year] += room
            found.append(room)
        return found

    def _left(self, turn: Turn, bambino: Bambino, month: str) -> int:
        if not self._instalment_left(turn.payer, bambino.id, month):
            return 0
        payer, mode = turn.payer, MODES[turn.payer.modo]
        limits = [cents(payer.massimo_mese)] if payer.massimo_mese is not None and mode.own_caps else []
        if mode.allowance is not None:
            limits.append(mode.allowance(turn, bambino, first_day(month)))
        return max(0, min(limits) - self.spent(_account(payer), bambino.id, month))

    def _instalment_left(self, payer: Pagatore, bambino: str, month: str) -> bool:
        instalments = MODES[payer.modo].instalments
        if instalments is None:
            return True
        paid = self._paid_months[_account(payer), bambino, month[:4]]
        return month in paid or len(paid) < instalments(first_day(month))


def _limited(payer: Pagatore) -> bool:
    mode = MODES[payer.modo]
    return mode.allowance is not None or (payer.massimo_mese is not None and mode.own_caps)


def _account(payer: Pagatore) -> str:
    # No id holds a colon, so the shared account of a mode never meets a payer's own.
    return f"{payer.modo}:" if MODES[payer.modo].shared_allowance else payer.id


def _yearly_account(payer: Pagatore) -> str:
    return f"{payer.modo}:anno"

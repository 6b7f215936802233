"""Amounts that were settled before: the courses of a plan share most of their months, and settle alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nido.accordi.amount import Amount
from nido.accordi.pagatori import MODES, Allowances, Payment
from nido.accordi.pagatori.allowances import Page
from nido.accordi.pagatori.stack import Queue
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.regole import Pagatore

Paid = tuple[Amount, tuple[Payment, ...]]
# Stands for every month where no payer of the stack minds who attends.
ANY_MONTH = ""

State = tuple[tuple[int, ...], tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class _Known:
    """An amount, the accounts on which it may draw, and how it was settled.

    Attributes
    ----------
    amount
        The amount.
    years, months
        (child, year) of the accounts, (child, month) of the attendance where it matters.
    settled
        Attendance and accounts before -> payments, and accounts after.
    unlimited
        Attendance -> payments, where no account was consulted: it is the same whatever they hold.
    """

    amount: Amount
    years: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]
    settled: dict[State, tuple[Paid, tuple[Page, ...]]] = field(default_factory=dict)
    unlimited: dict[tuple[int, ...], Paid] = field(default_factory=dict)


class Settled:
    """What is remembered of the amounts of one scenario, over all courses of its agreements.

    Parameters
    ----------
    stack
        Payers, the first one first.
    """

    def __init__(self, stack: Iterable[Pagatore]) -> None:
        self.stack = tuple(stack)
        self._attended = any(MODES[payer.modo].attended for payer in self.stack)
        self._known: dict[int, _Known] = {}
        self._numbers: dict[object, int] = {}
        self._queues: dict[str, Queue] = {}

    def known(self, amount: Amount) -> _Known:
        """Give what is remembered of an amount; it is kept, so that its identity stays its own."""
        found = self._known.get(id(amount))
        if found is None:
            years = dict.fromkeys(month[:4] for month in amount.mesi)
            months = amount.mesi if self._attended else (ANY_MONTH,)
            found = self._known[id(amount)] = _Known(
                amount,
                tuple((bambino, year) for bambino in amount.bambini for year in years),
                tuple((bambino, month) for bambino in amount.bambini for month in months),
            )
        return found

    def queue(self, azienda: Azienda) -> Queue:
        """Give the stack as it stands for a company."""
        if azienda.id not in self._queues:
            self._queues[azienda.id] = Queue(self.stack, azienda)
        return self._queues[azienda.id]

    def number(self, value: object) -> int:
        """Give equal values the same number, from 1."""
        return self._numbers.setdefault(value, len(self._numbers) + 1)


class Settler:
    """The payers of one course, who answer from memory where they can.

    How an amount is settled depends on itself, its company, the stack and the facts of the scenario; and, of
    the course, on what its children have had in its years, who they are, and which of their families attend
    in its months. Only where all of these come back is it not settled again.

    Parameters
    ----------
    remembered
        What is remembered of the scenario's amounts.
    allowances
        What the payers with a limit may still give in the course; it is used up.
    """

    def __init__(self, remembered: Settled, allowances: Allowances) -> None:
        self._remembered, self._allowances = remembered, allowances
        self._children: dict[str, int] = {}
        self._attending: dict[tuple[str, str], int] = {}

    def settle(self, amounts: Sequence[Amount], azienda: Azienda) -> list[Paid]:
        """Divide the amounts of one agreement among the payers, as `nido.accordi.pagatori.settle` does."""
        return [self._settle_one(self._remembered.known(amount), azienda) for amount in amounts]

    def _settle_one(self, known: _Known, azienda: Azienda) -> Paid:
        attending = self._attending
        days = tuple([attending.get(month) or self._attends(month) for month in known.months])
        unlimited = known.unlimited.get(days)
        if unlimited is not None:
            return unlimited
        state = (days, self._pages(known))
        found = known.settled.get(state)
        if found is None:
            return self._settle_anew(known, azienda, state)
        for year, after in zip(known.years, found[1], strict=True):
            self._allowances.put(*year, after)
        return found[0]

    def _settle_anew(self, known: _Known, azienda: Azienda, state: State) -> Paid:
        self._allowances.consulted = False
        payments = self._remembered.queue(azienda).settle(known.amount, self._allowances)
        paid = (known.amount, payments)
        if self._allowances.consulted:
            known.settled[state] = (paid, self._pages(known))
        else:
            known.unlimited[state[0]] = paid
        return paid

    def _pages(self, known: _Known) -> tuple[Page, ...]:
        page = self._allowances.page
        return tuple([page(bambino, year) for bambino, year in known.years])

    def _attends(self, month: tuple[str, str]) -> int:
        """Number a child together with the days that it and its siblings attend in a month."""
        facts = self._allowances.facts
        child = facts.bambini[month[0]]
        family = facts.famiglie.get(child.id, (child,))
        days = tuple((self._child(one), facts.giorni.get((one.id, month[1]))) for one in family)
        found = self._attending[month] = self._remembered.number((self._child(child), days))
        return found

    def _child(self, child: Bambino) -> int:
        if child.id not in self._children:
            self._children[child.id] = self._remembered.number(child)
        return self._children[child.id]

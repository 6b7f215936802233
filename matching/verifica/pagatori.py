"""Split of one item among the payers of the stack (docs/modello.md, section 10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from nido.data import voce
from nido.matching.verifica.caso import Case
from nido.matching.verifica.tetti import (
    benefit,
    book,
    by_month,
    limited,
    monthly_bonus,
    takes_part,
    tax_credit,
)
from nido.matching.verifica.violazione import half_up
from nido.matching.verifica.voce_da_pagare import Attended, Bill, Purse, evenly
from nido.scenari.regole import Pagatore

__all__ = [
    "UNPAID",
    "Attended",
    "Bill",
    "Part",
    "Purse",
    "evenly",
    "monthly_bonus",
    "payer_name",
    "split",
    "total_by_payer",
]

UNPAID = "scoperto"
# The ids under which a `quota` is paid by the company of the agreement.
OF_COMPANY = frozenset({"azienda", "azienda_vuoti"})
COMPANY_MODES = frozenset({"quota_azienda", "fisso_azienda", "differenza_azienda"})
# Before the first of these an item is one sum.
DIVIDING = frozenset({"differenza_azienda", "buoni", "retta", "inps", "residuo"})

Part = tuple[str, str | None]


def is_company(payer: Pagatore) -> bool:
    """Tell whether a payer is the company of the agreement."""
    return payer.modo in COMPANY_MODES or (payer.modo == "quota" and payer.id in OF_COMPANY)


def payer_name(payer: Pagatore, azienda: str) -> str:
    """Name of a payer in the ledger: a company under its own name, the others by id."""
    return f"azienda:{azienda}" if is_company(payer) else payer.id


def _wish(case: Case, payer: Pagatore, bill: Bill, left: int) -> int:
    """Part of what is left that a payer asks for, limits apart."""
    if payer.modo == "fisso_ora":
        table = payer.importo_tabella
        hour = Fraction(payer.importo_ora if table is None else voce(table, bill.day).numero)
        return min(left, half_up(hour * bill.hours * 100))
    if payer.modo == "quota":
        return half_up(left * Fraction(payer.quota))
    if payer.modo == "quota_azienda":
        return half_up(left * Fraction(case.aziende[bill.azienda].quota))
    if payer.modo == "buoni":
        share = Fraction(voce("buoni.quota_famiglia.eta_0_3_percento", bill.day).numero) / 100
        return floor(left * (1 - share))
    return left


def _reimbursed_share(case: Case, payer: Pagatore, bill: Bill) -> Fraction:
    more = Fraction(payer.quota_certificata) if case.aziende[bill.azienda].certificata else Fraction(0)
    return min(Fraction(1), Fraction(payer.quota) + more)


@dataclass(slots=True)
class _Taken:
    """What a payer has taken of an item: by child, and whether the item was divided by then."""

    payer: str
    amounts: list[int]
    divided: bool


@dataclass(slots=True)
class _Pot:
    """What is still to pay of an item: one sum, or one for each child once it has been divided.

    Attributes
    ----------
    case, bill, purse
        What is split, and what limited payers have given.
    owners
        The children; None alone when there is none.
    whole
        Part of the whole item of each.
    left
        What is still to pay.
    taken
        Id of a payer -> what it has taken.
    """

    case: Case
    bill: Bill
    purse: Purse
    owners: list[str | None]
    whole: list[int]
    left: list[int]
    divided: bool
    taken: dict[str, _Taken] = field(default_factory=dict)

    def divide(self) -> None:
        """Divide what is left among the children; each is an account of its own from here on."""
        if not self.divided:
            (together,) = self.left
            self.left = evenly(together, [together] * len(self.owners))
            self.divided = True

    def room(self, payer: Pagatore, place: int, wish: int) -> int:
        """Cents that a payer may give for one child of the item, at most what is wished."""
        owner = self.owners[place]
        if payer.modo == "inps" and owner is not None and benefit(self.case, owner) != "inps":
            return 0
        if payer.massimo_quota is not None:
            wish = min(wish, floor(Fraction(payer.massimo_quota) * self.whole[place]))
        if not limited(payer):
            return wish
        if owner is None:
            return 0
        return sum(part for _, part in by_month(self.case, payer, self.purse, self.bill, owner, wish))

    def pay(self, payer: Pagatore) -> None:
        """Let a payer take its part of what is left."""
        if payer.modo in DIVIDING:
            self.divide()
        wishes = [_wish(self.case, payer, self.bill, left) for left in self.left]
        if self.divided:
            parts = [self.room(payer, place, wish) for place, wish in enumerate(wishes)]
            self.left = [left - part for left, part in zip(self.left, parts, strict=True)]
        else:
            (wanted,) = wishes
            parts = evenly(wanted, [self.room(payer, place, wanted) for place in range(len(self.owners))])
            self.left = [self.left[0] - sum(parts)]
        self._note(payer, parts, divided=self.divided)

    def reimburse(self, payer: Pagatore) -> None:
        """Let a payer take from what another one has taken, child by child, who pays so much less."""
        source = self.taken.get(str(payer.di))
        if source is None:
            return
        parts = [self._reimbursed(payer, place, amount) for place, amount in enumerate(source.amounts)]
        source.amounts = [amount - part for amount, part in zip(source.amounts, parts, strict=True)]
        self._note(payer, parts, divided=source.divided)

    def _reimbursed(self, payer: Pagatore, place: int, amount: int) -> int:
        owner = self.owners[place]
        if payer.modo == "irpef":
            if owner is None or benefit(self.case, owner) != "irpef":
                return 0
            return min(amount, tax_credit(self.purse, self.bill, owner, amount))
        wish = amount
        if payer.modo == "cofinanziamento":
            wish = half_up(amount * _reimbursed_share(self.case, payer, self.bill))
        return self.room(payer, place, wish)

    def _note(self, payer: Pagatore, parts: list[int], *, divided: bool) -> None:
        self.taken[payer.id] = _Taken(payer_name(payer, self.bill.azienda), parts, divided)
        if limited(payer):
            for owner, part in zip(self.owners, parts, strict=True):
                if owner is not None:
                    book(self.case, payer, self.purse, self.bill, owner, part)

    def paid(self) -> dict[Part, int]:
        """Give all payments; what is left is paid by nobody."""
        found: dict[Part, int] = {}
        for one in (*self.taken.values(), _Taken(UNPAID, self.left, self.divided)):
            amounts: Sequence[int] = one.amounts if one.divided else [sum(one.amounts)]
            names = self.owners if one.divided else [None]
            for owner, amount in zip(names, amounts, strict=True):
                if amount:
                    found[one.payer, owner] = found.get((one.payer, owner), 0) + amount
        return found


def split(case: Case, bill: Bill, purse: Purse) -> dict[Part, int]:
    """Split an item in the order of the stack.

    Parameters
    ----------
    case
        The scenario.
    bill
        The item.
    purse
        What limited payers have given for earlier items; this item is added.

    Returns
    -------
    dict
        (payer, child or None) -> cents; amounts of nothing are left out. The sum is the item. Before the
        item is divided among the children, and when it has none, the child is None.
    """
    owners: list[str | None] = [*bill.children] or [None]
    whole = evenly(bill.amount, [bill.amount] * len(owners))
    pot = _Pot(case, bill, purse, owners, whole, [bill.amount], divided=bill.by_child)
    for payer in case.scenario.pagatori:
        if not takes_part(payer, bill):
            continue
        if payer.di is None:
            pot.pay(payer)
        else:
            pot.reimburse(payer)
    return pot.paid()


def total_by_payer(parts: Mapping[Part, int]) -> dict[str, int]:
    """Add up a split over the children."""
    found: dict[str, int] = {}
    for (payer, _), amount in parts.items():
        found[payer] = found.get(payer, 0) + amount
    return found

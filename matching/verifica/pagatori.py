"""Split of one item among the payers of the stack (docs/modello.md, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from nido.data import voce
from nido.matching.verifica.caso import Case, shared
from nido.matching.verifica.tetti import (
    Terms,
    benefit,
    book,
    by_month,
    monthly_bonus,
    taking_part,
    tax_credit,
)
from nido.matching.verifica.violazione import half_up, product_half_up
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
# The others ask for all that is left.
ASKING_A_PART = frozenset({"fisso_ora", "quota", "quota_azienda", "buoni"})

Part = tuple[str, str | None]


def is_company(payer: Pagatore) -> bool:
    """Tell whether a payer is the company of the agreement."""
    return payer.modo in COMPANY_MODES or (payer.modo == "quota" and payer.id in OF_COMPANY)


def payer_name(payer: Pagatore, azienda: str) -> str:
    """Name of a payer in the ledger: a company under its own name, the others by id."""
    return f"azienda:{azienda}" if is_company(payer) else payer.id


@shared
def _company_share(case: Case, azienda: str) -> Fraction:
    return Fraction(case.aziende[azienda].quota)


def _wish(case: Case, terms: Terms, bill: Bill, left: int) -> int:
    """Part of what is left that a payer asks for, limits apart."""
    payer = terms.payer
    if payer.modo not in ASKING_A_PART:
        return left
    if payer.modo == "fisso_ora":
        table = payer.importo_tabella
        hour = Fraction(payer.importo_ora if table is None else voce(table, bill.day).numero)
        return min(left, half_up(hour * bill.hours * 100))
    if payer.modo == "quota":
        return product_half_up(left, terms.share)
    if payer.modo == "quota_azienda":
        return product_half_up(left, _company_share(case, bill.azienda))
    share = Fraction(voce("buoni.quota_famiglia.eta_0_3_percento", bill.day).numero) / 100
    return floor(left * (1 - share))


@shared
def _reimbursed_share(case: Case, terms: Terms, azienda: str) -> Fraction:
    more = Fraction(terms.payer.quota_certificata) if case.aziende[azienda].certificata else Fraction(0)
    return min(Fraction(1), terms.share + more)


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

    def room(self, terms: Terms, place: int, wish: int) -> int:
        """Cents that a payer may give for one child of the item, at most what is wished."""
        owner = self.owners[place]
        if terms.payer.modo == "inps" and owner is not None and benefit(self.case, owner) != "inps":
            return 0
        if terms.most_share is not None:
            wish = min(wish, floor(terms.most_share * self.whole[place]))
        if not terms.limited:
            return wish
        if owner is None:
            return 0
        return sum([part for _, part in by_month(self.case, terms, self.purse, self.bill, owner, wish)])

    def pay(self, terms: Terms) -> None:
        """Let a payer take its part of what is left."""
        if terms.payer.modo in DIVIDING:
            self.divide()
        if self.divided:
            parts: list[int] = []
            for place, left in enumerate(self.left):
                wish = _wish(self.case, terms, self.bill, left)
                parts.append(self.room(terms, place, wish) if terms.bounded else wish)
                self.left[place] = left - parts[place]
        else:
            (left,) = self.left
            wish = _wish(self.case, terms, self.bill, left)
            most = [wish] * len(self.owners)
            if terms.bounded:
                most = [self.room(terms, place, wish) for place in range(len(self.owners))]
            parts = evenly(wish, most)
            self.left = [left - sum(parts)]
        self._note(terms, parts, divided=self.divided)

    def reimburse(self, terms: Terms) -> None:
        """Let a payer take from what another one has taken, child by child, who pays so much less."""
        source = self.taken.get(str(terms.payer.di))
        if source is None:
            return
        parts = [self._reimbursed(terms, place, amount) for place, amount in enumerate(source.amounts)]
        source.amounts = [amount - part for amount, part in zip(source.amounts, parts, strict=True)]
        self._note(terms, parts, divided=source.divided)

    def _reimbursed(self, terms: Terms, place: int, amount: int) -> int:
        owner, payer = self.owners[place], terms.payer
        if payer.modo == "irpef":
            if owner is None or benefit(self.case, owner) != "irpef":
                return 0
            return min(amount, tax_credit(self.purse, self.bill, owner, amount))
        wish = amount
        if payer.modo == "cofinanziamento":
            wish = product_half_up(amount, _reimbursed_share(self.case, terms, self.bill.azienda))
        return self.room(terms, place, wish)

    def _note(self, terms: Terms, parts: list[int], *, divided: bool) -> None:
        self.taken[terms.payer.id] = _Taken(payer_name(terms.payer, self.bill.azienda), parts, divided)
        if terms.limited:
            for owner, part in zip(self.owners, parts, strict=True):
                if owner is not None and part:
                    book(self.case, terms, self.purse, self.bill, owner, part)

    def paid(self) -> dict[Part, int]:
        """Give all payments; what is left is paid by nobody."""
        found: dict[Part, int] = {}
        for one in (*self.taken.values(), _Taken(UNPAID, self.left, self.divided)):
            each = zip(self.owners, one.amounts, strict=True) if one.divided else [(None, sum(one.amounts))]
            for owner, amount in each:
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
    for terms in taking_part(case, bill.componente, bill.kind, bill.day):
        if terms.payer.di is None:
            pot.pay(terms)
        else:
            pot.reimburse(terms)
    return pot.paid()


def total_by_payer(parts: Mapping[Part, int]) -> dict[str, int]:
    """Add up a split over the children."""
    found: dict[str, int] = {}
    for (payer, _), amount in parts.items():
        found[payer] = found.get(payer, 0) + amount
    return found

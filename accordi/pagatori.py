"""The payers' stack: who pays how much of every amount, and that nobody pays or is paid for twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nido.accordi.amount import Amount, first_day
from nido.accordi.inps import instalments_a_year, monthly_bonus
from nido.accordi.money import CENTS_IN_EURO, cents, divide, half_up
from nido.data import voce
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.regole import ModoPagatore, Pagatore, VoceRegistro

SCOPERTO = "scoperto"
COMPANY = "azienda"
# A company pays twice where it pays empty places apart; any other id may be that of somebody else.
COMPANY_IDS = (COMPANY, "azienda_vuoti")


@dataclass(frozen=True, slots=True)
class Payment:
    """What one payer pays of an amount, in cents."""

    pagatore: str
    importo_cent: int


@dataclass(frozen=True, slots=True)
class Mode:
    """How a payer reckons its part of what is left.

    Attributes
    ----------
    share
        The part of what is left that it asks for, 0 to 1; all of it by default.
    per_unit
        What it asks for every unit of the quantity of an amount, in euro, instead of a part.
    allowance
        The most that it pays for a child in a month, in cents, over all components; None for no limit.
    per_child
        Whether what is left is first divided among the children in equal parts.
    only
        Components on which the mode pays at all, whatever the scenario lists; None for all.
    shared_allowance
        Whether all payers of this mode draw on one and the same allowance.
    instalments
        How many months of a calendar year the mode pays at most for a child; None for no limit.
    """

    share: Callable[[Pagatore, Azienda], Decimal] | None = None
    per_unit: Callable[[Pagatore, Amount], Decimal] | None = None
    allowance: Callable[[Pagatore, Bambino, date], int] | None = None
    per_child: bool = False
    only: frozenset[VoceRegistro] | None = None
    shared_allowance: bool = False
    instalments: Callable[[date], int] | None = None


def hourly(payer: Pagatore, day: date) -> Decimal:
    """Give what a payer of mode ``fisso_ora`` pays for a child-hour, in euro.

    Raises
    ------
    DataError
        If the row of the tables that it names does not hold on the day.
    """
    named = payer.importo_tabella
    return payer.importo_ora if named is None else voce(named, day).numero


MODES: Mapping[ModoPagatore, Mode] = {
    "quota": Mode(share=lambda payer, azienda: payer.quota),
    "quota_azienda": Mode(share=lambda payer, azienda: azienda.quota),
    "fisso_mese": Mode(allowance=lambda payer, bambino, month: cents(payer.importo_mese)),
    # Only hours are counted in child-hours.
    "fisso_ora": Mode(per_unit=lambda payer, amount: hourly(payer, amount.data), only=frozenset({"ora"})),
    # Fasce invoiced apart are not refunded (INPS circulars 60/2025 and 123/2025, table `inps`).
    "inps": Mode(
        allowance=lambda payer, bambino, month: monthly_bonus(bambino, month),
        per_child=True,
        only=frozenset({"posto"}),
        shared_allowance=True,
        instalments=instalments_a_year,
    ),
    "residuo": Mode(per_child=True),
}


def label(payer: Pagatore, azienda: Azienda) -> str:
    """Name a payer in the ledger: companies by their own id, whoever else by the payer's."""
    is_company = payer.modo == "quota_azienda" or (payer.modo == "quota" and payer.id in COMPANY_IDS)
    return f"{COMPANY}:{azienda.id}" if is_company else payer.id


class Allowances:
    """What the payers with a monthly limit may still pay for each child and month.

    One object serves the whole ledger, so that what a child has had is known to every later amount.

    Parameters
    ----------
    children
        The children of the scenario, by id.
    """

    def __init__(self, children: Mapping[str, Bambino]) -> None:
        self._children = children
        self._spent: dict[tuple[str, str, str], int] = defaultdict(int)
        self._paid_months: dict[tuple[str, str, int], set[str]] = defaultdict(set)

    def room(self, payer: Pagatore, amount: Amount, bambino: str | None) -> int | None:
        """Most that a payer may pay of an amount for a child, in cents; None for no limit.

        Without a child (an empty place in a month in which nobody is enrolled) a limited payer pays nothing.
        """
        if payer.massimo_mese is None and MODES[payer.modo].allowance is None:
            return None
        return 0 if bambino is None else sum(self._left(payer, bambino, month) for month in amount.mesi)

    def draw(self, payer: Pagatore, amount: Amount, bambino: str | None, taken: int) -> None:
        """Count a payment against the months of an amount, the first month first."""
        if bambino is None or self.room(payer, amount, bambino) is None:
            return
        for month in amount.mesi:
            part = min(taken, self._left(payer, bambino, month))
            self._spent[_account(payer), bambino, month] += part
            taken -= part
            if part:
                self._months_of(payer, bambino, month).add(month)

    def _left(self, payer: Pagatore, bambino: str, month: str) -> int:
        if not self._instalment_left(payer, bambino, month):
            return 0
        limits = [] if payer.massimo_mese is None else [cents(payer.massimo_mese)]
        allowance = MODES[payer.modo].allowance
        if allowance is not None:
            limits.append(allowance(payer, self._children[bambino], first_day(month)))
        return max(0, min(limits) - self._spent[_account(payer), bambino, month])

    def _months_of(self, payer: Pagatore, bambino: str, month: str) -> set[str]:
        return self._paid_months[_account(payer), bambino, first_day(month).year]

    def _instalment_left(self, payer: Pagatore, bambino: str, month: str) -> bool:
        instalments = MODES[payer.modo].instalments
        if instalments is None:
            return True
        paid = self._months_of(payer, bambino, month)
        return month in paid or len(paid) < instalments(first_day(month))


def _account(payer: Pagatore) -> str:
    # No id holds a colon, so the shared account of a mode never meets a payer's own.
    return f"{payer.modo}:" if MODES[payer.modo].shared_allowance else payer.id


def _takes_part(payer: Pagatore, componente: VoceRegistro) -> bool:
    only = MODES[payer.modo].only
    return componente in payer.voci and (only is None or componente in only)


def _settle_one(
    amount: Amount, stack: Iterable[Pagatore], azienda: Azienda, allowances: Allowances
) -> tuple[Payment, ...]:
    slots: tuple[str | None, ...] = amount.bambini or (None,)
    rest = amount.importo_cent
    parts: list[int] | None = None
    paid: dict[str, int] = defaultdict(int)
    for payer in stack:
        if not _takes_part(payer, amount.componente):
            continue
        mode = MODES[payer.modo]
        if mode.per_child and parts is None:
            parts = divide(rest, [None] * len(slots))
        bounds = [allowances.room(payer, amount, slot) for slot in slots]
        if parts is None:
            taken = divide(_asked(payer, azienda, amount, rest), bounds)
        else:
            asked = [_asked(payer, azienda, amount, part) for part in parts]
            taken = [
                most if bound is None else min(most, bound) for most, bound in zip(asked, bounds, strict=True)
            ]
        for slot, given in zip(slots, taken, strict=True):
            allowances.draw(payer, amount, slot, given)
        if parts is not None:
            parts = [part - given for part, given in zip(parts, taken, strict=True)]
        rest -= sum(taken)
        paid[label(payer, azienda)] += sum(taken)
    paid[SCOPERTO] += rest
    return tuple(Payment(payer, importo) for payer, importo in paid.items() if importo)


def _asked(payer: Pagatore, azienda: Azienda, amount: Amount, rest: int) -> int:
    mode = MODES[payer.modo]
    if mode.per_unit is not None:
        return min(rest, half_up(mode.per_unit(payer, amount) * amount.quantita * CENTS_IN_EURO))
    return rest if mode.share is None else half_up(mode.share(payer, azienda) * rest)


def settle(
    amounts: Iterable[Amount],
    stack: Iterable[Pagatore],
    azienda: Azienda,
    allowances: Allowances,
) -> list[tuple[Amount, tuple[Payment, ...]]]:
    """Divide the amounts of one agreement among the payers (docs/modello.md, section 10).

    Every payer takes its part of what those before it left, so no cent is paid twice. What a payer gives per
    child and month (``importo_mese``, ``massimo_mese``, the INPS bonus) is one sum for all the components to
    which it takes part: it is used up in the order of `amounts`, and an amount of several months (hours and
    meals) may draw on each of them. Two payers of mode ``inps`` share one bonus, which is paid for eleven
    months of a calendar year.

    Parameters
    ----------
    amounts
        Amounts of one agreement, in the order in which the allowances are used up.
    stack
        Payers, the first one first.
    azienda
        The company of the agreement.
    allowances
        What the payers with a limit may still give; it is used up.

    Returns
    -------
    list
        Each amount with its payments, in cents, none of them zero; their sum is the amount. What nobody pays
        is a payment by ``scoperto``.

    Notes
    -----
    The employer's refund and the bonus never cover the same cost: Agenzia delle Entrate, interpello 164/2018.
    """
    payers = tuple(stack)
    return [(amount, _settle_one(amount, payers, azienda, allowances)) for amount in amounts]

"""Split of one item among the payers of the stack (docs/modello.md, section 10)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial

from nido.data import voce
from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.violazione import cents, half_up
from nido.scenari.regole import Pagatore

UNPAID = "scoperto"
# The ids under which a `quota` is paid by the company of the agreement.
OF_COMPANY = frozenset({"azienda", "azienda_vuoti"})
# Modes that pay one component, whatever else they name.
ONLY: Mapping[str, str] = {"inps": "posto", "fisso_ora": "ora"}
# All payers of the bonus draw on it together; no id of a payer has a space.
BONUS = "bonus inps"

# What this half knows how to split: anything else is refused, never guessed.
KNOWN_MODES = frozenset({"quota", "quota_azienda", "fisso_mese", "fisso_ora", "inps", "residuo"})
NOT_KNOWN = ("di", "dal", "al", "massimo_quota")

# Before the first of these an item is one sum.
DIVIDING = ("inps", "residuo")

Part = tuple[str, str | None]
Room = Callable[[str | None, int], int]


@dataclass(frozen=True, slots=True)
class Bill:
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
    """

    azienda: str
    componente: str
    children: Sequence[str]
    by_child: bool
    months: Sequence[str]
    amount: int
    hours: Fraction = Fraction(0)
    day: date = date.max


@dataclass(slots=True)
class Purse:
    """What limited payers have given so far.

    Attributes
    ----------
    given
        (payer or bonus, child, month) -> cents.
    bonuses
        (child, year) -> months for which the child has had a bonus.
    """

    given: dict[tuple[str, str, str], int] = field(default_factory=dict)
    bonuses: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, account: str, bambino: str, month: str, amount: int) -> None:
        """Write a payment down."""
        key = (account, bambino, month)
        self.given[key] = self.given.get(key, 0) + amount
        if account == BONUS:
            self.bonuses.setdefault((bambino, month[:4]), set()).add(month)

    def bonus_months(self, bambino: str, year: str) -> int:
        """Count the months of a year for which a child has had a bonus."""
        return len(self.bonuses.get((bambino, year), ()))


def unknown_terms(case: Case) -> list[str]:
    """List payers and providers whose terms this half cannot recompute, by their place in the scenario."""
    payers = [
        f"pagatori/{payer.id}"
        for payer in case.scenario.pagatori
        if payer.modo not in KNOWN_MODES
        or payer.fasce_ammesse
        or any(getattr(payer, key) is not None for key in NOT_KNOWN)
    ]
    taxed = [f"gestori/{one.id}/regime_iva" for one in case.scenario.gestori if one.regime_iva != "esente"]
    children = ["bambini/beneficio"] if any(child.beneficio for child in case.scenario.bambini) else []
    return [*payers, *taxed, *children]


def payer_name(payer: Pagatore, azienda: str) -> str:
    """Name of a payer in the ledger: a company under its own name, the others by id."""
    company = payer.modo == "quota_azienda" or (payer.modo == "quota" and payer.id in OF_COMPANY)
    return f"azienda:{azienda}" if company else payer.id


@remembered
def monthly_bonus(case: Case, bambino: str, month: str) -> int:
    """INPS bonus of a child for one month, in cents; the smallest without an ISEE."""
    child, day = case.bambini[bambino], date.fromisoformat(f"{month}-01")

    def amount(name: str) -> Fraction:
        return Fraction(voce(f"inps.bonus.{name}", day).numero)

    recent = child.nascita >= date.fromisoformat(voce("inps.bonus.nati_dal", day).valore)
    group = "nati_dal_2024" if recent else "nati_prima_2024"
    size = "base"
    if child.isee is not None:
        steps = ("alto",) if recent else ("alto", "medio")
        reached = (step for step in steps if Fraction(child.isee) <= amount(f"{group}.isee_massimo_{step}"))
        size = next(reached, "base")
    return half_up(amount(f"{group}.mese_{size}") * 100)


def evenly(amount: int, limits: Sequence[int]) -> list[int]:
    """Give equal parts up to each one's limit, the odd cents to the first ones that may take more."""
    if sum(limits) <= amount:
        return list(limits)
    low, high = 0, amount
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(limit, middle) for limit in limits) <= amount:
            low = middle
        else:
            high = middle - 1
    parts = [min(limit, low) for limit in limits]
    odd = amount - sum(parts)
    for place, limit in enumerate(limits):
        if odd and limit > low:
            parts[place] += 1
            odd -= 1
    return parts


def _limit(case: Case, payer: Pagatore, purse: Purse, bambino: str, month: str) -> int:
    """Cents that a limited payer may still give a child for a month."""
    ceilings = [] if payer.massimo_mese is None else [half_up(cents(payer.massimo_mese))]
    account = payer.id
    if payer.modo == "fisso_mese":
        ceilings.append(half_up(cents(payer.importo_mese)))
    if payer.modo == "inps":
        account, year = BONUS, month[:4]
        most = int(voce("inps.bonus.mensilita", date.fromisoformat(f"{month}-01")).numero)
        first_time = not purse.given.get((BONUS, bambino, month))
        if first_time and purse.bonus_months(bambino, year) >= most:
            return 0
        ceilings.append(monthly_bonus(case, bambino, month))
    return max(0, min(ceilings) - purse.given.get((account, bambino, month), 0))


def _limited(payer: Pagatore) -> bool:
    return payer.massimo_mese is not None or payer.modo in ("fisso_mese", "inps")


def _room(case: Case, payer: Pagatore, purse: Purse, bill: Bill, bambino: str | None, wish: int) -> int:
    """Cents that a payer may give for one child of an item, at most what is wished."""
    if not _limited(payer):
        return wish
    if bambino is None:
        return 0
    return min(wish, sum(_limit(case, payer, purse, bambino, month) for month in bill.months))


def _book(case: Case, payer: Pagatore, purse: Purse, bill: Bill, bambino: str | None, amount: int) -> None:
    """Write a payment of a limited payer in the purse, from the first month on."""
    if bambino is None or not _limited(payer):
        return
    account = BONUS if payer.modo == "inps" else payer.id
    for month in bill.months:
        part = min(amount, _limit(case, payer, purse, bambino, month))
        if part:
            purse.add(account, bambino, month, part)
            amount -= part


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
    return left


def _takes_part(payer: Pagatore, componente: str) -> bool:
    return componente in payer.voci and componente == ONLY.get(payer.modo, componente)


class _Pot:
    """What is still to pay of an item: one sum, or one for each child once it has been divided."""

    def __init__(self, bill: Bill) -> None:
        self.owners: list[str | None] = [*bill.children] or [None]
        self.divided = bill.by_child
        self.left = [bill.amount]
        self.paid: dict[Part, int] = {}

    def divide(self) -> None:
        """Divide what is left among the children; each is an account of its own from here on."""
        if not self.divided:
            (together,) = self.left
            self.left = evenly(together, [together] * len(self.owners))
            self.divided = True

    def take(self, payer: str, wish: Callable[[int], int], room: Room) -> list[int]:
        """Let a payer pay what it wishes within its room for each child; give its parts by child."""
        if self.divided:
            parts = [room(owner, wish(left)) for owner, left in zip(self.owners, self.left, strict=True)]
            self.left = [left - part for left, part in zip(self.left, parts, strict=True)]
            self._charge(payer, parts)
            return parts
        (together,) = self.left
        wanted = wish(together)
        parts = evenly(wanted, [room(owner, wanted) for owner in self.owners])
        self.left = [together - sum(parts)]
        self._charge(payer, [sum(parts)])
        return parts

    def close(self) -> dict[Part, int]:
        """Leave the rest to nobody and give all payments."""
        self._charge(UNPAID, self.left)
        return self.paid

    def _charge(self, payer: str, amounts: Sequence[int]) -> None:
        names = self.owners if self.divided else [None]
        for owner, amount in zip(names, amounts, strict=True):
            if amount:
                self.paid[payer, owner] = self.paid.get((payer, owner), 0) + amount


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
    pot = _Pot(bill)
    for payer in case.scenario.pagatori:
        if not _takes_part(payer, bill.componente):
            continue
        if payer.modo in DIVIDING:
            pot.divide()
        parts = pot.take(
            payer_name(payer, bill.azienda),
            partial(_wish, case, payer, bill),
            partial(_room, case, payer, purse, bill),
        )
        for owner, part in zip(pot.owners, parts, strict=True):
            _book(case, payer, purse, bill, owner, part)
    return pot.close()


def total_by_payer(parts: Mapping[Part, int]) -> dict[str, int]:
    """Add up a split over the children."""
    found: dict[str, int] = {}
    for (payer, _), amount in parts.items():
        found[payer] = found.get(payer, 0) + amount
    return found

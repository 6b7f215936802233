"""Split of one item among the payers of the stack (docs/risultato.md, section Registro)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from nido.data import voce
from nido.matching.verifica.caso import Case
from nido.matching.verifica.violazione import cents, half_up
from nido.scenari.regole import Pagatore

UNPAID = "scoperto"


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
        Months that a monthly payer counts.
    amount
        Whole cents.
    """

    azienda: str
    componente: str
    children: Sequence[str]
    by_child: bool
    months: int
    amount: int


@dataclass(slots=True)
class _Rest:
    """What is still to pay: one sum, or one for each child once it has been divided."""

    pooled: int
    by_child: dict[str | None, int] = field(default_factory=dict)
    paid: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def charge(self, payer: str, bambino: str | None, amount: int) -> None:
        if amount:
            key = (payer, bambino)
            self.paid[key] = self.paid.get(key, 0) + amount


def payer_name(payer: Pagatore, azienda: str) -> str:
    """Name of a payer in the ledger: a company under its own name, the others by id."""
    company = payer.modo == "quota_azienda" or (payer.modo == "quota" and payer.id.startswith("azienda"))
    return f"azienda:{azienda}" if company else payer.id


def monthly_bonus(case: Case, bambino: str) -> int:
    """INPS bonus of a child for one month, in cents; the smallest without an ISEE."""
    child = case.bambini[bambino]
    day = case.first_day

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


def split(case: Case, bill: Bill) -> dict[tuple[str, str | None], int]:
    """Split an item in the order of the stack.

    Returns
    -------
    dict
        (payer, child or None) -> cents; amounts of nothing are left out. The sum is the item.
    """
    rest = _Rest(bill.amount)
    if bill.by_child:
        rest.by_child[bill.children[0]] = bill.amount
        rest.pooled = 0
    for payer in case.scenario.pagatori:
        if bill.componente not in payer.voci:
            continue
        name = payer_name(payer, bill.azienda)
        if payer.modo in ("inps", "residuo"):
            _divide(rest, bill)
            for bambino, left in rest.by_child.items():
                part = _whole_part(case, payer, bill, bambino, left)
                rest.by_child[bambino] -= part
                rest.charge(name, bambino, part)
        elif rest.by_child:
            for bambino, left in rest.by_child.items():
                part = _share(case, payer, bill, 1, left)
                rest.by_child[bambino] -= part
                rest.charge(name, bambino, part)
        else:
            part = _share(case, payer, bill, len(bill.children), rest.pooled)
            rest.pooled -= part
            rest.charge(name, None, part)
    rest.charge(UNPAID, None, rest.pooled)
    for bambino, left in rest.by_child.items():
        rest.charge(UNPAID, bambino, left)
    return rest.paid


def _divide(rest: _Rest, bill: Bill) -> None:
    """Divide what is left among the children, the odd cents to the first ones."""
    if rest.by_child:
        return
    owners: Sequence[str | None] = bill.children or (None,)
    each, odd = divmod(rest.pooled, len(owners))
    rest.by_child = {owner: each + (place < odd) for place, owner in enumerate(owners)}
    rest.pooled = 0


def _cap(payer: Pagatore, bill: Bill, children: int, amount: int) -> int:
    if payer.massimo_mese is None:
        return amount
    return min(amount, half_up(cents(payer.massimo_mese) * children * bill.months))


def _share(case: Case, payer: Pagatore, bill: Bill, children: int, left: int) -> int:
    """Part of a payer of a share, or of a fixed amount for each child and month."""
    if payer.modo == "fisso_mese":
        wanted = half_up(cents(payer.importo_mese) * children * bill.months)
    elif payer.modo == "quota_azienda":
        wanted = half_up(left * Fraction(case.aziende[bill.azienda].quota))
    else:
        wanted = half_up(left * Fraction(payer.quota))
    return _cap(payer, bill, children, min(wanted, left))


def _whole_part(case: Case, payer: Pagatore, bill: Bill, bambino: str | None, left: int) -> int:
    """Part of a payer that looks at one child: all that is left, or the INPS bonus."""
    if payer.modo == "residuo":
        return _cap(payer, bill, 1, left)
    if bambino is None or bill.componente != "posto":
        return 0
    return _cap(payer, bill, 1, min(left, monthly_bonus(case, bambino)))


def total_by_payer(parts: Mapping[tuple[str, str | None], int]) -> dict[str, int]:
    """Add up a split over the children."""
    found: dict[str, int] = {}
    for (payer, _), amount in parts.items():
        found[payer] = found.get(payer, 0) + amount
    return found

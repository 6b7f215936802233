"""Who takes part in an item, and how much it may give a child for a month (docs/modello.md, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from nido.data import voce
from nido.matching.verifica.caso import Case, remembered, shared
from nido.matching.verifica.rette import family_fee
from nido.matching.verifica.tempo import add_months
from nido.matching.verifica.violazione import cents, half_up
from nido.matching.verifica.voce_da_pagare import BONUS, TRANSFER, VAT, Bill, Purse
from nido.scenari.regole import Pagatore

EVERY = frozenset({"posto", "vuoto", "fascia", "ora", "pasto"})
# Modes that pay some components only, whatever else they name.
ONLY: Mapping[str, frozenset[str]] = {
    "fisso_ora": frozenset({"ora"}),
    "trasferimento": frozenset({"posto"}),
    "buoni": EVERY - {"vuoto"},
    "inps": frozenset({"posto"}),
}
# Modes whose payer may give a child so much for a month; `massimo_mese` limits the others too.
LIMITED = frozenset(
    {"fisso_mese", "fisso_azienda", "differenza_azienda", "trasferimento", "buoni", "retta", "inps"}
)
THREE_YEARS = 36
WORKING_WEEK = frozenset(range(5))


def components(payer: Pagatore) -> frozenset[str]:
    """Components that the mode of a payer may pay."""
    allowed = ONLY.get(payer.modo, EVERY)
    return allowed | {"fascia"} if payer.modo == "inps" and payer.fasce_ammesse else allowed


def _takes_part(payer: Pagatore, kind: str, day: date, *, tax: bool) -> bool:
    """Tell whether a payer takes part in an item; in its VAT as in what is taxed."""
    if (payer.dal is not None and day < payer.dal) or (payer.al is not None and day > payer.al):
        return False
    # Its hours are already paid.
    if payer.modo == "fisso_ora" and tax:
        return False
    return kind in payer.voci and kind in components(payer)


def _limited(payer: Pagatore) -> bool:
    if payer.modo == "irpef":
        return False
    return payer.massimo_mese is not None or payer.modo in LIMITED


def _account(payer: Pagatore) -> str:
    return {"inps": BONUS, "trasferimento": TRANSFER}.get(payer.modo, payer.id)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A payer with the figures that are the same for every item, in whole cents.

    Attributes
    ----------
    payer
        As the stack states it.
    limited
        Whether it gives at most so much for a child and month.
    bounded
        Whether anything limits it: that, or its part of an item.
    account
        Name of the account on which it draws, if it is limited.
    stated
        Its amount for a month.
    ceiling
        Its ceiling for a month; None without one.
    share
        Its part of what is left.
    most_share
        Its ceiling as a part of an item; None without one.
    vouchers
        Most that its vouchers give a child in a year.
    """

    payer: Pagatore
    limited: bool
    bounded: bool
    account: str
    stated: int
    ceiling: int | None
    share: Fraction
    most_share: Fraction | None
    vouchers: int


def _terms(payer: Pagatore) -> Terms:
    return Terms(
        payer=payer,
        limited=_limited(payer),
        bounded=_limited(payer) or payer.massimo_quota is not None,
        account=_account(payer),
        stated=half_up(cents(payer.importo_mese)),
        ceiling=None if payer.massimo_mese is None else half_up(cents(payer.massimo_mese)),
        share=Fraction(payer.quota),
        most_share=None if payer.massimo_quota is None else Fraction(payer.massimo_quota),
        vouchers=half_up(cents(payer.valore_buono) * payer.buoni_anno),
    )


@shared
def _stack(case: Case) -> tuple[Terms, ...]:
    return tuple(_terms(payer) for payer in case.scenario.pagatori)


@shared
def taking_part(case: Case, componente: str, kind: str, day: date) -> tuple[Terms, ...]:
    """List the payers of the stack that take part in an item.

    Parameters
    ----------
    case
        The scenario.
    componente, kind
        The component, and the one that is taxed if it is VAT.
    day
        Day of the item.
    """
    tax = componente == VAT
    return tuple(terms for terms in _stack(case) if _takes_part(terms.payer, kind, day, tax=tax))


@remembered
def monthly_bonus(case: Case, bambino: str, month: str) -> int:
    """INPS bonus of a child for one month, in cents; the smallest without an ISEE."""
    child = case.bambini[bambino]
    return _bonus(case, child.nascita, child.isee, month)


@shared
def _bonus(_case: Case, born: date, isee: Decimal | None, month: str) -> int:
    day = date.fromisoformat(f"{month}-01")

    def amount(name: str) -> Fraction:
        return Fraction(voce(f"inps.bonus.{name}", day).numero)

    recent = born >= date.fromisoformat(voce("inps.bonus.nati_dal", day).valore)
    group = "nati_dal_2024" if recent else "nati_prima_2024"
    size = "base"
    if isee is not None:
        steps = ("alto",) if recent else ("alto", "medio")
        reached = (step for step in steps if Fraction(isee) <= amount(f"{group}.isee_massimo_{step}"))
        size = next(reached, "base")
    return half_up(amount(f"{group}.mese_{size}") * 100)


@shared
def _bonuses_a_year(_case: Case, month: str) -> int:
    return int(voce("inps.bonus.mensilita", date.fromisoformat(f"{month}-01")).numero)


@remembered
def monthly_transfer(case: Case, bambino: str, month: str) -> int:
    """A twelfth of the provincial transfer for a child, rounded down to the cent."""
    day = date.fromisoformat(f"{month}-01")
    year = Fraction(voce("trasferimenti.nido.tempo_pieno", day).numero) * 100
    if case.bambini[bambino].tempo == "parziale":
        year *= Fraction(voce("trasferimenti.nido.part_time_percento", day).numero) / 100
    return floor(year / 12)


@remembered
def benefit(case: Case, bambino: str) -> str | None:
    """Tell whether a child has the bonus or the tax credit: its own word, or the first of the stack."""
    own = case.bambini[bambino].beneficio
    modes = (payer.modo for payer in case.scenario.pagatori if payer.modo in ("inps", "irpef"))
    return own or next(modes, None)


def has_vouchers(case: Case, payer: Pagatore, bill: Bill, bambino: str, month: str) -> bool:
    """Tell whether a child may have vouchers for an item in a month."""
    child, day = case.bambini[bambino], date.fromisoformat(f"{month}-01")
    if not case.gestori[bill.gestore].elenco_buoni or child.icef is None:
        return False
    if Fraction(child.icef) > Fraction(voce("buoni.icef_massimo", day).numero):
        return False
    if day >= add_months(child.nascita, THREE_YEARS):
        return False
    if payer.orario_comunale == "ammesso" or child.nido_comunale != "disponibile":
        return True
    return bill.fascia is not None and _outside_municipal_hours(case, bill.gestore, bill.fascia)


def _outside_municipal_hours(case: Case, gestore: str, fascia: str) -> bool:
    opening, usual = case.fascia(gestore, fascia), case.scenario.orario_standard
    if opening.in_chiusura or not WORKING_WEEK & set(opening.giorni):
        return True
    return opening.orario.end <= usual.start or opening.orario.start >= usual.end


def _most(case: Case, terms: Terms, bill: Bill, bambino: str, month: str) -> int | None:
    """Ceiling of the mode of a payer for a child and month, in cents."""
    payer, stated = terms.payer, terms.stated
    if payer.modo == "fisso_mese":
        return stated
    if payer.modo == "fisso_azienda":
        own = case.aziende[bill.azienda].importo_mese
        return stated if own is None else half_up(cents(own))
    if payer.modo == "trasferimento":
        return monthly_transfer(case, bambino, month) if payer.ammesso else 0
    if payer.modo == "buoni":
        return stated if has_vouchers(case, payer, bill, bambino, month) else 0
    if payer.modo == "inps":
        return monthly_bonus(case, bambino, month)
    if payer.modo in ("retta", "differenza_azienda"):
        fee = family_fee(case, str(payer.tariffa), bambino, month, bill.attended)
        return fee if payer.modo == "retta" else max(0, stated - fee)
    return None


def _left(case: Case, terms: Terms, purse: Purse, bill: Bill, bambino: str, month: str) -> int:
    """Cents that a limited payer may still give a child for a month."""
    most = _most(case, terms, bill, bambino, month)
    if most is None or (terms.ceiling is not None and terms.ceiling < most):
        # A limited payer has one of the two.
        most = int(terms.ceiling or 0)
    given = purse.given.get((terms.account, bambino, month), 0)
    first_time = terms.payer.modo == "inps" and not given
    if first_time and purse.bonus_months(bambino, month[:4]) >= _bonuses_a_year(case, month):
        return 0
    return max(0, most - given)


def by_month(
    case: Case, terms: Terms, purse: Purse, bill: Bill, bambino: str, wish: int
) -> list[tuple[str, int]]:
    """Spread what a limited payer gives a child over the months of an item, from the first on."""
    found: list[tuple[str, int]] = []
    vouchers: dict[str, int] = {}
    for month in bill.months:
        part = min(wish, _left(case, terms, purse, bill, bambino, month))
        if terms.payer.modo == "buoni":
            year = month[:4]
            used = purse.vouchers.get((bambino, year), 0) + vouchers.get(year, 0)
            part = min(part, max(0, terms.vouchers - used))
            vouchers[year] = vouchers.get(year, 0) + part
        wish -= part
        found.append((month, part))
    return found


def book(case: Case, terms: Terms, purse: Purse, bill: Bill, bambino: str, amount: int) -> None:
    """Write a payment of a limited payer, within its limits, in the purse."""
    months = bill.months
    only = [(months[0], amount)] if len(months) == 1 else None
    for month, part in only or by_month(case, terms, purse, bill, bambino, amount):
        if part:
            purse.add(terms.account, bambino, month, part)
            if terms.payer.modo == "buoni":
                key = (bambino, month[:4])
                purse.vouchers[key] = purse.vouchers.get(key, 0) + part


def tax_credit(purse: Purse, bill: Bill, bambino: str, spending: int) -> int:
    """Income tax credit on what a family spends for an item, whose spending is added to the purse.

    An item of several months fills the years of its months, from the first.
    """
    share = Fraction(voce("fisco.detrazione_irpef.percento", bill.day).numero) / 100
    most = half_up(Fraction(voce("fisco.detrazione_irpef.spesa_massima", bill.day).numero) * 100)
    credit = 0
    for year in dict.fromkeys(month[:4] for month in bill.months):
        before = purse.spent.get((bambino, year), 0)
        counted = min(spending, max(0, most - before))
        purse.spent[bambino, year] = before + counted
        credit += half_up(share * (before + counted)) - half_up(share * before)
        spending -= counted
    return credit

"""Who takes part in an item, and how much it may give a child for a month (docs/modello.md, section 10)."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor

from nido.data import voce
from nido.matching.verifica.caso import Case, remembered
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


def takes_part(payer: Pagatore, bill: Bill) -> bool:
    """Tell whether a payer takes part in an item; in its VAT as in what is taxed."""
    if (payer.dal is not None and bill.day < payer.dal) or (payer.al is not None and bill.day > payer.al):
        return False
    # Its hours are already paid.
    if payer.modo == "fisso_ora" and bill.componente == VAT:
        return False
    return bill.kind in payer.voci and bill.kind in components(payer)


def limited(payer: Pagatore) -> bool:
    """Tell whether a payer gives at most so much for a child and month."""
    if payer.modo == "irpef":
        return False
    return payer.massimo_mese is not None or payer.modo in LIMITED


def account(payer: Pagatore) -> str:
    """Name the account on which a limited payer draws."""
    return {"inps": BONUS, "trasferimento": TRANSFER}.get(payer.modo, payer.id)


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


@remembered
def monthly_transfer(case: Case, bambino: str, month: str) -> int:
    """A twelfth of the provincial transfer for a child, rounded down to the cent."""
    day = date.fromisoformat(f"{month}-01")
    year = Fraction(voce("trasferimenti.nido.tempo_pieno", day).numero) * 100
    if case.bambini[bambino].tempo == "parziale":
        year *= Fraction(voce("trasferimenti.nido.part_time_percento", day).numero) / 100
    return floor(year / 12)


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


def _most(case: Case, payer: Pagatore, bill: Bill, bambino: str, month: str) -> int | None:
    """Ceiling of the mode of a payer for a child and month, in cents."""
    stated = half_up(cents(payer.importo_mese))
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


def _left(case: Case, payer: Pagatore, purse: Purse, bill: Bill, bambino: str, month: str) -> int:
    """Cents that a limited payer may still give a child for a month."""
    ceilings = [] if payer.massimo_mese is None else [half_up(cents(payer.massimo_mese))]
    own = _most(case, payer, bill, bambino, month)
    ceilings += [] if own is None else [own]
    if payer.modo == "inps":
        most = int(voce("inps.bonus.mensilita", date.fromisoformat(f"{month}-01")).numero)
        first_time = not purse.given.get((BONUS, bambino, month))
        if first_time and purse.bonus_months(bambino, month[:4]) >= most:
            return 0
    return max(0, min(ceilings) - purse.given.get((account(payer), bambino, month), 0))


def by_month(
    case: Case, payer: Pagatore, purse: Purse, bill: Bill, bambino: str, wish: int
) -> Iterator[tuple[str, int]]:
    """Spread what a limited payer gives a child over the months of an item, from the first on."""
    vouchers: dict[str, int] = {}
    for month in bill.months:
        part = min(wish, _left(case, payer, purse, bill, bambino, month))
        if payer.modo == "buoni":
            year = month[:4]
            most = half_up(cents(payer.valore_buono) * payer.buoni_anno)
            used = purse.vouchers.get((bambino, year), 0) + vouchers.get(year, 0)
            part = min(part, max(0, most - used))
            vouchers[year] = vouchers.get(year, 0) + part
        wish -= part
        yield month, part


def book(case: Case, payer: Pagatore, purse: Purse, bill: Bill, bambino: str, amount: int) -> None:
    """Write a payment of a limited payer in the purse."""
    for month, part in list(by_month(case, payer, purse, bill, bambino, amount)):
        if part:
            purse.add(account(payer), bambino, month, part)
            if payer.modo == "buoni":
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

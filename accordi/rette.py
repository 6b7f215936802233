"""The monthly fee of a family, linear in the ICEF, from the tables or from the scenario."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nido.accordi.money import half_up_exact
from nido.accordi.pagatori.facts import Facts
from nido.data import voce
from nido.scenari.domanda import Bambino
from nido.scenari.regole import Pagatore, Tariffa
from nido.scenari.tariffe import TABULATED, fee_rows


@dataclass(frozen=True, slots=True)
class Fee:
    """The figures of a fee in a month: euro, ICEF, parts from 0 to 1."""

    minima: Decimal
    massima: Decimal
    giornaliera: Decimal
    icef_minimo: Decimal
    icef_massimo: Decimal
    riduzione_fratello: Decimal
    riduzione_gemello: Decimal


def monthly_fee(facts: Facts, payer: Pagatore, bambino: Bambino, month: date) -> int:
    """Reckon what a family pays for a child in a month (docs/modello.md, section 10).

    Parameters
    ----------
    facts
        Children, fees of the scenario, attendance.
    payer
        The payer that names the fee.
    bambino
        The child.
    month
        First day of the month.

    Returns
    -------
    int
        Cents, rounded half up once.

    Raises
    ------
    DataError
        If the tables hold no such fee, or not on that day.
    """
    name = payer.tariffa or ""
    written = facts.tariffe.get(name)
    fee = tabulated_fee(name, month) if written is None else _written(written)
    label = f"{month:%Y-%m}"
    fixed = _by_icef(fee, bambino.icef) * (1 - Fraction(_reduction(fee, facts, bambino, label)))
    days = facts.giorni.get((bambino.id, label), 0)
    return half_up_exact((fixed + Fraction(fee.giornaliera) * days) * 100)


def _written(tariffa: Tariffa) -> Fee:
    return Fee(
        minima=tariffa.minima,
        massima=tariffa.massima,
        giornaliera=tariffa.giornaliera,
        icef_minimo=tariffa.icef_minimo,
        icef_massimo=tariffa.icef_massimo,
        riduzione_fratello=tariffa.riduzione_fratello,
        riduzione_gemello=tariffa.riduzione_gemello,
    )


@cache
def tabulated_fee(name: str, month: date) -> Fee:
    """Read a fee of the tables on a day.

    Raises
    ------
    DataError
        If there is none of that name, or not on that day.
    """
    rows = fee_rows(name) if name in TABULATED else {"minima": f"rette.{name}.minima"}
    figures = {field: voce(key, month) for field, key in rows.items()}
    share = {
        field: row.numero / 100 if row.unita == "percento" else row.numero for field, row in figures.items()
    }
    return Fee(**{"giornaliera": Decimal(0), **share})


def _by_icef(fee: Fee, icef: Decimal | None) -> Fraction:
    """Give the fixed part in euro: straight between the two ICEF values; without ICEF the highest."""
    if icef is None or icef >= fee.icef_massimo:
        return Fraction(fee.massima)
    if icef <= fee.icef_minimo:
        return Fraction(fee.minima)
    way = Fraction(icef - fee.icef_minimo) / Fraction(fee.icef_massimo - fee.icef_minimo)
    return Fraction(fee.minima) + way * Fraction(fee.massima - fee.minima)


def _reduction(fee: Fee, facts: Facts, bambino: Bambino, month: str) -> Decimal:
    """Give what is taken off for a child that comes after a sibling enrolled in the same month."""
    family = facts.enrolled_siblings(bambino, month)
    before = family[: next((index for index, one in enumerate(family) if one.id == bambino.id), 0)]
    if not before:
        return Decimal(0)
    twin = any(one.nascita == bambino.nascita for one in before)
    return fee.riduzione_gemello if twin else fee.riduzione_fratello

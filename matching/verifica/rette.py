"""Fees of the families, linear in the ICEF, with siblings (docs/modello.md, section 10, point 13)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nido.data import voce
from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.violazione import cents, half_up
from nido.matching.verifica.voce_da_pagare import Attended

# Fees of the tables that have only a monthly part.
WITHOUT_DAYS = "trento"


@dataclass(frozen=True, slots=True)
class Fee:
    """Figures of a fee, amounts in exact cents.

    Attributes
    ----------
    least, most
        Monthly fee up to the lower ICEF, and from the upper one on.
    lower, upper
        The two ICEF.
    daily
        For every day attended.
    sibling, twin
        Parts taken off.
    """

    least: Fraction
    most: Fraction
    lower: Fraction
    upper: Fraction
    daily: Fraction
    sibling: Fraction
    twin: Fraction

    def monthly(self, icef: Fraction | None) -> Fraction:
        """Monthly part for an ICEF; the most without one."""
        if icef is None:
            return self.most
        if icef <= self.lower:
            return self.least
        if icef >= self.upper:
            return self.most
        return self.least + (self.most - self.least) * (icef - self.lower) / (self.upper - self.lower)


@remembered
def fee_on(case: Case, name: str, month: str) -> Fee:
    """Find a fee: that of the scenario, or else that of the tables on the first day of a month."""
    for own in case.scenario.tariffe:
        if own.id == name:
            return Fee(
                cents(own.minima),
                cents(own.massima),
                Fraction(own.icef_minimo),
                Fraction(own.icef_massimo),
                cents(own.giornaliera),
                Fraction(own.riduzione_fratello),
                Fraction(own.riduzione_gemello),
            )
    day = date.fromisoformat(f"{month}-01")

    def row(end: str) -> Fraction:
        return Fraction(voce(f"rette.{name}.{end}", day).numero)

    monthly_only = name == WITHOUT_DAYS
    start = "tempo_pieno" if monthly_only else "quota_fissa"
    return Fee(
        row(f"{start}_minima") * 100,
        row(f"{start}_massima") * 100,
        row("icef_minimo"),
        row("icef_massimo"),
        Fraction(0) if monthly_only else row("quota_giornaliera") * 100,
        row("riduzione_fratello") / 100,
        row("riduzione_gemello") / 100,
    )


@remembered
def family(case: Case, bambino: str) -> tuple[str, ...]:
    """Children joined to a child by `fratello_di`, also through others, by birth and then as in the file."""
    found, waiting = {bambino}, [bambino]
    while waiting:
        here = waiting.pop()
        for other in _next_of_kin(case, here):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return tuple(
        sorted((name for name in case.bambini if name in found), key=lambda n: case.bambini[n].nascita)
    )


def _next_of_kin(case: Case, bambino: str) -> Iterator[str]:
    for name, child in case.bambini.items():
        if child.fratello_di == bambino:
            yield name
        if name == bambino and child.fratello_di in case.bambini:
            yield str(child.fratello_di)


def family_fee(case: Case, name: str, bambino: str, month: str, attended: Attended) -> int:
    """Fee of a child for a month, in cents.

    Parameters
    ----------
    case
        The scenario.
    name
        Name of the fee.
    bambino, month
        Whose, and when.
    attended
        Days attended, of whoever is enrolled.
    """
    child, fee = case.bambini[bambino], fee_on(case, name, month)
    enrolled = [other for other in family(case, bambino) if (other, month) in attended or other == bambino]
    before = enrolled[: enrolled.index(bambino)]
    off = Fraction(0)
    if before:
        twins = any(case.bambini[other].nascita == child.nascita for other in before)
        off = fee.twin if twins else fee.sibling
    monthly = fee.monthly(None if child.icef is None else Fraction(child.icef))
    return half_up(monthly * (1 - off) + fee.daily * attended.get((bambino, month), 0))

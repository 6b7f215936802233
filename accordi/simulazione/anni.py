"""What a course comes to, year by year of the agreements, and the use of their places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nido.accordi.amount import Amount
from nido.accordi.pagatori import Payment
from nido.accordi.simulazione.corsa import ConvenzioneMese, SommeAnno, Uso
from nido.accordi.simulazione.orizzonte import MONTHS_IN_YEAR, month_name, month_number


@dataclass(frozen=True, slots=True)
class Anno:
    """A year of the life of the agreements: prices change at its end, and so do renewals fall.

    Attributes
    ----------
    numero
        1 for the first.
    primo, ultimo
        Its first and its last month (``2028-08``).
    mesi
        How many it has: 12, fewer where the life ends before.
    """

    numero: int
    primo: str
    ultimo: str
    mesi: int


def years_of(start: str, months: int) -> tuple[Anno, ...]:
    """Divide a life into years that begin with its first month.

    Parameters
    ----------
    start
        First month.
    months
        Months of the life, at least one.
    """
    first = month_number(start)
    found: list[Anno] = []
    for t in range(0, months, MONTHS_IN_YEAR):
        long = min(MONTHS_IN_YEAR, months - t)
        found.append(Anno(len(found) + 1, month_name(first + t), month_name(first + t + long - 1), long))
    return tuple(found)


def yearly_sums(
    settled: Iterable[tuple[Amount, Sequence[Payment]]], start: str, months: int
) -> tuple[SommeAnno, ...]:
    """Add up what is paid by the year of its date, which is that of the ledger.

    Parameters
    ----------
    settled
        Amounts with their payments.
    start, months
        First month and months of the life.

    Returns
    -------
    tuple of SommeAnno
        One for each year, also where nothing is due; in all, the totals of the course.
    """
    first, count = month_number(start), len(years_of(start, months))
    payers: list[dict[str, int]] = [defaultdict(int) for _ in range(count)]
    providers: list[dict[str, int]] = [defaultdict(int) for _ in range(count)]
    known: dict[date, int] = {}
    for amount, payments in settled:
        year = known.get(amount.data)
        if year is None:
            number = amount.data.year * MONTHS_IN_YEAR + amount.data.month - 1
            year = known[amount.data] = (number - first) // MONTHS_IN_YEAR
        paid, taken = payers[year], 0
        for payment in payments:
            paid[payment.pagatore] += payment.importo_cent
            taken += payment.importo_cent
        providers[year][amount.gestore] += taken
    return tuple(SommeAnno(dict(paid), dict(taken)) for paid, taken in zip(payers, providers, strict=True))


def uses_of(mesi: Iterable[ConvenzioneMese]) -> tuple[Uso, ...]:
    """Add up the places of every convention over the months of a course."""
    found: dict[tuple[str, str], list[ConvenzioneMese]] = defaultdict(list)
    for month in mesi:
        found[month.azienda, month.gestore].append(month)
    return tuple(
        Uso(
            azienda=azienda,
            gestore=gestore,
            mesi=len(months),
            riservati=sum([month.riservati for month in months]),
            usati=sum([month.usati + month.prestati for month in months]),
            vuoti=sum([_empty(month.vuoti) for month in months]),
            ultimo=months[-1].mese.mese,
        )
        for (azienda, gestore), months in found.items()
    )


def _empty(vuoti: Iterable[tuple[object, int]]) -> int:
    return sum([places for _, places in vuoti])

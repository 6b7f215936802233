"""Months of a framework agreement (docs/clausole.md, section 1)."""

from dataclasses import dataclass
from datetime import date

from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.tempo import season_months

SEPTEMBER = 9
DAYS_IN_MONTH = 30
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the life of the agreements.

    Attributes
    ----------
    index
        0 for the first month.
    name
        The calendar month, such as ``2028-10``.
    read
        Month of the seasons in which the plan is read; None when there is none of that name.
    stagione
        Season of the month that is read.
    period
        Number of the run of consecutive months with the same season; None without a season.
    first_day
        First day of the calendar month.
    """

    index: int
    name: str
    read: str | None
    stagione: str | None
    period: int | None
    first_day: date

    @property
    def in_year(self) -> int:
        """Month of the year, 1 to 12."""
        return self.first_day.month


def _number(month: str) -> int:
    return int(month[:4]) * MONTHS_IN_YEAR + int(month[5:]) - 1


def _name(number: int) -> str:
    year, month = divmod(number, MONTHS_IN_YEAR)
    return f"{year:04d}-{month + 1:02d}"


def _season_of_month(case: Case) -> dict[str, str]:
    return {month: stagione for stagione in case.stagioni for month in season_months(case, stagione)}


@remembered
def first_month(case: Case) -> str:
    """Month 0: the one that is written, or the first of the seasons."""
    return case.scenario.accordo_quadro.inizio or min(_season_of_month(case))


def index_of(case: Case, month: str) -> int:
    """Months from month 0 to a calendar month; negative before it."""
    return _number(month) - _number(first_month(case))


@remembered
def months(case: Case) -> tuple[Month, ...]:
    """List the months ``0 … T - 1``."""
    seasons = _season_of_month(case)
    start = _number(first_month(case))
    length = case.scenario.accordo_quadro.durata_mesi
    if length is None:
        length = max(0, _number(max(seasons)) - start + 1)
    found: list[Month] = []
    periods, before = -1, None
    for index in range(length):
        name = _name(start + index)
        same_name = [month for month in seasons if month[5:] == name[5:]]
        read = name if name in seasons else max(same_name, default=None)
        stagione = None if read is None else seasons[read]
        if stagione is not None and stagione != before:
            periods += 1
        before = stagione
        first = date.fromisoformat(f"{name}-01")
        found.append(Month(index, name, read, stagione, None if stagione is None else periods, first))
    return tuple(found)


def months_of_days(days: int) -> int:
    """Turn the days of a clause into months: ``ceil(days / 30)``."""
    return -(-days // DAYS_IN_MONTH)

"""The months of a framework agreement, and the month of the plan in which each is read."""

from dataclasses import dataclass
from datetime import date

from nido.accordi.amount import season_months
from nido.scenari.schema import Scenario

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Mese:
    """A month of the life of an agreement (docs/clausole.md, section 1).

    Attributes
    ----------
    t
        Its position, from 0.
    mese
        Its name (``2028-09``).
    riferimento, stagione
        Month of the plan that stands for it, and its season; None when there is none.
    periodo
        Number of the sequence of consecutive months of one season, from 0.
    """

    t: int
    mese: str
    riferimento: str | None
    stagione: str | None
    periodo: int

    @property
    def del_anno(self) -> int:
        """Month of the year, 1 to 12."""
        return int(self.mese[5:])


def month_number(month: str) -> int:
    """Count the months up to a month (``2026-09``), so that two can be subtracted."""
    return int(month[:4]) * MONTHS_IN_YEAR + int(month[5:]) - 1


def month_name(number: int) -> str:
    """Name the month with a number."""
    year, month = divmod(number, MONTHS_IN_YEAR)
    return f"{year:04d}-{month + 1:02d}"


def first_month(scenario: Scenario) -> str:
    """Give the month in which the agreements begin."""
    return scenario.accordo_quadro.inizio or f"{scenario.stagioni[0].inizio:%Y-%m}"


def length(scenario: Scenario) -> int:
    """Give the months of the simulation; at least one."""
    stated = scenario.accordo_quadro.durata_mesi
    last: date = scenario.stagioni[-1].fine
    until_end = month_number(f"{last:%Y-%m}") - month_number(first_month(scenario)) + 1
    return stated if stated is not None else max(1, until_end)


def months_of(scenario: Scenario) -> tuple[Mese, ...]:
    """List the months of the agreements of a scenario.

    Parameters
    ----------
    scenario
        The scenario; its seasons are made of whole months, in order.

    Returns
    -------
    tuple of Mese
        From the first month on.
    """
    season = {month: one.id for one in scenario.stagioni for month in season_months(one)}
    latest = {month[5:]: month for month in season}
    start = month_number(first_month(scenario))
    found: list[Mese] = []
    period = 0
    for t in range(length(scenario)):
        name = month_name(start + t)
        reference = name if name in season else latest.get(name[5:])
        stagione = season[reference] if reference is not None else None
        if found and stagione != found[-1].stagione:
            period += 1
        found.append(Mese(t, name, reference, stagione, period))
    return tuple(found)

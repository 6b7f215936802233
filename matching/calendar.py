"""Days of the horizon: seasons, weekdays, holidays and each provider's open days, as arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from nido.data.festivita import festivita
from nido.scenari.domanda import Periodo
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import Scenario

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The explicit days of a horizon.

    Attributes
    ----------
    start
        First day; day ``k`` of every array is ``start + k``.
    days
        Number of days.
    weekday
        Weekday of each day, 0 = Monday, shape (days,).
    holiday
        National holidays and the patron, shape (days,).
    shut
        Holidays plus the general closures: nobody opens, shape (days,).
    seasons
        For each season its first day and the day after its last, as indices.
    """

    start: date
    days: int
    weekday: NDArray[np.int64]
    holiday: BoolArray
    shut: BoolArray
    seasons: tuple[tuple[int, int], ...]

    def index(self, day: date) -> int:
        """Give the index of a date; negative or past the end when outside the horizon."""
        return (day - self.start).days

    def day(self, index: int) -> date:
        """Give the date of a day index."""
        return self.start + timedelta(days=index)

    def mask(self, periods: Iterable[Periodo]) -> BoolArray:
        """Mark the days that fall in some closed periods, shape (days,)."""
        marked = np.zeros(self.days, dtype=bool)
        for period in periods:
            first, last = self.index(period.inizio), self.index(period.fine)
            marked[max(first, 0) : max(last + 1, 0)] = True
        return marked

    def on_weekdays(self, weekdays: Iterable[int]) -> BoolArray:
        """Mark the days that fall on some weekdays, shape (days,)."""
        marked: BoolArray = np.isin(self.weekday, np.fromiter(weekdays, dtype=np.int64))
        return marked

    def months(self, first: int, last: int) -> tuple[str, ...]:
        """Name the calendar months (``2026-09``) that the days ``first <= k < last`` touch."""
        names: list[str] = []
        current = self.day(first).replace(day=1)
        while first < last and current < self.day(last):
            names.append(f"{current:%Y-%m}")
            current = (current + timedelta(days=32)).replace(day=1)
        return tuple(names)


def build_calendar(scenario: Scenario) -> Calendar:
    """Lay out the horizon of a scenario (docs/modello.md, section 1)."""
    start, end = scenario.stagioni[0].inizio, scenario.stagioni[-1].fine
    days = (end - start).days + 1
    weekday = (start.weekday() + np.arange(days)) % 7
    holiday = np.zeros(days, dtype=bool)
    for day in holidays(scenario, start.year, end.year):
        if 0 <= (day - start).days < days:
            holiday[(day - start).days] = True
    seasons = tuple(
        ((season.inizio - start).days, (season.fine - start).days + 1) for season in scenario.stagioni
    )
    plain = Calendar(start, days, weekday, holiday, holiday, seasons)
    shut = holiday | plain.mask(scenario.calendario.chiusure)
    return Calendar(start, days, weekday, holiday, shut, seasons)


def holidays(scenario: Scenario, first_year: int, last_year: int) -> frozenset[date]:
    """Collect the holidays that the scenario observes in some years."""
    patron = scenario.calendario.patrono
    found: set[date] = set()
    for year in range(first_year, last_year + 1):
        national = set(festivita(year))
        if scenario.calendario.festivita:
            found |= national
        if patron is not None:
            found |= set(festivita(year, patron)) - national
    return frozenset(found)


def ordinary_days(calendar: Calendar, provider: Gestore) -> BoolArray:
    """Mark the days on which a provider keeps its base hours (docs/modello.md, section 5)."""
    return calendar.on_weekdays(provider.base.giorni) & ~calendar.shut & ~calendar.mask(provider.chiusure)


def fascia_days(calendar: Calendar, provider: Gestore, fascia: Fascia) -> BoolArray:
    """Mark the days on which a fascia runs if open, whatever the season."""
    closed = calendar.mask(provider.chiusure)
    marked: BoolArray = calendar.on_weekdays(fascia.giorni) & ~calendar.shut & (closed == fascia.in_chiusura)
    return marked


def completed_months(born: date, day: date) -> int:
    """Count completed months of age; a month ends on its last day when the day number does not exist."""
    months = (day.year - born.year) * 12 + day.month - born.month
    last_of_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return months if day.day >= born.day or day == last_of_month else months - 1


def month_birthday(born: date, months: int) -> date:
    """Give the day on which a child completes some months of age."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=born.day - 1), last)

"""Who of a plan's children is present when, month by month, at each provider."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from nido.matching.calendar import BoolArray, Calendar
from nido.matching.masks import column_masks, maximal
from nido.matching.openings import Hours, hours_of
from nido.matching.solution import BASE, Assignment
from nido.matching.windows import windows_of
from nido.scenari.schema import Scenario

Row = NDArray[np.int16]
SiteMonth = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MonthOfSite:
    """The children of a plan at a provider in a month.

    Attributes
    ----------
    rows
        For each child its presence, 0 or 1, at every moment that counts: shape (moments,), the same moments
        for all. A moment counts when no other has the same children and more; there is at least one.
    minutes, meals
        Covered minutes of the care window, and days with a meal, of each child.
    """

    rows: Mapping[str, Row]
    minutes: Mapping[str, int]
    meals: Mapping[str, int]

    @property
    def nobody(self) -> Row:
        """The presence of nobody, to which rows are added."""
        return np.zeros(next((row.size for row in self.rows.values()), 1), dtype=np.int16)

    def peak(self, bambini: Iterable[str]) -> int:
        """Most of some children present at once; one that is named twice counts twice."""
        return int(sum((self.rows[bambino] for bambino in bambini), self.nobody).max())


@dataclass(frozen=True, slots=True)
class Presence:
    """The presence of a plan's children, and the months in which each fascia runs.

    Attributes
    ----------
    months
        (gestore, month) -> its children, those enrolled in the month; only where there is one.
    fasce
        (gestore, fascia) -> months with at least one of its days, whether it is open or not.
    """

    months: Mapping[SiteMonth, MonthOfSite]
    fasce: Mapping[SiteMonth, frozenset[str]]


def presence(
    scenario: Scenario, travel_matrix: Mapping[tuple[str, str], int], assegnazioni: Iterable[Assignment]
) -> Presence:
    """Lay out the presence of a plan's children (docs/clausole.md, section 5).

    Parameters
    ----------
    scenario
        The scenario.
    travel_matrix
        Loaded travel minutes; may be empty.
    assegnazioni
        Who is served where, with which fasce.

    Returns
    -------
    Presence
        Over the months of a season, minutes and meals sum to those of the assignment.
    """
    return _Layout(scenario, travel_matrix).of(assegnazioni)


@dataclass(frozen=True, slots=True)
class _Attendance:
    """Moments (unit by unit, days x slots) and meal days of one assignment."""

    units: tuple[BoolArray, ...]
    meals: BoolArray


class _Layout:
    def __init__(self, scenario: Scenario, matrix: Mapping[tuple[str, str], int]) -> None:
        self.scenario = scenario
        self.windows = windows_of(scenario, matrix)
        self.calendar: Calendar = self.windows.calendar
        self.children = {child.id: child for child in scenario.bambini}
        self.providers = {provider.id: provider for provider in scenario.gestori}
        self.seasons = {season.id: k for k, season in enumerate(scenario.stagioni)}
        self.hours = {
            (provider.id, season.id): hours_of(scenario, self.calendar, provider, k)
            for provider in scenario.gestori
            for k, season in enumerate(scenario.stagioni)
        }

    def of(self, assegnazioni: Iterable[Assignment]) -> Presence:
        by_site: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
        for served in assegnazioni:
            by_site[served.gestore, served.stagione].append(served)
        months: dict[SiteMonth, MonthOfSite] = {}
        for (gestore, stagione), served_there in by_site.items():
            opened = self.hours[gestore, stagione]
            attending = {served.bambino: self._attendance(served, opened) for served in served_there}
            for month in self.calendar.months(*self.calendar.seasons[self.seasons[stagione]]):
                enrolled = [served.bambino for served in served_there if month in served.mesi]
                if enrolled:
                    chosen = {bambino: attending[bambino] for bambino in enrolled}
                    months[gestore, month] = self._month(month, opened, chosen)
        return Presence(months, self._fasce())

    def _attendance(self, served: Assignment, opened: list[Hours]) -> _Attendance:
        window = self.windows.at_provider(self.children[served.bambino], self.providers[served.gestore])
        meals = np.zeros(self.calendar.days, dtype=bool)
        units: list[BoolArray] = []
        for hours in opened:
            attends = hours.fascia == BASE or hours.fascia in served.fasce
            units.append(window[:, hours.slots] & hours.days[:, None] & attends)
            if attends:
                meals |= hours.lunch_days(window, self.scenario.passo_minuti)
        return _Attendance(tuple(units), meals)

    def _month(self, month: str, opened: list[Hours], attending: Mapping[str, _Attendance]) -> MonthOfSite:
        days = self._days(month)
        columns = [
            np.array([entry.units[k][days].reshape(-1) for entry in attending.values()])
            for k in range(len(opened))
        ]
        moments = np.concatenate(columns, axis=1)
        masks = maximal(column_masks(moments)) or (0,)
        rows = {
            bambino: np.array([mask >> k & 1 for mask in masks], dtype=np.int16)
            for k, bambino in enumerate(attending)
        }
        step = self.scenario.passo_minuti
        return MonthOfSite(
            rows=rows,
            minutes={name: int(moments[k].sum()) * step for k, name in enumerate(attending)},
            meals={name: int(entry.meals[days].sum()) for name, entry in attending.items()},
        )

    def _days(self, month: str) -> slice:
        first = self.calendar.start.replace(year=int(month[:4]), month=int(month[5:]), day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        return slice(self.calendar.index(first), self.calendar.index(after))

    def _fasce(self) -> dict[SiteMonth, frozenset[str]]:
        found: dict[SiteMonth, set[str]] = defaultdict(set)
        for (gestore, _), opened in self.hours.items():
            for hours in opened:
                touched = {f"{self.calendar.day(int(day)):%Y-%m}" for day in np.flatnonzero(hours.days)}
                found[gestore, hours.fascia] |= touched
        return {key: frozenset(months) for key, months in found.items()}

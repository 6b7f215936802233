"""Care windows: the moments in which no adult is free, for a child at a provider, on the grid."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np

from nido.data.profili import profilo
from nido.matching.calendar import (
    BoolArray,
    Calendar,
    build_calendar,
    holidays,
    month_birthday,
    ordinary_days,
)
from nido.matching.shifts import DAY_MINUTES, Interval, busy_intervals, intersect
from nido.matching.travel import Travel
from nido.scenari.domanda import Adulto, Bambino, last_day
from nido.scenari.fields import TimeRange
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

Matrix = Mapping[tuple[str, str], int]


class _Same:
    """A scenario and its matrix, equal only to themselves: to compare their content would cost more."""

    def __init__(self, scenario: Scenario, matrix: Matrix) -> None:
        self.scenario, self.matrix = scenario, matrix

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.scenario is other.scenario and self.matrix is other.matrix

    def __hash__(self) -> int:
        return hash((id(self.scenario), id(self.matrix)))


def windows_of(scenario: Scenario, matrix: Matrix) -> "Windows":
    """Give the care windows of a scenario: for the same scenario and matrix, the same object.

    The shifts of a year are unrolled once, whoever asks: the model, the simulation, the documents.

    Parameters
    ----------
    scenario
        The scenario.
    matrix
        Loaded travel minutes, by pair of place names; may be empty.
    """
    return _windows_of(_Same(scenario, matrix))


# One scenario is at work at a time, with a second one beside it (standard hours, groups of companies).
@lru_cache(maxsize=2)
def _windows_of(same: _Same) -> "Windows":
    return Windows(same.scenario, build_calendar(same.scenario), Travel(same.scenario, same.matrix))


class Windows:
    """Care windows of one scenario (docs/modello.md, sections 3 and 4).

    Parameters
    ----------
    scenario, calendar, travel
        The scenario, its days and its travel times.
    """

    def __init__(self, scenario: Scenario, calendar: Calendar, travel: Travel) -> None:
        self._scenario = scenario
        self.calendar = calendar
        self.travel = travel
        self._step = scenario.passo_minuti
        self.slots = DAY_MINUTES // scenario.passo_minuti
        self._rotas = {rota.id: rota for rota in scenario.rotazioni}
        self._closures = {company.id: company.chiusure for company in scenario.aziende}
        self._minimum_age = profilo(scenario.profilo).eta_minima_mesi
        self._busy: dict[tuple[Adulto, tuple[int, int]], list[Interval]] = {}
        years = (calendar.start.year - 1, calendar.day(calendar.days).year)
        self._holidays = frozenset(calendar.index(day) for day in holidays(scenario, *years))
        asked = calendar.on_weekdays(scenario.domanda.giorni)
        self._asked_days = asked if scenario.domanda.festivi else asked & ~calendar.holiday
        self._asked_slots = self._slot_mask(scenario.domanda.finestra)

    def request_days(self, child: Bambino) -> BoolArray:
        """Mark the days on which a child asks for a place, weekdays aside, shape (days,)."""
        entry = month_birthday(child.nascita, self._minimum_age)
        if child.ingresso is not None:
            entry = max(entry, child.ingresso)
        marked = np.zeros(self.calendar.days, dtype=bool)
        marked[max(self.calendar.index(entry), 0) : max(self.calendar.index(last_day(child)), 0)] = True
        return marked

    def at_provider(self, child: Bambino, provider: Gestore) -> BoolArray:
        """Mark a child's care window at a provider, shape (days, slots)."""
        if child.giorni is not None:
            return self._whole_place(child, provider.base.orario, ordinary_days(self.calendar, provider))
        return self._restrict(child, self._raw(child, provider))

    def reference(self, child: Bambino) -> BoolArray:
        """Mark a child's care window with no travel, shape (days, slots): it depends on no provider."""
        if child.giorni is not None:
            return self._whole_place(child, self._scenario.orario_standard, ~self.calendar.shut)
        return self._restrict(child, self._raw(child, None))

    def _restrict(self, child: Bambino, window: BoolArray) -> BoolArray:
        days = self._asked_days & self.request_days(child) & ~self.calendar.mask(child.assenze)
        return window & days[:, None] & self._asked_slots[None, :]

    def _whole_place(self, child: Bambino, hours: TimeRange, open_days: BoolArray) -> BoolArray:
        assert child.giorni is not None
        days = open_days & self._asked_days & self.calendar.on_weekdays(child.giorni)
        days = days & self.request_days(child) & ~self.calendar.mask(child.assenze)
        whole: BoolArray = days[:, None] & self._slot_mask(hours)[None, :]
        return whole

    def _raw(self, child: Bambino, provider: Gestore | None) -> BoolArray:
        if child.finestre:
            return self._by_hand(child)
        common: list[Interval] | None = None
        for adult in child.adulti:
            busy = self._unavailable(adult, provider)
            common = busy if common is None else intersect(common, busy)
        return self._on_grid(common or [])

    def _unavailable(self, adult: Adulto, provider: Gestore | None) -> list[Interval]:
        way = (0, 0)
        if provider is not None:
            there, work = self.travel.provider(provider), self.travel.work(adult)
            way = (self.travel.minutes(there, work), self.travel.minutes(work, there))
        key = (adult, way)
        if key not in self._busy:
            days = range(-1, self.calendar.days)
            shut = self._company_closure(adult, days)
            self._busy[key] = busy_intervals(
                adult,
                self._rotas,
                days,
                self.calendar.start,
                (shut, self._holidays),
                way,
                self._scenario.domanda.riposo_notte_minuti,
            )
        return self._busy[key]

    def _company_closure(self, adult: Adulto, days: range) -> frozenset[int]:
        if adult.azienda is None:
            return frozenset()
        closed: set[int] = set()
        for period in self._closures[adult.azienda]:
            first, last = self.calendar.index(period.inizio), self.calendar.index(period.fine)
            closed.update(range(max(first, days.start), min(last + 1, days.stop)))
        return frozenset(closed)

    def _by_hand(self, child: Bambino) -> BoolArray:
        window = np.zeros((self.calendar.days, self.slots), dtype=bool)
        for entry in child.finestre:
            days = self.calendar.on_weekdays(entry.giorni) & self._between(entry.dal, entry.al)
            window |= days[:, None] & self._slot_mask(entry.orario)[None, :]
        return window

    def _between(self, first: date | None, last: date | None) -> BoolArray:
        marked = np.ones(self.calendar.days, dtype=bool)
        if first is not None:
            marked[: max(self.calendar.index(first), 0)] = False
        if last is not None:
            marked[max(self.calendar.index(last) + 1, 0) :] = False
        return marked

    def _slot_mask(self, hours: TimeRange) -> BoolArray:
        marked = np.zeros(self.slots, dtype=bool)
        marked[hours.start // self._step : -(-hours.end // self._step)] = True
        return marked

    def _on_grid(self, intervals: list[Interval]) -> BoolArray:
        total = self.calendar.days * self.slots
        if not intervals:
            return np.zeros((self.calendar.days, self.slots), dtype=bool)
        bounds = np.array(intervals, dtype=np.int64)
        first = np.clip(bounds[:, 0] // self._step, 0, total)
        last = np.clip(-(-bounds[:, 1] // self._step), 0, total)
        change = np.zeros(total + 1, dtype=np.int64)
        np.add.at(change, first, 1)
        np.add.at(change, last, -1)
        window: BoolArray = (np.cumsum(change[:-1]) > 0).reshape(self.calendar.days, self.slots)
        return window


def window_minutes(window: BoolArray, first: int, last: int, step: int) -> int:
    """Count the minutes of a window on the days ``first <= d < last``."""
    return int(window[first:last].sum()) * step

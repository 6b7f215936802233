"""How full every provider is over the week, computed exactly from the plan (docs/modello.md, section 6)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nido.matching.calendar import BoolArray, Calendar, fascia_days, ordinary_days
from nido.matching.windows import windows_of
from nido.report.privacy.audience import sees
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.view import Occupancy
from nido.scenari.fields import TimeRange
from nido.scenari.offerta import Gestore

DAYS_IN_WEEK = 7


def occupancy_rows(scope: Scope) -> tuple[Occupancy, ...]:
    """Give the week of every provider and season that has children of the plan, for those who see it."""
    if not sees("presenze", scope.audience) or not scope.own("assegnazioni"):
        return ()
    return tuple(_Weeks(scope).rows())


class _Weeks:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._windows = windows_of(scope.scenario, scope.loaded.travel_matrix)
        self._calendar: Calendar = self._windows.calendar
        self._children = {child.id: child for child in scope.scenario.bambini}
        self._step = scope.scenario.passo_minuti

    def rows(self) -> Iterator[Occupancy]:
        """Go through providers and seasons in the order of the scenario."""
        for provider in self._scope.scenario.gestori:
            for index, season in enumerate(self._scope.scenario.stagioni):
                served = [
                    row
                    for row in self._scope.own("assegnazioni")
                    if (row["gestore"], row["stagione"]) == (provider.id, season.id)
                ]
                if served:
                    yield self._week(provider, index, served)

    def _week(self, provider: Gestore, season: int, served: list[Row]) -> Occupancy:
        first, last = self._calendar.seasons[season]
        together = np.zeros((last - first, self._windows.slots), dtype=np.int64)
        for row in served:
            window = self._windows.at_provider(self._children[row["bambino"]], provider)
            together += (window & self._open(provider, row["fasce"]))[first:last]
        weekdays = self._calendar.weekday[first:last]
        peaks = [together[weekdays == day].max(axis=0, initial=0).tolist() for day in range(DAYS_IN_WEEK)]
        name = self._scope.scenario.stagioni[season].id
        use = next(
            row
            for row in self._scope.own("capienza")
            if (row["gestore"], row["stagione"]) == (provider.id, name)
        )
        return Occupancy(
            gestore=provider.id,
            stagione=name,
            passo_minuti=self._step,
            presenti=tuple(tuple(int(count) for count in peak) for peak in peaks),
            esistenti=self._already_there(provider),
            posti=use["posti"],
            capienza=provider.capienza,
            presenti_massimi=use["presenti_massimi"],
            iscritti=use["iscritti"],
        )

    def _open(self, provider: Gestore, booked: list[str]) -> BoolArray:
        """Mark when a child may be there: base hours and its booked fasce, shape (days, slots)."""
        base = ordinary_days(self._calendar, provider)[:, None] & self._slots(provider.base.orario)
        for fascia in provider.fasce:
            if fascia.id in booked:
                days = fascia_days(self._calendar, provider, fascia)
                base = base | (days[:, None] & self._slots(fascia.orario))
        marked: BoolArray = base
        return marked

    def _slots(self, hours: TimeRange) -> BoolArray:
        marked = np.zeros((1, self._windows.slots), dtype=bool)
        marked[0, hours.start // self._step : -(-hours.end // self._step)] = True
        return marked

    def _already_there(self, provider: Gestore) -> tuple[tuple[int, ...], ...]:
        count = sum(provider.esistenti.values())
        hours: NDArray[np.int64] = self._slots(provider.base.orario)[0] * np.int64(count)
        nobody = (0,) * self._windows.slots
        there = tuple(int(value) for value in hours)
        return tuple(there if day in provider.base.giorni else nobody for day in range(DAYS_IN_WEEK))

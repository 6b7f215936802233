"""The hours a provider may keep in a season: base hours first, then every fascia that has a day."""

from dataclasses import dataclass

import numpy as np

from nido.matching.calendar import BoolArray, Calendar, fascia_days, ordinary_days
from nido.matching.solution import BASE
from nido.scenari.fields import TimeRange
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

LUNCH_MINUTE = 12 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Base hours or a fascia of a provider in a season.

    Attributes
    ----------
    fascia
        ``base`` or the id of the fascia.
    days
        Its days inside the season, shape (days of the horizon,).
    first_slot, last_slot
        Grid intervals, ``first_slot <= slot < last_slot``.
    """

    fascia: str
    days: BoolArray
    first_slot: int
    last_slot: int

    @property
    def slots(self) -> slice:
        """Its grid intervals."""
        return slice(self.first_slot, self.last_slot)

    def lunch_days(self, window: BoolArray, step: int) -> BoolArray:
        """Mark its days on which a child is present at lunch.

        Parameters
        ----------
        window
            The child's care window, shape (days of the horizon, slots).
        step
            Minutes of a slot.

        Returns
        -------
        array of bool
            Shape (days of the horizon,).
        """
        lunch = LUNCH_MINUTE // step
        if not self.first_slot <= lunch < self.last_slot:
            return np.zeros_like(self.days)
        marked: BoolArray = window[:, lunch] & self.days
        return marked


def hours_of(scenario: Scenario, calendar: Calendar, provider: Gestore, season: int) -> list[Hours]:
    """List the hours of a provider in a season (docs/modello.md, section 5).

    Parameters
    ----------
    scenario, calendar
        The scenario and its days.
    provider
        The provider.
    season
        Position of the season.

    Returns
    -------
    list of Hours
        Base hours, also without a day; then the fasce of the season with at least one day.
    """
    first, last = calendar.seasons[season]
    inside = np.zeros(calendar.days, dtype=bool)
    inside[first:last] = True
    base = ordinary_days(calendar, provider) & inside
    found = [_hours(scenario, BASE, base, provider.base.orario)]
    season_id = scenario.stagioni[season].id
    for fascia in provider.fasce:
        days = fascia_days(calendar, provider, fascia) & inside
        if days.any() and (not fascia.stagioni or season_id in fascia.stagioni):
            found.append(_hours(scenario, fascia.id, days, fascia.orario))
    return found


def _hours(scenario: Scenario, name: str, days: BoolArray, hours: TimeRange) -> Hours:
    step = scenario.passo_minuti
    return Hours(name, days, hours.start // step, -(-hours.end // step))

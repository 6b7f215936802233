"""Travel minutes between homes, providers and workplaces; a loaded matrix wins over coordinates."""

import math
from collections.abc import Mapping

from nido.data.comuni import comune
from nido.scenari.base import Luogo
from nido.scenari.domanda import Adulto, Bambino
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

EARTH_RADIUS_KM = 6371.0088
Point = tuple[float, float]
Place = tuple[tuple[str, ...], Point]


class Travel:
    """Travel times of one scenario (docs/modello.md, section 2).

    Parameters
    ----------
    scenario
        The scenario.
    matrix
        Minutes by pair of place names; may be empty.
    """

    def __init__(self, scenario: Scenario, matrix: Mapping[tuple[str, str], int]) -> None:
        self._matrix = matrix
        self._fixed = scenario.viaggio.minuti_fissi
        self._minutes_per_km = scenario.viaggio.fattore_strada * 60 / scenario.viaggio.velocita_km_h
        self._companies = {company.id: company for company in scenario.aziende}
        self._known: dict[tuple[Place, Place], int] = {}

    def home(self, child: Bambino) -> Place:
        """Place of a child's home."""
        if child.casa is not None:
            return (child.id,), point(child.casa)
        return (child.id, child.comune), _town(child.comune)

    def provider(self, provider: Gestore) -> Place:
        """Place of a provider."""
        where = provider.posizione
        return (provider.id,), point(where) if where is not None else _town(provider.comune)

    def work(self, adult: Adulto) -> Place:
        """Place of an adult's work."""
        if adult.azienda is not None:
            return (adult.azienda,), point(self._companies[adult.azienda].sede)
        if adult.sede is None:
            raise ValueError("an adult needs azienda or sede")
        return (), point(adult.sede)

    def minutes(self, origin: Place, target: Place) -> int:
        """Whole minutes from one place to another, rounded up."""
        key = (origin, target)
        if key not in self._known:
            self._known[key] = self._compute(origin, target)
        return self._known[key]

    def detour(self, child: Bambino, provider: Gestore) -> int:
        """Extra minutes of the way home - provider - work against home - work; the adult with the least."""
        home, there = self.home(child), self.provider(provider)
        if not child.adulti:
            return 2 * self.minutes(home, there)
        ways = (
            self.minutes(home, there) + self.minutes(there, self.work(a)) - self.minutes(home, self.work(a))
            for a in child.adulti
        )
        return max(0, min(ways))

    def _compute(self, origin: Place, target: Place) -> int:
        pairs = [(a, b) for a in origin[0] for b in target[0]]
        for pair in pairs:
            for key in (pair, pair[::-1]):
                if key in self._matrix:
                    return self._matrix[key]
        if origin[1] == target[1]:
            return 0
        km = great_circle_km(origin[1], target[1])
        return math.ceil(round(self._fixed + km * float(self._minutes_per_km), 6))


def point(place: Luogo) -> Point:
    """Latitude and longitude of a place, in degrees."""
    if place.latitudine is not None and place.longitudine is not None:
        return place.latitudine, place.longitudine
    if place.comune is None:
        raise ValueError("a place needs comune or coordinates")
    return _town(place.comune)


def great_circle_km(a: Point, b: Point) -> float:
    """Great-circle distance in km (haversine; mean Earth radius of the IUGG)."""
    lat_a, lon_a, lat_b, lon_b = (math.radians(value) for value in (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def _town(name: str) -> Point:
    found = comune(name)
    return found.latitudine, found.longitudine

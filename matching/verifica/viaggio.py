"""Travel minutes between home, provider and work (docs/modello.md, section 2)."""

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt

from nido.data.comuni import comune
from nido.matching.verifica.caso import Case, remembered
from nido.scenari.base import Luogo
from nido.scenari.domanda import Adulto

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Place:
    """A point with the names under which the matrix may know it, the strongest first."""

    names: tuple[str, ...]
    latitude: float
    longitude: float


def _point(place: Luogo | None, nome: str) -> tuple[float, float]:
    if place is not None and place.latitudine is not None and place.longitudine is not None:
        return place.latitudine, place.longitudine
    town = comune(place.comune if place is not None and place.comune is not None else nome)
    return town.latitudine, town.longitudine


@remembered
def home(case: Case, bambino: str) -> Place:
    """Home of a child; its municipality names it only when no other point is given."""
    child = case.bambini[bambino]
    names = (child.id,) if child.casa is not None else (child.id, child.comune)
    return Place(names, *_point(child.casa, child.comune))


@remembered
def site(case: Case, gestore: str) -> Place:
    """Where a provider is."""
    provider = case.gestori[gestore]
    return Place((provider.id,), *_point(provider.posizione, provider.comune))


def work(case: Case, adult: Adulto) -> Place:
    """Where an adult works."""
    if adult.azienda is not None:
        return Place((adult.azienda,), *_point(case.aziende[adult.azienda].sede, ""))
    return Place((), *_point(adult.sede, ""))


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance by the haversine formula."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    chord = sin(north / 2) ** 2
    chord += cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def minutes(case: Case, start: Place, end: Place) -> int:
    """Travel minutes: the matrix first, in this direction or the other; else the coordinates."""
    for one in start.names:
        for other in end.names:
            for pair in ((one, other), (other, one)):
                if pair in case.matrix:
                    return case.matrix[pair]
    if (start.latitude, start.longitude) == (end.latitude, end.longitude):
        return 0
    settings = case.scenario.viaggio
    speed = float(settings.velocita_km_h)
    raw = settings.minuti_fissi + kilometres(start, end) * float(settings.fattore_strada) / speed * 60
    return ceil(round(raw, 6))


@remembered
def detour(case: Case, bambino: str, gestore: str) -> int:
    """Minutes that a stop at the provider adds for the adult whom it costs least."""
    child_home, stop = home(case, bambino), site(case, gestore)
    places = [work(case, adult) for adult in case.bambini[bambino].adulti]
    if not places:
        return 2 * minutes(case, child_home, stop)
    added = (
        minutes(case, child_home, stop) + minutes(case, stop, job) - minutes(case, child_home, job)
        for job in places
    )
    return max(0, min(added))

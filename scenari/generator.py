"""Synthetic demand from company head counts: the same numbers and seed always give the same children.

Nothing here stands for a real family. Every child is drawn from a stream of its own, so that a changed head
count adds or takes away children of that company and leaves all others as they are.
"""

import math
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from nido.data.comuni import comuni
from nido.data.profili import profilo
from nido.scenari.base import Luogo
from nido.scenari.domanda import Azienda, Periodo
from nido.scenari.generata import AziendaGenerata, DomandaGenerata
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario
from nido.scenari.semantica_tempo import cycle_length

PREFIX = "SINT-"
EARTH_KM = 6371.0088
# Months between the births of two siblings who are not twins.
SIBLING_MONTHS = (12, 22)

Child = dict[str, Any]
Point = tuple[float, float]


class _Draws:
    """Draws that no release of Python changes: only `random.random` is used, seeded with a text."""

    def __init__(self, *names: object) -> None:
        self._random = random.Random("|".join(str(name) for name in names))

    def happens(self, share: Decimal) -> bool:
        return self._random.random() < float(share)

    def below(self, count: int) -> int:
        return min(int(self._random.random() * count), count - 1)

    def weighted(self, weights: Mapping[str, int]) -> str:
        """Draw a name; the order of the names in the file does not matter."""
        names = sorted(weights)
        target = self.below(sum(weights.values()))
        for name in names:
            target -= weights[name]
            if target < 0:
                return name
        return names[-1]


def children_of(demand: DomandaGenerata, company: AziendaGenerata) -> int:
    """Tell how many children a company's head count gives, rounded half up."""
    rate = company.figli_per_100_dipendenti
    rate = demand.figli_per_100_dipendenti if rate is None else rate
    return int((company.dipendenti * rate / 100).quantize(Decimal(1), ROUND_HALF_UP))


def most_children(demand: DomandaGenerata) -> int:
    """Tell how many children the head counts give in all."""
    return sum(children_of(demand, company) for company in demand.aziende)


def generate(scenario: Scenario) -> tuple[Child, ...]:
    """Generate the children that ``domanda_generata`` describes.

    Parameters
    ----------
    scenario
        A scenario whose names are known to be right; its own children are not looked at.

    Returns
    -------
    tuple of dict
        Children as a scenario file writes them, in the order of the companies, with ids like
        ``SINT-1-001`` (company, child) and ``sintetico: true``. Empty when the scenario asks for none.
    """
    demand = scenario.domanda_generata
    if demand is None:
        return ()
    found: list[Child] = []
    for position, company in enumerate(demand.aziende, start=1):
        family = _Family(scenario, demand, company)
        previous: Child | None = None
        for number in range(1, children_of(demand, company) + 1):
            child = family.child(number, previous, f"{PREFIX}{position}-{number:03d}")
            previous = None if "fratello_di" in child else child
            found.append(child)
    return tuple(found)


class _Family:
    """Generates the children of one company."""

    def __init__(self, scenario: Scenario, demand: DomandaGenerata, company: AziendaGenerata) -> None:
        self._demand = demand
        self._company = company
        self._rotas = {rotazione.id: rotazione for rotazione in scenario.rotazioni}
        azienda = next(item for item in scenario.aziende if item.id == company.azienda)
        self._homes = _home_weights(demand, azienda)
        self._gestori = scenario.gestori
        # Nobody enters a nido at an age at which one leaves it.
        self._oldest = profilo(scenario.profilo).eta_massima_mesi - 1
        self._start = min(season.inizio for season in scenario.stagioni)
        self._end = max(season.fine for season in scenario.stagioni)

    def child(self, number: int, previous: Child | None, id: str) -> Child:
        """Generate one child; it may be a sibling of the previous one."""
        draws = _Draws(self._demand.seme, self._company.azienda, number)
        born = self._birth(draws)
        sibling = draws.happens(self._demand.quota_fratelli)
        child: Child = {"id": id, "azienda": self._company.azienda, "sintetico": True}
        if sibling and previous is not None:
            born = self._sibling_birth(draws, date.fromisoformat(previous["nascita"]))
            child |= {
                key: previous[key] for key in ("comune", "adulti", "desideri", "assenze") if key in previous
            }
            child["fratello_di"] = previous["id"]
        else:
            child["comune"] = draws.weighted(self._homes)
            child["adulti"] = self._adults(draws)
            wishes = self._wishes(draws, child["comune"])
            child |= {"desideri": wishes} if wishes else {}
            at_home = [_period(item) for item in self._demand.ferie if draws.happens(item.quota)]
            child |= {"assenze": at_home} if at_home else {}
        child["nascita"] = born.isoformat()
        return child | self._stay(draws, born)

    def _birth(self, draws: _Draws) -> date:
        first, last = self._demand.nati.inizio, self._demand.nati.fine
        return first + timedelta(days=draws.below((last - first).days + 1))

    def _sibling_birth(self, draws: _Draws, other: date) -> date:
        least, most = SIBLING_MONTHS
        gap = timedelta(days=(least + draws.below(most - least + 1)) * 365 // 12)
        period = self._demand.nati
        fitting = [day for day in (other - gap, other + gap) if period.inizio <= day <= period.fine]
        # When no other day is possible they are twins.
        return fitting[0] if fitting else other

    def _adults(self, draws: _Draws) -> list[Child]:
        rota = draws.weighted(self._company.rotazioni)
        adults: list[Child] = [{"azienda": self._company.azienda, "turni": [self._shift(draws, rota)]}]
        if draws.happens(self._demand.quota_secondo_adulto):
            second = draws.weighted(self._demand.rotazioni_secondo_adulto)
            place = draws.weighted(self._demand.comuni_secondo_adulto)
            adults.append({"sede": {"comune": place}, "turni": [self._shift(draws, second)]})
        return adults

    def _shift(self, draws: _Draws, rota: str) -> Child:
        phases = cycle_length(self._rotas[rota])
        phase = draws.below(phases)
        return {"rotazione": rota, "fase": phase} if phase else {"rotazione": rota}

    def _wishes(self, draws: _Draws, home: str) -> list[str]:
        """Draw wishes among the nearest providers, the nearer the likelier."""
        point = _point(Luogo(comune=home))
        nearest = sorted(self._gestori, key=lambda gestore: (_km(point, _gestore_point(gestore)), gestore.id))
        pool = [gestore.id for gestore in nearest[: self._demand.desideri_massimi + 2]]
        count = min(draws.below(self._demand.desideri_massimi + 1), len(pool))
        return [pool.pop(min(draws.below(len(pool)), draws.below(len(pool)))) for _ in range(count)]

    def _stay(self, draws: _Draws, born: date) -> Child:
        """Draw entry and exit: both on the first day of a month."""
        ages = self._demand.eta_ingresso_mesi
        months = _months(self._start, self._end)
        ready = _first_of_month(born, ages[draws.below(len(ages))])
        entry = max(ready, months[0])
        if ready <= months[0] and draws.happens(self._demand.quota_ingressi_in_corso_anno):
            young = [month for month in months if month < _first_of_month(born, self._oldest)]
            entry = young[draws.below(len(young))] if young else months[0]
        # Whoever is not ready before the end of the horizon would ask for nothing.
        entry = min(entry, months[-1])
        stay: Child = {"ingresso": entry.isoformat()} if entry > self._start else {}
        later = [month for month in months if month > entry]
        if later and draws.happens(self._demand.quota_uscite_anticipate):
            stay["uscita"] = later[draws.below(len(later))].isoformat()
        return stay


def _period(period: Periodo) -> dict[str, str]:
    return {"inizio": period.inizio.isoformat(), "fine": period.fine.isoformat(), "motivo": "ferie"}


def _months(start: date, end: date) -> Sequence[date]:
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [_first_of_month(start, number, start) for number in range(count)]


def _first_of_month(day: date, months: int, base: date | None = None) -> date:
    """Give the first day of the month that starts on or after `day` and some months."""
    extra = 0 if base is not None or day.day == 1 else 1
    year, month = divmod(day.year * 12 + day.month - 1 + months + extra, 12)
    return date(year, month + 1, 1)


def _home_weights(demand: DomandaGenerata, azienda: Azienda) -> dict[str, int]:
    """Weigh municipalities by resident children and distance; at least 1, so that none is left out."""
    work = _point(azienda.sede)
    fade = float(demand.chilometri_casa)
    known = comuni()
    return {
        name: max(
            1, round(1000 * known[name].bambini_0_2 * math.exp(-_km(work, _point(Luogo(comune=name))) / fade))
        )
        for name in demand.comuni
    }


def _gestore_point(gestore: Gestore) -> Point:
    return _point(gestore.posizione or Luogo(comune=gestore.comune))


def _point(luogo: Luogo) -> Point:
    if luogo.latitudine is not None and luogo.longitudine is not None:
        return luogo.latitudine, luogo.longitudine
    found = comuni()[luogo.comune or ""]
    return found.latitudine, found.longitudine


def _km(one: Point, other: Point) -> float:
    """Give the great-circle distance by the haversine formula, to the metre, so that ties are ties."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return round(2 * EARTH_KM * math.asin(math.sqrt(half)), 3)

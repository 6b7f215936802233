"""Scenario to Instance: one pass over explicit days, then lossless merging."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nido.data.lingua import text
from nido.data.profili import profilo
from nido.matching.calendar import (
    BoolArray,
    Calendar,
    completed_months,
    month_birthday,
)
from nido.matching.instance import Group, Instance, Pair, Refusal, Request, Site, Staffing, Unit
from nido.matching.masks import column_masks, maximal, members
from nido.matching.openings import Hours, hours_of
from nido.matching.order import application_order
from nido.matching.windows import windows_of
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

Admit = Callable[[Scenario, Request, Pair, int], Refusal | None]
INFANT_MONTHS = 9


def build_instance(
    scenario: Scenario,
    travel_matrix: Mapping[tuple[str, str], int],
    *,
    admit: Admit,
    seed: int = 0,
    unit: int = 1,
    compress: bool = True,
    only: Container[tuple[str, str, str]] | None = None,
) -> Instance:
    """Turn a scenario into integers (docs/modello.md, sections 1 to 8 and 12).

    Parameters
    ----------
    scenario
        A valid scenario.
    travel_matrix
        Loaded travel minutes; may be empty.
    admit
        Tells why a candidate pair may not stay, given scenario, request, pair and provider position.
    seed
        Seed of the lot when the scenario declares no order of applications.
    unit
        Cents of one unit of money in the model.
    compress
        False keeps every moment apart: only for the test that merging loses nothing.
    only
        The pairs to be looked at, as (bambino, stagione, gestore): for a plan that is already known.

    Returns
    -------
    Instance
        Integers only, plus the scenario it came from.
    """
    builder = _Builder(scenario, travel_matrix, admit, compress, only)
    requests = builder.requests()
    pairs, sites = builder.sites(requests)
    order, refusals = application_order(scenario, seed), tuple(builder.refusals)
    return Instance(
        scenario, builder.calendar, requests, pairs, sites, builder.staffing, unit, order, compress, refusals
    )


def staffing_of(scenario: Scenario) -> Staffing:
    """Read the educator ratio of a scenario: what it states, else its regional profile."""
    profile, rule = profilo(scenario.profilo), scenario.regole.rapporto
    return Staffing(
        bands=tuple(band.id for band in profile.bande),
        children_per_educator=tuple(band.bambini_per_educatore for band in profile.bande),
        mixed=(rule.arrotondamento or profile.arrotondamento_gruppi) == "somma_mista",
        copresence=profile.copresenza_minima if rule.copresenza is None else rule.copresenza,
        by_season=rule.personale == "stagione",
        enrolled=(rule.base or profile.ratio_base) == "iscritti",
        active=rule.attiva,
    )


class _Builder:
    def __init__(
        self,
        scenario: Scenario,
        matrix: Mapping[tuple[str, str], int],
        admit: Admit,
        compress: bool,
        only: Container[tuple[str, str, str]] | None,
    ) -> None:
        self.scenario = scenario
        self.only = only
        self.admit = admit
        self.compress = compress
        self.windows = windows_of(scenario, matrix)
        self.calendar: Calendar = self.windows.calendar
        self.travel = self.windows.travel
        self.staffing = staffing_of(scenario)
        self.step = scenario.passo_minuti
        self.asked = [self.windows.request_days(child) for child in scenario.bambini]
        self.band = np.array([self._bands(child.nascita) for child in scenario.bambini])
        self.months = self._month_of_day()
        self.month_names = tuple(dict.fromkeys(self.months))
        self.month_of = np.array([self.month_names.index(month) for month in self.months], dtype=np.int64)
        self.refusals: list[Refusal] = []

    def requests(self) -> tuple[Request, ...]:
        """List the requests, season by season inside each child."""
        companies = {company.id: k for k, company in enumerate(self.scenario.aziende)}
        found: list[Request] = []
        for index, child in enumerate(self.scenario.bambini):
            window = self.windows.reference(child)
            for season, (first, last) in enumerate(self.calendar.seasons):
                days = np.flatnonzero(self.asked[index][first:last]) + first
                minutes = int(window[first:last].sum()) * self.step
                if days.size and minutes:
                    company = companies[child.azienda]
                    found.append(Request(index, season, company, int(days[0]), int(days[-1]) + 1, minutes))
        return tuple(found)

    def sites(self, requests: tuple[Request, ...]) -> tuple[tuple[Pair, ...], tuple[Site, ...]]:
        """Build every site with its admitted pairs."""
        by_season: dict[int, list[int]] = defaultdict(list)
        for position, request in enumerate(requests):
            by_season[request.season].append(position)
        pairs: list[Pair] = []
        sites: list[Site] = []
        for provider_index, provider in enumerate(self.scenario.gestori):
            windows: dict[int, BoolArray] = {}
            for season in range(len(self.calendar.seasons)):
                openings = hours_of(self.scenario, self.calendar, provider, season)
                mine: list[Pair] = []
                for position in by_season[season]:
                    request = requests[position]
                    child = request.child
                    if not self._wanted(request, provider):
                        continue
                    if child not in windows:
                        windows[child] = self.windows.at_provider(self.scenario.bambini[child], provider)
                    pair = self._pair(position, request, len(sites), openings, windows[child], provider)
                    refusal = self._refusal(request, pair, provider_index)
                    if refusal is None:
                        mine.append(pair)
                    else:
                        self.refusals.append(refusal)
                site = self._site(provider_index, season, mine, len(pairs), openings, windows, requests)
                pairs.extend(mine)
                sites.append(site)
        return tuple(pairs), tuple(sites)

    def _wanted(self, request: Request, provider: Gestore) -> bool:
        scenario = self.scenario
        names = scenario.bambini[request.child].id, scenario.stagioni[request.season].id, provider.id
        return self.only is None or names in self.only

    def _refusal(self, request: Request, pair: Pair, provider_index: int) -> Refusal | None:
        if pair.needed and pair.reachable:
            return self.admit(self.scenario, request, pair, provider_index)
        nothing = text("nessun minuto coperto dalle sue aperture", "no minute covered by its openings")
        return Refusal(pair, provider_index, "orari", nothing)

    def _pair(
        self,
        position: int,
        request: Request,
        site: int,
        openings: list[Hours],
        window: BoolArray,
        provider: Gestore,
    ) -> Pair:
        first, last = self.calendar.seasons[request.season]
        child = self.scenario.bambini[request.child]
        by_day = np.array(
            [window[:, o.first_slot : o.last_slot].sum(axis=1) * o.days * self.step for o in openings]
        )[:, first:last]
        minutes = by_day.sum(axis=1)
        used = [0, *(k for k in range(1, len(openings)) if minutes[k])]
        per_day = {tuple(int(v) for v in column) for column in by_day[used].T if column.any()}
        return Pair(
            request=position,
            site=site,
            needed=int(window[first:last].sum()) * self.step,
            base=int(minutes[0]),
            unit_minutes={k: int(minutes[k]) for k in used[1:]},
            days=int(window[first:last].any(axis=1).sum()),
            meal_days={k: int(openings[k].lunch_days(window, self.step).sum()) for k in used},
            months=self._months_between(request, None),
            month_days=self._month_days(window, first, last),
            unit_months={k: self._months_between(request, openings[k].days) for k in used[1:]},
            detour=self.travel.detour(child, provider),
            age_months=completed_months(child.nascita, self.calendar.day(request.first)),
            day_minutes=frozenset(per_day),
        )

    def _month_days(self, window: BoolArray, first: int, last: int) -> dict[str, int]:
        """Count the days with a care window in each month that has some."""
        counts = np.bincount(self.month_of[first:last][window[first:last].any(axis=1)])
        return {self.month_names[month]: int(counts[month]) for month in np.flatnonzero(counts)}

    def _months_between(self, request: Request, days: BoolArray | None) -> tuple[str, ...]:
        if days is None:
            return self.calendar.months(request.first, request.last)
        inside = np.flatnonzero(days[request.first : request.last]) + request.first
        return tuple(dict.fromkeys(self.months[day] for day in inside))

    def _site(
        self,
        provider_index: int,
        season: int,
        pairs: list[Pair],
        offset: int,
        openings: list[Hours],
        windows: dict[int, BoolArray],
        requests: tuple[Request, ...],
    ) -> Site:
        provider = self.scenario.gestori[provider_index]
        season_id = self.scenario.stagioni[season].id
        mine = [(pair, requests[pair.request]) for pair in pairs]
        units = tuple(self._unit(k, opening, mine, windows) for k, opening in enumerate(openings))
        return Site(
            provider=provider_index,
            season=season,
            pairs=tuple(range(offset, offset + len(pairs))),
            units=units,
            places=provider.posti_stagione.get(season_id, provider.posti),
            months=self.calendar.months(*self.calendar.seasons[season]),
        )

    def _unit(
        self, index: int, opening: Hours, pairs: list[tuple[Pair, Request]], windows: dict[int, BoolArray]
    ) -> Unit:
        days = np.flatnonzero(opening.days)
        shape = (len(pairs), days.size, opening.last_slot - opening.first_slot)
        present, enrolled = np.zeros(shape, dtype=bool), np.zeros(shape[:2], dtype=bool)
        band = np.zeros(shape[:2], dtype=np.int64)
        infant = np.zeros(shape[:2], dtype=bool)
        for row, (pair, request) in enumerate(pairs):
            if index and index not in pair.unit_minutes:
                continue
            present[row] = windows[request.child][days, opening.slots]
            enrolled[row] = (days >= request.first) & (days < request.last)
            band[row] = self.band[request.child][days]
            infant[row] = self._infant(request.child, days)
        return self._compressed(opening, days, present, enrolled, band, infant)

    def _compressed(
        self,
        opening: Hours,
        days: NDArray[np.int64],
        present: BoolArray,
        enrolled: BoolArray,
        band: NDArray[np.int64],
        infant: BoolArray,
    ) -> Unit:
        counted = np.broadcast_to(enrolled[:, :, None], present.shape) if self.staffing.enrolled else present
        bands = range(len(self.staffing.bands))
        reduce = self._reduce
        flat = _flat(present)
        by_band = [_flat(present & (band == b)[:, :, None]) for b in bands]
        enrolled_by_band = [enrolled & (band == b) for b in bands]
        months: dict[str, list[int]] = defaultdict(list)
        for position, day in enumerate(days):
            months[self.months[int(day)]].append(position)
        return Unit(
            fascia=opening.fascia,
            days=tuple(int(day) for day in days),
            first_slot=opening.first_slot,
            last_slot=opening.last_slot,
            groups=self._groups(opening.first_slot, days, counted, band),
            peaks=reduce(flat),
            band_peaks=tuple(reduce(entry) for entry in by_band),
            infant_peaks=reduce(_flat(present & infant[:, :, None])),
            month_peaks={month: reduce(_flat(present[:, chosen, :])) for month, chosen in months.items()},
            enrolled_peaks=reduce(enrolled),
            enrolled_band_peaks=tuple(reduce(entry) for entry in enrolled_by_band),
        )

    def _reduce(self, columns: BoolArray) -> tuple[tuple[int, ...], ...]:
        masks = column_masks(columns) if columns.shape[0] else np.array([], dtype=object)
        if not self.compress:
            return tuple(members(mask) for mask in masks if mask)
        return tuple(members(mask) for mask in maximal(masks))

    def _groups(
        self, first_slot: int, days: NDArray[np.int64], counted: BoolArray, band: NDArray[np.int64]
    ) -> tuple[Group, ...]:
        children, day_count, slot_count = counted.shape
        bands = len(self.staffing.bands)
        elements = np.zeros((children, bands, day_count, slot_count), dtype=bool)
        for b in range(bands):
            elements[:, b] = counted & (band == b)[:, :, None]
        flat = elements.reshape(children * bands, day_count * slot_count)
        if children == 0:
            masks = np.zeros((day_count, slot_count), dtype=object)
        else:
            masks = column_masks(flat).reshape(day_count, slot_count)
        if self.staffing.by_season:
            return self._season_groups(first_slot, masks, bands)
        where: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for count, ((position, slot), mask) in enumerate(np.ndenumerate(masks)):
            if mask:
                where[mask, 0 if self.compress else count].append((int(days[position]), first_slot + slot))
        return tuple(Group((_split(mask, bands),), (), tuple(found)) for (mask, _), found in where.items())

    def _season_groups(self, first_slot: int, masks: NDArray[np.object_], bands: int) -> tuple[Group, ...]:
        families: dict[tuple[int, ...], list[int]] = defaultdict(list)
        if not self.compress:
            return tuple(
                Group(tuple(_split(m, bands) for m in masks[:, slot] if m), (first_slot + slot,), ())
                for slot in range(masks.shape[1])
            )
        for slot in range(masks.shape[1]):
            families[maximal(masks[:, slot])].append(first_slot + slot)
        return tuple(
            Group(tuple(_split(mask, bands) for mask in family), tuple(slots), ())
            for family, slots in families.items()
        )

    def _bands(self, born: date) -> NDArray[np.int64]:
        bands = profilo(self.scenario.profilo).bande
        index = np.zeros(self.calendar.days, dtype=np.int64)
        for position, band in enumerate(bands[1:], start=1):
            start = self.calendar.index(month_birthday(born, band.da_mesi))
            index[max(start, 0) :] = position
        return index

    def _infant(self, child: int, days: NDArray[np.int64]) -> BoolArray:
        birthday = month_birthday(self.scenario.bambini[child].nascita, INFANT_MONTHS)
        young: BoolArray = days < self.calendar.index(birthday)
        return young

    def _month_of_day(self) -> tuple[str, ...]:
        return tuple(f"{self.calendar.day(k):%Y-%m}" for k in range(self.calendar.days))


def _flat(present: BoolArray) -> BoolArray:
    children, days, slots = present.shape
    return present.reshape(children, days * slots)


def _split(mask: int, bands: int) -> tuple[tuple[int, int], ...]:
    return tuple(divmod(element, bands) for element in members(mask))

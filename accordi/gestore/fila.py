"""The plan's own children in a row: cost and revenue of the first n (docs/modello.md, section 17)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from nido.accordi.components import posto, vuoto
from nido.matching.instance import Staffing
from nido.matching.money import child_hour_cents, exact_pair_cents, fascia_of, hour_cost_cents
from nido.matching.replay import Replay
from nido.matching.solution import Agreement, Solution, TogetherUse
from nido.matching.variables import StaffGroup

IntArray = NDArray[np.int64]


class Queue:
    """Costs and revenues of the children of one provider in one season, added one at a time.

    Parameters
    ----------
    replayed
        The plan.
    solution
        The same plan in names.
    site
        Position of the provider in the season.
    earned
        Pair -> unit -> cents of fascia, hours and meals that the child pays.
    """

    def __init__(
        self, replayed: Replay, solution: Solution, site: int, earned: Mapping[int, Mapping[int, int]]
    ) -> None:
        self._replayed = replayed
        self._instance = replayed.draft.instance
        self.site = site
        self._site = self._instance.sites[site]
        self._gestore = self._instance.scenario.gestori[self._site.provider]
        self._earned = earned
        self._solution = solution
        self._position = {pair: place for place, pair in enumerate(self._site.pairs)}
        by_name = {(row.bambino, row.stagione): row for row in solution.assegnazioni}
        season = self._instance.scenario.stagioni[self._site.season].id
        self._rows = {pair: by_name[self._child(pair), season] for pair in replayed.plan.by_site[site]}
        self._staffed = [_Staffed(replayed, site, unit) for unit in range(len(self._site.units))]

    @property
    def places(self) -> int:
        """Places offered."""
        return self._site.places

    @property
    def counted(self) -> bool:
        """Whether staff, or child-hours, are counted at all."""
        return (
            self._instance.staffing.active
            or child_hour_cents(self._instance.scenario, self._gestore) is not None
        )

    def attends(self, pair: int, unit: int) -> bool:
        """Tell whether a pair uses a unit."""
        return self._replayed.plan.attends(pair, unit)

    def costs(self, queue: Sequence[int], units: Iterable[int] | None = None) -> list[Fraction]:
        """Exact cost of the first 0, 1, 2... pairs of a queue, in some units, in cents."""
        chosen = range(len(self._site.units)) if units is None else units
        return [
            sum(parts, Fraction(0)) for parts in zip(*(self._unit(k, queue) for k in chosen), strict=True)
        ]

    def incomes(self, queue: Sequence[int]) -> list[int]:
        """What the price list bills for the first 0, 1, 2... pairs of a queue, in cents."""
        own = self.earned(queue, None)
        return [one + places for one, places in zip(own, self._places(queue), strict=True)]

    def earned(self, queue: Sequence[int], unit: int | None) -> list[int]:
        """What the same pairs pay in one unit, or in all, their places apart, in cents."""
        totals = [0]
        for pair in queue:
            paid = self._earned.get(pair, {})
            totals.append(totals[-1] + (sum(paid.values()) if unit is None else paid.get(unit, 0)))
        return totals

    def _unit(self, unit: int, queue: Sequence[int]) -> list[Fraction]:
        scenario, plan = self._instance.scenario, self._replayed.plan
        fixed = self._gestore.costi.partecipazione
        if unit:
            fixed = fascia_of(self._instance, self._site, unit).costo_fisso
        own, costs = Fraction(0), [Fraction(0)]
        using = False
        for pair in queue:
            if plan.attends(pair, unit):
                own += 0 if using else Fraction(fixed) * 100
                own += exact_pair_cents(scenario, self._gestore, self._instance.pairs[pair], unit)
                using = True
            costs.append(own)
        staff = self._staffed[unit].costs([self._position[pair] for pair in queue])
        return [one + other for one, other in zip(costs, staff, strict=True)]

    def _places(self, queue: Sequence[int]) -> list[int]:
        """Price of the places, used and empty, with the first 0, 1, 2... pairs."""
        if not (queue and self._gestore.prezzi.posto_mese):
            return [0] * (len(queue) + 1)
        positions = np.array([self._position[pair] for pair in queue])
        companies = np.array([self._instance.company(pair) for pair in queue])
        everybody = np.ones(len(queue), dtype=np.int64)
        present = {month: self._present(month) for month in self._site.months}
        together = {month: _peaks(sets[:, positions] * everybody) for month, sets in present.items()}
        used = {
            int(company): {
                month: _peaks(sets[:, positions] * (companies == company)) for month, sets in present.items()
            }
            for company in np.unique(companies)
        }
        return [self._billed(queue[:n], used, together) for n in range(len(queue) + 1)]

    def _present(self, month: str) -> IntArray:
        """Sets of children who may be there together in a month, and are: shape (sets, pairs of the site)."""
        plan, site = self._replayed.plan, self._site
        rows = [[0] * len(site.pairs)]
        for unit, entry in enumerate(site.units):
            for members in entry.month_peaks.get(month, ()):
                row = [0] * len(site.pairs)
                for member in members:
                    row[member] = int(plan.attends(site.pairs[member], unit))
                rows.append(row)
        return np.array(rows, dtype=np.int64)

    def _billed(
        self,
        first: Sequence[int],
        used: Mapping[int, Mapping[str, IntArray]],
        together: Mapping[str, IntArray],
    ) -> int:
        """Bill the places of the agreements that some pairs need."""
        scenario, children = self._instance.scenario, len(first)
        season = scenario.stagioni[self._site.season].id
        agreements = []
        for company in sorted({self._instance.company(pair) for pair in first}):
            months = {month: int(peaks[children]) for month, peaks in used[company].items()}
            peak = max(months.values())
            places = max(peak, self._gestore.posti_minimi_accordo) if peak else 0
            name = scenario.aziende[company].id
            agreements.append(Agreement(name, self._gestore.id, season, places, 0, months))
        use = {month: int(peaks[children]) for month, peaks in together.items()}
        plan = replace(
            self._solution,
            assegnazioni=tuple(self._rows[pair] for pair in first),
            accordi=tuple(agreements),
            uso_insieme=(TogetherUse(self._gestore.id, season, use),),
        )
        return sum(
            one.importo_cent for bill in (posto.amounts, vuoto.amounts) for one in bill(scenario, plan)
        )

    def _child(self, pair: int) -> str:
        request = self._instance.requests[self._instance.pairs[pair].request]
        return self._instance.scenario.bambini[request.child].id


class _Staffed:
    """The staff of one unit for growing numbers of children, every staffing group at once.

    The sets of a group stay those of the plan when children come more than once: a larger set asks for at
    least as many educators as each of its subsets, however often a child is counted.
    """

    def __init__(self, replayed: Replay, site: int, unit: int) -> None:
        instance = replayed.draft.instance
        self._staffing = instance.staffing
        self._groups = [one for one in replayed.draft.staff if (one.site, one.unit) == (site, unit)]
        pairs = instance.sites[site].pairs
        attending = [replayed.plan.attends(pair, unit) for pair in pairs]
        self._attending = np.array(attending, dtype=np.int64)
        if not self._groups:
            return
        bands = len(self._staffing.bands)
        rows = [row for one in self._groups for row in _rows(one, bands, attending)]
        # Shape (bands, sets, pairs of the site).
        self._sets = np.array(rows, dtype=np.int64).transpose(1, 0, 2)
        sizes = [1 + len(one.group.sets) for one in self._groups]
        self._starts = np.cumsum([0, *sizes[:-1]])
        days = len(instance.sites[site].units[unit].days) if self._staffing.by_season else 1
        self._moments = np.array([one.group.size * days for one in self._groups], dtype=np.int64)
        provider = instance.scenario.gestori[instance.sites[site].provider]
        hour = hour_cost_cents(instance.scenario, provider)
        self._price = Fraction(instance.scenario.passo_minuti * hour, 60)

    def costs(self, positions: Sequence[int]) -> list[Fraction]:
        """Exact cents of the additional staff with the first 0, 1, 2... children."""
        if not (self._groups and positions):
            return [Fraction(0)] * (len(positions) + 1)
        counts = _running(self._sets[:, :, positions])
        existing = np.array(self._groups[0].existing, dtype=np.int64)
        needs = _educators(self._staffing, counts + existing[:, None, None], self._starts)
        duty = np.maximum(needs, self._staffing.copresence)
        more = np.maximum(duty - self._groups[0].already, 0)
        if self._staffing.by_season:
            there = _running(self._attending[positions]) > 0
        else:
            there = np.maximum.reduceat(counts.sum(axis=0), self._starts, axis=0) > 0
        return [int(total) * self._price for total in self._moments @ (more * there)]


def _rows(entry: StaffGroup, bands: int, attending: Sequence[bool]) -> list[list[list[int]]]:
    """One row for nobody, then one for each set: by band, who is in it and attends."""
    rows = [[[0] * len(attending) for _ in range(bands)]]
    for members in entry.group.sets:
        row = [[0] * len(attending) for _ in range(bands)]
        for member, band in members:
            row[band][member] = int(attending[member])
        rows.append(row)
    return rows


def _educators(staffing: Staffing, counts: IntArray, starts: IntArray) -> IntArray:
    """Educators that each group asks for: counts of shape (bands, sets, n) -> shape (groups, n)."""
    ratios = np.array(staffing.children_per_educator, dtype=np.int64)
    if staffing.mixed:
        common = lcm(*staffing.children_per_educator)
        parts = (counts * (common // ratios)[:, None, None]).sum(axis=0)
        mixed: IntArray = np.maximum.reduceat(-(-parts // common), starts, axis=0)
        return mixed
    by_band = np.maximum.reduceat(-(-counts // ratios[:, None, None]), starts, axis=1)
    summed: IntArray = by_band.sum(axis=0)
    return summed


def _running(columns: IntArray) -> IntArray:
    """Sum along the last axis, from nobody on: one more column."""
    before = np.zeros((*columns.shape[:-1], 1), dtype=np.int64)
    return np.concatenate([before, np.cumsum(columns, axis=-1)], axis=-1)


def _peaks(columns: IntArray) -> IntArray:
    """Largest set with the first 0, 1, 2... children."""
    found: IntArray = _running(columns).max(axis=0)
    return found

"""A bare plan (who is served where, with which fasce) and what follows from it, in integers."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from nido.matching.instance import Instance, Site
from nido.matching.variables import StaffGroup


class Plan:
    """Served pairs and booked fasce, with the smallest staff and places that they need.

    Parameters
    ----------
    instance
        The instance.
    served
        Positions of the served pairs.
    booked
        (pair, unit) bookings; those of pairs that are not served are dropped.
    """

    def __init__(self, instance: Instance, served: Iterable[int], booked: Iterable[tuple[int, int]]) -> None:
        self.instance = instance
        self.served = tuple(sorted(served))
        chosen = set(self.served)
        self.booked = frozenset((pair, unit) for pair, unit in booked if pair in chosen)
        self._attending = self.booked | {(pair, 0) for pair in self.served}
        self.open_units = frozenset((instance.pairs[pair].site, unit) for pair, unit in self.booked)
        by_site: dict[int, list[int]] = defaultdict(list)
        for pair in self.served:
            by_site[instance.pairs[pair].site].append(pair)
        self.by_site = dict(by_site)
        self._companies = {(instance.pairs[pair].site, instance.company(pair)) for pair in self.served}

    def attends(self, pair: int, unit: int) -> bool:
        """Tell whether a pair is served and in a unit."""
        return (pair, unit) in self._attending

    def covered(self, pair: int) -> int:
        """Covered minutes of a served pair."""
        entry = self.instance.pairs[pair]
        return entry.base + sum(m for unit, m in entry.unit_minutes.items() if (pair, unit) in self.booked)

    def uncovered(self, pair: int) -> int:
        """Uncovered minutes of a served pair."""
        return self.instance.pairs[pair].needed - self.covered(pair)

    def present(self, site: Site, unit: int, members: Iterable[int]) -> list[int]:
        """Pairs of a set (positions in the site) that attend a unit."""
        chosen = (site.pairs[member] for member in members)
        return [pair for pair in chosen if (pair, unit) in self._attending]

    def peak(self, site_index: int, company: int, months: Iterable[str]) -> int:
        """Most children of a company present together at a site in some months."""
        site = self.instance.sites[site_index]
        if (site_index, company) not in self._companies:
            return 0
        counts = (
            sum(self.instance.company(pair) == company for pair in self.present(site, unit, members))
            for month in months
            for unit, entry in enumerate(site.units)
            for members in entry.month_peaks.get(month, ())
        )
        return max(counts, default=0)

    def places(self, site_index: int, company: int) -> int:
        """Places that an agreement must reserve: the peak, or the provider's minimum if it is used."""
        site = self.instance.sites[site_index]
        peak = self.peak(site_index, company, site.months)
        least = self.instance.scenario.gestori[site.provider].posti_minimi_accordo
        return max(peak, least) if peak else 0

    def educators(self, entry: StaffGroup) -> tuple[int, ...]:
        """Least educators of a staffing group by band, co-presence aside (docs/modello.md, section 8)."""
        staffing = self.instance.staffing
        pairs = self.instance.sites[entry.site].pairs
        needs = [staffing.least(entry.existing)]
        for members in entry.group.sets:
            count = list(entry.existing)
            for member, band in members:
                if (pairs[member], entry.unit) in self._attending:
                    count[band] += 1
            needs.append(staffing.least(tuple(count)))
        return tuple(max(column) for column in zip(*needs, strict=True))

    def extra(self, entry: StaffGroup) -> int:
        """Additional educators of a staffing group over those already on duty."""
        if not self.staffed(entry):
            return 0
        duty = max(self.instance.staffing.copresence, sum(self.educators(entry)))
        return max(0, duty - entry.already)

    def staffed(self, entry: StaffGroup) -> bool:
        """Tell whether the plan's children make a group staffed."""
        if not self.instance.staffing.by_season:
            site = self.instance.sites[entry.site]
            members = {member for chosen in entry.group.sets for member, _ in chosen}
            return bool(self.present(site, entry.unit, members))
        if entry.unit == 0:
            return entry.site in self.by_site
        return (entry.site, entry.unit) in self.open_units


Completion = Callable[[Plan], int]

"""The scenario as integers: requests, candidate pairs, sites and their moments; no names, no euro."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from nido.matching.calendar import Calendar
from nido.matching.solution import BASE
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Request:
    """A child in a season.

    Attributes
    ----------
    child, season, company
        Positions in the scenario.
    first, last
        Days of the request inside the season, ``first <= day < last``.
    reference
        Length of the care window with no travel, in minutes.
    """

    child: int
    season: int
    company: int
    first: int
    last: int
    reference: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A request that a provider could serve.

    Attributes
    ----------
    request, site
        Positions in the instance.
    needed, base
        Minutes of the care window, and those inside base hours.
    unit_minutes
        Minutes of the care window in each fascia, by position of the unit in the site; only positive ones.
    days
        Days of the season with a care window.
    meal_days
        Days of presence at lunch time, by unit position (0 = base).
    months
        Months of the season with a day of the request.
    month_days
        Days with a care window, by month.
    unit_months
        For each fascia, its months inside the request.
    detour
        Extra travel, minutes per day.
    age_months
        Completed months of age on the first day of the request in the season.
    day_minutes
        Distinct (minutes in base, then in each fascia of `unit_minutes`) found on single days.
    """

    request: int
    site: int
    needed: int
    base: int
    unit_minutes: Mapping[int, int]
    days: int
    meal_days: Mapping[int, int]
    months: tuple[str, ...]
    month_days: Mapping[str, int]
    unit_months: Mapping[int, tuple[str, ...]]
    detour: int
    age_months: int
    day_minutes: frozenset[tuple[int, ...]]

    @property
    def reachable(self) -> int:
        """Minutes covered when every fascia is booked."""
        return self.base + sum(self.unit_minutes.values())


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pair that may not exist: the rule that refuses it, and why."""

    pair: Pair
    provider: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a pair out: the reason, the requirement behind it as a path of the scenario, by how much."""

    reason: str
    about: tuple[str, ...]
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Moments with the same need of staff, in one unit.

    Attributes
    ----------
    sets
        Maximal sets of possible presence; a member is (pair position in the site, band).
    slots
        Grid intervals of the group when staff is by season; empty when it is by day.
    moments
        Single (day, interval) moments when staff is by day; empty when it is by season.
    """

    sets: tuple[tuple[tuple[int, int], ...], ...]
    slots: tuple[int, ...]
    moments: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """Number of intervals (by season) or of single moments (by day)."""
        return len(self.slots) or len(self.moments)


@dataclass(frozen=True, slots=True)
class Unit:
    """Base hours (position 0) or a fascia of a provider in a season.

    Attributes
    ----------
    fascia
        ``base`` or the id of the fascia.
    days
        Its days in the season, as day indices.
    first_slot, last_slot
        Grid intervals, ``first_slot <= slot < last_slot``.
    groups
        Staffing groups.
    peaks
        Maximal sets of simultaneous presence (pair positions in the site).
    band_peaks
        The same by age band.
    infant_peaks
        The same for children under the infant age of Tagesmutter.
    month_peaks
        The same by month.
    enrolled_peaks
        Maximal sets of enrolled children on one day of the unit.
    """

    fascia: str
    days: tuple[int, ...]
    first_slot: int
    last_slot: int
    groups: tuple[Group, ...]
    peaks: tuple[tuple[int, ...], ...]
    band_peaks: tuple[tuple[tuple[int, ...], ...], ...]
    infant_peaks: tuple[tuple[int, ...], ...]
    month_peaks: Mapping[str, tuple[tuple[int, ...], ...]]
    enrolled_peaks: tuple[tuple[int, ...], ...]
    enrolled_band_peaks: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def is_base(self) -> bool:
        """True for base hours."""
        return self.fascia == BASE


@dataclass(frozen=True, slots=True)
class Site:
    """A provider in a season; `pairs` are positions in the instance, `places` the offered places."""

    provider: int
    season: int
    pairs: tuple[int, ...]
    units: tuple[Unit, ...]
    places: int
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Staffing:
    """The educator ratio as a scenario sets it.

    Attributes
    ----------
    bands
        Ids of the age bands.
    children_per_educator
        Ratio of each band.
    mixed
        Round the sum over bands instead of each band.
    copresence
        Least educators when open.
    by_season
        Staff is the peak over the days, or may change every day.
    enrolled
        Count enrolled children instead of present ones.
    active
        False when the rule is off: then no staff is needed and none is paid.
    """

    bands: tuple[str, ...]
    children_per_educator: tuple[int, ...]
    mixed: bool
    copresence: int
    by_season: bool
    enrolled: bool
    active: bool

    def least(self, present: tuple[int, ...]) -> tuple[int, ...]:
        """Least educators for some children by band, co-presence aside.

        Returns
        -------
        tuple of int
            One number per band, or a single one when the sum is rounded.
        """
        if self.mixed:
            share = sum(
                (
                    Fraction(count, ratio)
                    for count, ratio in zip(present, self.children_per_educator, strict=True)
                ),
                Fraction(0),
            )
            return (-(-share.numerator // share.denominator),)
        return tuple(-(-c // r) for c, r in zip(present, self.children_per_educator, strict=True))

    def existing(self, present: tuple[int, ...]) -> int:
        """Educators already on duty for the children a provider has anyway."""
        if not self.active or not any(present):
            return 0
        return max(self.copresence, sum(self.least(present)))


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything the model needs, as integers.

    Attributes
    ----------
    unit
        Cents of one unit of money: 1, 10 or 100.
    order
        Position of each child in the order of applications.
    compress
        False when every moment is kept apart, for the test that merging loses nothing.
    refusals
        Pairs that were kept out of the model.
    """

    scenario: Scenario
    calendar: Calendar
    requests: tuple[Request, ...]
    pairs: tuple[Pair, ...]
    sites: tuple[Site, ...]
    staffing: Staffing
    unit: int
    order: tuple[int, ...]
    compress: bool
    refusals: tuple[Refusal, ...]

    def company(self, pair: int) -> int:
        """Position of the company that asks for a pair's child."""
        return self.requests[self.pairs[pair].request].company

    def pairs_by_request(self) -> tuple[tuple[int, ...], ...]:
        """List the candidate pairs of each request."""
        found: list[list[int]] = [[] for _ in self.requests]
        for index, pair in enumerate(self.pairs):
            found[pair.request].append(index)
        return tuple(tuple(entry) for entry in found)

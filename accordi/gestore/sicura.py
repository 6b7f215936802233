"""The curve that holds whatever the ages: all the hours, and the ages that ask for most staff."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

from nido.accordi.gestore.curva import Curva, Punto, curve, missing
from nido.matching.instance import Instance, Staffing
from nido.matching.money import (
    child_hour_cents,
    existing_children,
    fascia_of,
    half_up,
    hour_cost_cents,
    meal_cents,
)

LUNCH = 12 * 60
# How many children a minimum beyond the places is looked for with.
FURTHEST = 100

Package = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parte:
    """Base hours or a fascia as the children of a curve use them: wholly, on all its days.

    Attributes
    ----------
    aggiuntive
        Additional educators by number of children; empty where staff is paid by the child-hour.
    educatrice
        Cents of one educator on duty throughout the season.
    fisso
        Cents due as soon as one child uses it.
    costo_bambino, ricavo_bambino
        Cents of one child in the whole season, staff apart.
    """

    aggiuntive: tuple[int, ...]
    educatrice: Fraction
    fisso: Fraction
    costo_bambino: Fraction
    ricavo_bambino: Fraction

    def costo(self, children: int) -> Fraction:
        """Exact cost with some children, in cents."""
        if not children:
            return Fraction(0)
        staff = self.aggiuntive[children] * self.educatrice if self.aggiuntive else Fraction(0)
        return self.fisso + self.costo_bambino * children + staff


@lru_cache(maxsize=64)
def additional(staffing: Staffing, existing: tuple[int, ...], places: int) -> tuple[int, ...]:
    """Additional educators for 0, 1, 2... further children, of whatever ages: the largest number.

    Parameters
    ----------
    staffing
        Ratio and least presence.
    existing
        Children who are there anyway, by band.
    places
        Most further children.
    """
    already = staffing.existing(existing)
    needs = _mixed(staffing, existing, places) if staffing.mixed else _by_band(staffing, existing, places)
    return tuple(max(0, max(staffing.copresence, need) - already) for need in needs)


def _mixed(staffing: Staffing, existing: Sequence[int], places: int) -> list[int]:
    ratios = staffing.children_per_educator
    share = sum((Fraction(e, r) for e, r in zip(existing, ratios, strict=True)), Fraction(0))
    return [ceil(share + Fraction(children, min(ratios))) for children in range(places + 1)]


def _by_band(staffing: Staffing, existing: Sequence[int], places: int) -> list[int]:
    """Add band after band: the most educators that some children of the bands so far can ask for."""
    most: list[int] | None = None
    for there, ratio in zip(existing, staffing.children_per_educator, strict=True):
        alone = [ceil(Fraction(there + more, ratio)) for more in range(places + 1)]
        if most is None:
            most = alone
            continue
        most = [max(most[k - more] + alone[more] for more in range(k + 1)) for k in range(places + 1)]
    return most or [0] * (places + 1)


def safe_curve(places: int, planned: int, point: Callable[[int], tuple[Fraction, Fraction]]) -> Curva:
    """Draw a curve from nobody to the places.

    Parameters
    ----------
    places
        Most children.
    planned
        Children of the plan.
    point
        Exact cost and revenue, in cents, with some children.
    """
    points = [_point(children, point) for children in range(places + 1)]
    found = curve(points, _point(planned, point), 0)
    if found.in_attivo:
        return found
    further = (_point(children, point) for children in range(places + 1, FURTHEST + 1))
    beyond = next((one.bambini for one in further if one.margine_cent >= 0), None)
    return curve(points, _point(planned, point), 0, beyond)


def _point(children: int, point: Callable[[int], tuple[Fraction, Fraction]]) -> Punto:
    cost, income = point(children)
    return Punto(children, half_up(cost), half_up(income))


def shares(children: int, counts: Sequence[int]) -> list[int]:
    """Divide children in proportion to some counts: the largest rests first, of equal ones the first."""
    whole = sum(counts)
    parts = [children * count // whole for count in counts]
    rests = sorted(range(len(counts)), key=lambda k: -(children * counts[k] % whole))
    for position in rests[: children - sum(parts)]:
        parts[position] += 1
    return parts


class SafeCurves:
    """Curves of one provider in one season, whatever the ages.

    Parameters
    ----------
    instance
        The instance.
    site
        Position of the provider in the season.
    """

    def __init__(self, instance: Instance, site: int) -> None:
        self._instance = instance
        self._site = instance.sites[site]
        self._gestore = instance.scenario.gestori[self._site.provider]
        self._hourly = child_hour_cents(instance.scenario, self._gestore)
        # Children of the plan may share places: the table of educators must reach them too.
        self._most = max(self._site.places, FURTHEST, len(self._site.pairs))
        counted = self._hourly is not None or instance.staffing.active
        self._parts = [self._part(unit) for unit in range(len(self._site.units))] if counted else []

    def names(self, package: Package) -> tuple[str, ...]:
        """Name the fasce of a package."""
        return tuple(self._site.units[unit].fascia for unit in package)

    def draw(self, counts: Mapping[Package, int], planned: int) -> Curva:
        """Draw children who divide among sets of units in proportion to some counts.

        Parameters
        ----------
        counts
            Set of units -> weight.
        planned
            Children of the plan.
        """
        if not self._parts:
            return missing("personale_non_contato", 0)
        sets, weights = list(counts), list(counts.values())
        used = sorted({unit for units in sets for unit in units})

        def point(children: int) -> tuple[Fraction, Fraction]:
            by_set = shares(children, weights)
            cost, income = Fraction(0), Fraction(0)
            for unit in used:
                there = sum(count for units, count in zip(sets, by_set, strict=True) if unit in units)
                cost += self._parts[unit].costo(there)
                income += self._parts[unit].ricavo_bambino * there
            return cost, income

        return safe_curve(self._site.places, planned, point)

    def _part(self, unit: int) -> Parte:
        instance, gestore, entry = self._instance, self._gestore, self._site.units[unit]
        scenario = instance.scenario
        hours = Fraction(len(entry.days) * (entry.last_slot - entry.first_slot) * scenario.passo_minuti, 60)
        lunch = entry.first_slot <= LUNCH // scenario.passo_minuti < entry.last_slot
        meals = len(entry.days) * lunch
        cost = (self._hourly or Fraction(0)) * hours + meal_cents(scenario, gestore) * meals
        income = Fraction(gestore.prezzi.ora_bambino) * 100 * hours
        income += Fraction(gestore.prezzi.pasto_giorno) * 100 * meals
        if unit == 0:
            months = len(self._site.months)
            cost += Fraction(gestore.costi.bambino_mese) * 100 * months
            income += Fraction(gestore.prezzi.posto_mese) * 100 * months
            fixed = gestore.costi.partecipazione
        else:
            fascia = fascia_of(instance, self._site, unit)
            running = {f"{instance.calendar.day(day):%Y-%m}" for day in entry.days}
            income += Fraction(fascia.prezzo_mese) * 100 * len(running)
            fixed = fascia.costo_fisso
        educators: tuple[int, ...] = ()
        duty = Fraction(0)
        if self._hourly is None:
            existing = existing_children(instance, self._site, unit)
            educators = additional(instance.staffing, existing, self._most)
            duty = hours * hour_cost_cents(scenario, gestore)
        return Parte(educators, duty, Fraction(fixed) * 100, cost, income)

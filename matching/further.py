"""What one more child would cost in an open fascia, the plan being fixed (docs/modello.md, section 10)."""

from fractions import Fraction

from nido.matching.draft import Draft
from nido.matching.instance import Site, Unit
from nido.matching.money import child_hour_cents, fascia_of, half_up, hour_cost_cents, meal_cents
from nido.matching.plan import Plan
from nido.matching.variables import StaffGroup

LUNCH = 12 * 60


def further_child(draft: Draft, plan: Plan, site_index: int, unit: int) -> tuple[int | None, str | None]:
    """Find what a child who used every hour of a fascia would add to its cost.

    Parameters
    ----------
    draft, plan
        The model and its plan.
    site_index, unit
        Position of the site in the instance, and of the fascia in the site.

    Returns
    -------
    tuple
        Cents for the dearest age band, and that band; no band where all cost the same, and nothing at all
        where neither staff nor child-hours are counted.
    """
    instance, site = draft.instance, draft.instance.sites[site_index]
    provider = instance.scenario.gestori[site.provider]
    hourly, staffing = child_hour_cents(instance.scenario, provider), instance.staffing
    if hourly is None and not staffing.active:
        return None, None
    own = _own(draft, site, unit, hourly or Fraction(0))
    if (site_index, unit) not in plan.open_units:
        own += Fraction(fascia_of(instance, site, unit).costo_fisso) * 100
    if hourly is not None:
        return half_up(own), None
    price = Fraction(instance.scenario.passo_minuti * hour_cost_cents(instance.scenario, provider), 60)
    if staffing.by_season:
        price *= len(site.units[unit].days)
    costs = [
        half_up(own + price * _educators(draft, plan, (site_index, unit), band))
        for band in range(len(staffing.bands))
    ]
    most = max(costs)
    return most, None if min(costs) == most else staffing.bands[costs.index(most)]


def _own(draft: Draft, site: Site, unit: int, hourly: Fraction) -> Fraction:
    """Cents of the child's own hours and meals, where they are counted."""
    scenario, entry = draft.instance.scenario, site.units[unit]
    step, days = scenario.passo_minuti, len(entry.days)
    minutes = days * (entry.last_slot - entry.first_slot) * step
    lunch = entry.first_slot <= LUNCH // step < entry.last_slot
    return hourly * minutes / 60 + days * lunch * meal_cents(scenario, scenario.gestori[site.provider])


def _educators(draft: Draft, plan: Plan, where: tuple[int, int], band: int) -> int:
    """Educators that the child adds, summed over the intervals (by day: over the single moments)."""
    staffing, unit = draft.instance.staffing, draft.instance.sites[where[0]].units[where[1]]
    groups = [entry for entry in draft.staff if (entry.site, entry.unit) == where]
    more = sum((_duty(draft, plan, entry, band) - plan.extra(entry)) * entry.group.size for entry in groups)
    # Where nobody could be, there is no group: the child would be alone.
    alone = max(staffing.copresence, sum(staffing.least(_with_one(draft, band))))
    apart = _intervals(draft, unit) - sum(entry.group.size for entry in groups)
    return more + alone * apart


def _intervals(draft: Draft, unit: Unit) -> int:
    hours = unit.last_slot - unit.first_slot
    return hours if draft.instance.staffing.by_season else hours * len(unit.days)


def _with_one(draft: Draft, band: int, there: tuple[int, ...] = ()) -> tuple[int, ...]:
    bands = range(len(draft.instance.staffing.bands))
    return tuple((there[b] if there else 0) + (b == band) for b in bands)


def _duty(draft: Draft, plan: Plan, entry: StaffGroup, band: int) -> int:
    """Educators on duty in a group with one more child of a band in every moment."""
    staffing, pairs = draft.instance.staffing, draft.instance.sites[entry.site].pairs
    needs: list[tuple[int, ...]] = [staffing.least(_with_one(draft, band))]
    for members in entry.group.sets:
        there = [0] * len(staffing.bands)
        for member, of in members:
            there[of] += plan.attends(pairs[member], entry.unit)
        needs.append(staffing.least(_with_one(draft, band, tuple(there))))
    largest: list[int] = [max(column) for column in zip(*needs, strict=True)]
    return max(staffing.copresence, sum(largest))

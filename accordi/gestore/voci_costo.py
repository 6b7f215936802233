"""The additional production cost of a plan, line by line: provider, season, part, component."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from nido.matching.instance import Site
from nido.matching.money import (
    child_hour_cents,
    fascia_of,
    half_up,
    hour_cost_cents,
    meal_cents,
    table_figure,
)
from nido.matching.replay import Replay
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

VoceCosto = Literal[
    "educatrici",
    "non_frontali",
    "ausiliarie",
    "generali",
    "ore_bambino",
    "pasti",
    "bambino_mese",
    "costo_fisso",
    "partecipazione",
]


@dataclass(frozen=True, slots=True)
class RigaCosto:
    """One component of the cost of base hours or of a fascia; `site` and `unit` are positions, in cents."""

    site: int
    unit: int
    voce: VoceCosto
    importo_cent: int


def cost_lines(replayed: Replay) -> tuple[RigaCosto, ...]:
    """Split the additional production cost of a plan (docs/modello.md, sections 9 and 17).

    Parameters
    ----------
    replayed
        The plan.

    Returns
    -------
    tuple[RigaCosto, ...]
        Only lines that are not zero, in order. Each is the difference between two running totals rounded half
        up, so that their sum is the production cost of the plan, rounded once.
    """
    lines: list[RigaCosto] = []
    exact, rounded = Fraction(0), 0
    for site, unit, component, amount in _exact(replayed):
        exact += amount
        cents = half_up(exact) - rounded
        rounded += cents
        if cents:
            lines.append(RigaCosto(site, unit, component, cents))
    return tuple(lines)


def before(replayed: Replay) -> dict[tuple[int, int], Fraction]:
    """Give the exact cost of all that comes before the lines of each site and unit, in cents."""
    found: dict[tuple[int, int], Fraction] = {}
    running = Fraction(0)
    for site, unit, _, amount in _exact(replayed):
        found.setdefault((site, unit), running)
        running += amount
    return found


def spread(total: int, weights: Iterable[int]) -> list[int]:
    """Divide cents in proportion to some weights, as differences of rounded running totals."""
    given = list(weights)
    whole = sum(given)
    if not whole:
        return [total, *[0] * (len(given) - 1)] if given else []
    ends = [half_up(Fraction(total * sum(given[: place + 1]), whole)) for place in range(len(given))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def whole_cost(replayed: Replay) -> Fraction:
    """Exact additional cost of a plan, in cents."""
    return sum((amount for *_, amount in _exact(replayed)), Fraction(0))


def hour_parts(scenario: Scenario, gestore: Gestore) -> Mapping[VoceCosto, Fraction]:
    """Split an educator's hour on duty into its components, in cents.

    The hour is rounded to the cent (section 9): `generali` carries the difference.
    """
    educator = gestore.costi.ora_educatrice
    hour = Fraction(table_figure(scenario, "costi.educatore.ora") if educator is None else educator) * 100
    factor = Fraction(table_figure(scenario, "costi.ore_non_frontali.fattore"))
    helpers = Fraction(table_figure(scenario, "costi.ausiliari_per_educatore")) * 100
    helpers *= Fraction(table_figure(scenario, "costi.ausiliario.ora"))
    direct = hour * factor + helpers
    return {
        "educatrici": hour,
        "non_frontali": hour * (factor - 1),
        "ausiliarie": helpers,
        "generali": hour_cost_cents(scenario, gestore) - direct,
    }


def _exact(replayed: Replay) -> Iterator[tuple[int, int, VoceCosto, Fraction]]:
    instance = replayed.draft.instance
    for site_index in sorted(replayed.plan.by_site):
        site = instance.sites[site_index]
        gestore = instance.scenario.gestori[site.provider]
        for unit in range(len(site.units)):
            for component, amount in _staff(replayed, site_index, unit, gestore):
                yield site_index, unit, component, amount
            for component, amount in _children(replayed, site_index, unit, gestore):
                yield site_index, unit, component, amount
            yield site_index, unit, *_fixed(replayed, site, (site_index, unit), gestore)


def _staff(replayed: Replay, site: int, unit: int, gestore: Gestore) -> Iterator[tuple[VoceCosto, Fraction]]:
    scenario = replayed.draft.instance.scenario
    cents = replayed.staff_cents(site, unit)
    if not cents:
        return
    hours = cents / hour_cost_cents(scenario, gestore)
    for component, price in hour_parts(scenario, gestore).items():
        yield component, hours * price


def _children(
    replayed: Replay, site: int, unit: int, gestore: Gestore
) -> Iterator[tuple[VoceCosto, Fraction]]:
    plan, instance = replayed.plan, replayed.draft.instance
    there = [instance.pairs[pair] for pair in plan.by_site[site] if plan.attends(pair, unit)]
    minutes = sum(pair.base if unit == 0 else pair.unit_minutes[unit] for pair in there)
    meals = sum(pair.meal_days.get(unit, 0) for pair in there)
    hourly = child_hour_cents(instance.scenario, gestore) or Fraction(0)
    yield "ore_bambino", hourly * minutes / 60
    yield "pasti", meal_cents(instance.scenario, gestore) * meals
    if unit == 0:
        months = sum(len(pair.months) for pair in there)
        yield "bambino_mese", Fraction(gestore.costi.bambino_mese) * 100 * months


def _fixed(
    replayed: Replay, site: Site, where: tuple[int, int], gestore: Gestore
) -> tuple[VoceCosto, Fraction]:
    if where[1] == 0:
        return "partecipazione", Fraction(gestore.costi.partecipazione) * 100
    if where not in replayed.plan.open_units:
        return "costo_fisso", Fraction(0)
    fascia = fascia_of(replayed.draft.instance, site, where[1])
    return "costo_fisso", Fraction(fascia.costo_fisso) * 100

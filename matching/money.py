"""Production costs of a scenario as integer coefficients in the model's unit of money."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from nido.data import voce
from nido.matching.instance import Instance, Pair, Site
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import Scenario


def half_up(value: Fraction) -> int:
    """Round a non-negative amount to the nearest integer, halves up."""
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))


def ceiling(value: Fraction) -> int:
    """Round an amount up."""
    return -(-value.numerator // value.denominator)


def table_figure(scenario: Scenario, key: str) -> Decimal:
    """Read a figure of the tables as valid on the first day of the horizon."""
    return voce(key, scenario.stagioni[0].inizio).numero


def hour_cost_cents(scenario: Scenario, provider: Gestore) -> int:
    """Cost of one educator hour on duty, overheads included, in cents (docs/modello.md, section 9)."""
    educator = provider.costi.ora_educatrice
    if educator is None:
        educator = table_figure(scenario, "costi.educatore.ora")
    helpers = table_figure(scenario, "costi.ausiliari_per_educatore") * table_figure(
        scenario, "costi.ausiliario.ora"
    )
    direct = educator * table_figure(scenario, "costi.ore_non_frontali.fattore") + helpers
    loaded = direct * (1 + table_figure(scenario, "costi.generali.percento") / 100)
    return half_up(Fraction(loaded) * 100)


def child_hour_cents(scenario: Scenario, provider: Gestore) -> Fraction | None:
    """Cost of a child-hour in cents; None where staff is paid by the educator hour."""
    stated = provider.costi.ora_bambino
    if stated is None and provider.tipo == "tagesmutter":
        stated = table_figure(scenario, "costi.tagesmutter.ora")
    return None if stated is None else Fraction(stated) * 100


def meal_cents(scenario: Scenario, provider: Gestore) -> Fraction:
    """Cost of a meal in cents; Tagesmutter count it in the hour unless the scenario says otherwise."""
    stated = provider.costi.pasto_giorno
    if stated is None:
        stated = Decimal(0) if provider.tipo == "tagesmutter" else table_figure(scenario, "costi.pasto")
    return Fraction(stated) * 100


def exact_pair_cents(scenario: Scenario, provider: Gestore, pair: Pair, unit: int) -> Fraction:
    """Exact cost in cents of a pair's base part (unit 0) or of one booked fascia, staff hours aside."""
    minutes = pair.base if unit == 0 else pair.unit_minutes[unit]
    hourly = child_hour_cents(scenario, provider) or Fraction(0)
    cents = hourly * minutes / 60 + meal_cents(scenario, provider) * pair.meal_days.get(unit, 0)
    if unit == 0:
        cents += Fraction(provider.costi.bambino_mese) * 100 * len(pair.months)
    return cents


def pair_cost(instance: Instance, pair: Pair, unit: int) -> int:
    """Cost coefficient of serving a pair (unit 0) or of booking a fascia, in units of money."""
    provider = instance.scenario.gestori[instance.sites[pair.site].provider]
    return half_up(exact_pair_cents(instance.scenario, provider, pair, unit) / instance.unit)


def slot_cost(instance: Instance, site: Site, unit: int) -> int:
    """Cost of one educator in one grid interval, in units of money.

    By season it holds for every day of the unit; by day for a single day.
    """
    provider = instance.scenario.gestori[site.provider]
    days = len(site.units[unit].days) if instance.staffing.by_season else 1
    cents = Fraction(days * instance.scenario.passo_minuti * hour_cost_cents(instance.scenario, provider), 60)
    return half_up(cents / instance.unit)


def fascia_of(instance: Instance, site: Site, unit: int) -> Fascia:
    """Look up the scenario's fascia behind a unit."""
    provider = instance.scenario.gestori[site.provider]
    wanted = site.units[unit].fascia
    return next(fascia for fascia in provider.fasce if fascia.id == wanted)


def fixed_cost(instance: Instance, amount: Decimal) -> int:
    """Convert a fixed cost in euro to units of money."""
    return half_up(Fraction(amount) * 100 / instance.unit)


def existing_children(instance: Instance, site: Site, unit: int) -> tuple[int, ...]:
    """Children that a provider has anyway, by band: in base hours only."""
    found: Mapping[str, int] = instance.scenario.gestori[site.provider].esistenti if unit == 0 else {}
    return tuple(found.get(band, 0) for band in instance.staffing.bands)

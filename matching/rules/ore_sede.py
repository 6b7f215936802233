"""Hours for which a site is open on one day."""

from fractions import Fraction

from nido.data.profili import profilo
from nido.matching.draft import Draft
from nido.matching.instance import Site
from nido.scenari.schema import Scenario

name = "ore_sede"
fonte = "trentinofamiglia.it, Nido e micronido; Nido familiare - Servizio Tagesmutter (6-11 ore)"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule forbids; a rule that only warns posts nothing."""
    return scenario.regole.ore_sede.attiva and scenario.regole.ore_sede.modo == "vieta"


def limit_minutes(scenario: Scenario) -> int:
    """Give the limit in whole minutes, rounded down."""
    stated = scenario.regole.ore_sede.massimo_ore
    hours = profilo(scenario.profilo).ore_massime_sede if stated is None else stated
    return int(Fraction(hours) * 60)


def day_units(site: Site) -> set[tuple[int, ...]]:
    """Find the distinct combinations of units that share a day."""
    by_day: dict[int, list[int]] = {}
    for position, unit in enumerate(site.units):
        for day in unit.days:
            by_day.setdefault(day, []).append(position)
    return {tuple(entry) for entry in by_day.values()}


def post(draft: Draft) -> None:
    """Bound the open minutes of each distinct kind of day of each site."""
    scenario = draft.instance.scenario
    limit, step = limit_minutes(scenario), scenario.passo_minuti
    for index, site in enumerate(draft.instance.sites):
        length = [(unit.last_slot - unit.first_slot) * step for unit in site.units]
        about = ("regole", "ore_sede", "massimo_ore", scenario.gestori[site.provider].id)
        already = {f.id for f in scenario.gestori[site.provider].fasce if f.gia_aperta}
        for units in sorted(day_units(site)):
            fixed = sum(length[k] for k in units if k == 0 or site.units[k].fascia in already)
            free = [k for k in units if k and site.units[k].fascia not in already]
            terms = [(draft.variables.open[index, k], length[k]) for k in free]
            part = draft.variables.part[index]
            if part is not None and fixed + sum(length[k] for k in free) > limit:
                draft.model.add([(part, fixed), *terms], high=limit, about=about)

"""Limits that the scenario wants signalled, not enforced."""

from nido.data.lingua import text
from nido.matching.plan import Plan
from nido.matching.rules import ore_bambino, ore_sede
from nido.matching.rules.ore_sede import day_units
from nido.matching.solution import Notice


def notices(plan: Plan) -> tuple[Notice, ...]:
    """Collect the warnings about long days of sites and of children."""
    rules = plan.instance.scenario.regole
    found: list[Notice] = []
    if rules.ore_sede.attiva and rules.ore_sede.modo == "avvisa":
        found += _sites(plan)
    if rules.ore_bambino.attiva and rules.ore_bambino.modo == "avvisa":
        found += _children(plan)
    return tuple(found)


def _sites(plan: Plan) -> list[Notice]:
    scenario = plan.instance.scenario
    limit, opened = ore_sede.limit_minutes(scenario), plan.open_units
    found: list[Notice] = []
    for site_index in sorted(plan.by_site):
        site = plan.instance.sites[site_index]
        provider = scenario.gestori[site.provider]
        already = {fascia.id for fascia in provider.fasce if fascia.gia_aperta}
        longest = max(
            sum(
                (site.units[k].last_slot - site.units[k].first_slot) * scenario.passo_minuti
                for k in units
                if k == 0 or (site_index, k) in opened or site.units[k].fascia in already
            )
            for units in day_units(site) | {()}
        )
        if longest > limit:
            where = f"{provider.id}, {scenario.stagioni[site.season].id}"
            found.append(Notice("ore_sede", where, _sentence(longest, limit)))
    return found


def _children(plan: Plan) -> list[Notice]:
    instance, scenario = plan.instance, plan.instance.scenario
    limit = ore_bambino.limit_minutes(scenario)
    found: list[Notice] = []
    for index in plan.served:
        pair = instance.pairs[index]
        attended = [True, *(plan.attends(index, unit) for unit in pair.unit_minutes)]
        longest = max(
            (sum(m for m, there in zip(day, attended, strict=True) if there) for day in pair.day_minutes),
            default=0,
        )
        if longest > limit:
            request = instance.requests[pair.request]
            where = f"{scenario.bambini[request.child].id}, {scenario.stagioni[request.season].id}"
            found.append(Notice("ore_bambino", where, _sentence(longest, limit)))
    return found


def _sentence(longest: int, limit: int) -> str:
    return text(
        "{longest} ore in un giorno, il limite è {limit}",
        "{longest} hours on one day, the limit is {limit}",
        longest=_hours(longest),
        limit=_hours(limit),
    )


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.4g}".replace(".", text(",", "."))

"""Additional production cost against the providers' existing service."""

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.money import fascia_of, fixed_cost, pair_cost
from nido.matching.plan import Plan

name = "costo_totale"
maximise = False


def unit(draft: Draft) -> str:
    """Unit of the value: 1, 10 or 100 cents."""
    return {1: "cent", 10: "10 cent", 100: "EUR"}[draft.instance.unit]


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables (docs/modello.md, section 9)."""
    instance, variables = draft.instance, draft.variables
    found: list[Term] = []
    for index, pair in enumerate(instance.pairs):
        found.append((variables.serve[index], pair_cost(instance, pair, 0)))
        found += [(variables.book[index, k], pair_cost(instance, pair, k)) for k in pair.unit_minutes]
    for entry in draft.staff:
        found += [(variable, coefficient * entry.cost) for variable, coefficient in entry.extra]
    for (site_index, k), opened in variables.open.items():
        fascia = fascia_of(instance, instance.sites[site_index], k)
        found.append((opened, fixed_cost(instance, fascia.costo_fisso)))
    for site, part in zip(instance.sites, variables.part, strict=True):
        if part is not None:
            found.append(
                (part, fixed_cost(instance, instance.scenario.gestori[site.provider].costi.partecipazione))
            )
    return _summed(found)


def _summed(terms: list[Term]) -> list[Term]:
    total: dict[int, int] = {}
    for variable, coefficient in terms:
        total[variable] = total.get(variable, 0) + coefficient
    return [(variable, coefficient) for variable, coefficient in total.items() if coefficient]


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan, with its smallest staff."""
    instance = draft.instance
    total = 0
    for index in plan.served:
        pair = instance.pairs[index]
        total += pair_cost(instance, pair, 0)
        total += sum(pair_cost(instance, pair, k) for k in pair.unit_minutes if plan.attends(index, k))
    total += sum(plan.extra(entry) * entry.cost for entry in draft.staff)
    for site_index, k in plan.open_units:
        total += fixed_cost(instance, fascia_of(instance, instance.sites[site_index], k).costo_fisso)
    for site_index in plan.by_site:
        provider = instance.scenario.gestori[instance.sites[site_index].provider]
        total += fixed_cost(instance, provider.costi.partecipazione)
    return total

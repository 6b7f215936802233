"""Minutes of detour, and of the rank in the family's wishes converted to minutes."""

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.plan import Plan

name = "desideri_viaggio"
maximise = False


def unit(draft: Draft) -> str:
    """Unit of the value."""
    return "minuti"


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables."""
    return [(variable, burden(draft, pair)) for pair, variable in enumerate(draft.variables.serve)]


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan."""
    return sum(burden(draft, pair) for pair in plan.served)


def burden(draft: Draft, index: int) -> int:
    """Minutes of a pair over its days: detour plus rank."""
    scenario = draft.instance.scenario
    pair = draft.instance.pairs[index]
    wishes = scenario.bambini[draft.instance.requests[pair.request].child].desideri
    provider = scenario.gestori[draft.instance.sites[pair.site].provider].id
    rank = wishes.index(provider) if provider in wishes else len(wishes)
    return pair.days * (pair.detour + scenario.obiettivo.minuti_per_rango * rank)

"""Everything in money: value of full coverage, minus production cost, minus travel."""

from fractions import Fraction

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.money import half_up
from nido.matching.objective import costo_totale
from nido.matching.plan import Plan

name = "valore_netto"
maximise = True


def unit(draft: Draft) -> str:
    """Unit of the value: 1, 10 or 100 cents."""
    return costo_totale.unit(draft)


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables."""
    found = [(variable, -coefficient) for variable, coefficient in costo_totale.terms(draft)]
    for index in range(len(draft.instance.pairs)):
        full = draft.variables.full[index]
        if full is not None:
            found.append((full, _worth(draft, index)))
        found.append((draft.variables.serve[index], -_travel(draft, index)))
    return found


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan."""
    worth = sum(_worth(draft, pair) for pair in plan.served if plan.uncovered(pair) == 0)
    travel = sum(_travel(draft, pair) for pair in plan.served)
    return worth - travel - costo_totale.value(draft, plan)


def _worth(draft: Draft, index: int) -> int:
    scenario = draft.instance.scenario
    child = scenario.bambini[draft.instance.requests[draft.instance.pairs[index].request].child]
    return half_up(
        child.peso * Fraction(scenario.obiettivo.valore_bambino_coperto) * 100 / draft.instance.unit
    )


def _travel(draft: Draft, index: int) -> int:
    pair = draft.instance.pairs[index]
    price = Fraction(draft.instance.scenario.obiettivo.euro_minuto_viaggio) * 100 / draft.instance.unit
    return half_up(price * pair.days * pair.detour)

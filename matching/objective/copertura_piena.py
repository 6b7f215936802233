"""Weight of the requests that are served with no minute uncovered."""

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.plan import Plan

name = "copertura_piena"
maximise = True


def unit(draft: Draft) -> str:
    """Unit of the value."""
    return "peso"


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables."""
    found: list[Term] = []
    for index, pair in enumerate(draft.instance.pairs):
        full = draft.variables.full[index]
        if full is not None:
            child = draft.instance.requests[pair.request].child
            found.append((full, draft.instance.scenario.bambini[child].peso))
    return found


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan."""
    requests, children = draft.instance.requests, draft.instance.scenario.bambini
    return sum(
        children[requests[draft.instance.pairs[pair].request].child].peso
        for pair in plan.served
        if plan.uncovered(pair) == 0
    )

"""Ties go to earlier applications: each served request scores the children that come after it."""

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.plan import Plan

name = "ordine_domanda"
maximise = True


def unit(draft: Draft) -> str:
    """Unit of the value."""
    return "punti"


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables."""
    return [(variable, points(draft, pair)) for pair, variable in enumerate(draft.variables.serve)]


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan."""
    return sum(points(draft, pair) for pair in plan.served)


def points(draft: Draft, pair: int) -> int:
    """Points of serving a pair."""
    child = draft.instance.requests[draft.instance.pairs[pair].request].child
    return len(draft.instance.order) - draft.instance.order[child]

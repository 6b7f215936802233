"""The lowest share of served weight among the companies, in thousandths."""

from collections import defaultdict

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.plan import Plan

name = "equita"
maximise = True
SCALE = 1000


def unit(draft: Draft) -> str:
    """Unit of the value."""
    return "per mille"


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables: one more variable, bounded by each company's share."""
    asked, pairs = _asked(draft), defaultdict(list)
    for index, pair in enumerate(draft.instance.pairs):
        request = draft.instance.requests[pair.request]
        weight = draft.instance.scenario.bambini[request.child].peso
        pairs[request.company].append((draft.variables.serve[index], -SCALE * weight))
    lowest = draft.helper(0, SCALE, lambda plan: value(draft, plan))
    draft.model.label = name
    for company, weight in asked.items():
        draft.model.add([(lowest, weight), *pairs[company]], high=0)
    return [(lowest, 1)]


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan."""
    served: dict[int, int] = defaultdict(int)
    for pair in plan.served:
        request = draft.instance.requests[draft.instance.pairs[pair].request]
        served[request.company] += draft.instance.scenario.bambini[request.child].peso
    shares = (SCALE * served[company] // weight for company, weight in _asked(draft).items())
    return min(shares, default=SCALE)


def _asked(draft: Draft) -> dict[int, int]:
    asked: dict[int, int] = defaultdict(int)
    for request in draft.instance.requests:
        asked[request.company] += draft.instance.scenario.bambini[request.child].peso
    return dict(sorted(asked.items()))

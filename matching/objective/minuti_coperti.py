"""Covered minutes, counted against a reference that does not depend on the provider."""

from collections.abc import Iterable

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.plan import Plan

name = "minuti_coperti"
maximise = True


def unit(draft: Draft) -> str:
    """Unit of the value."""
    return "minuti"


def terms(draft: Draft) -> list[Term]:
    """Express the tier over the variables: reference minus what stays uncovered."""
    return terms_of(draft, range(len(draft.instance.pairs)))


def terms_of(draft: Draft, pairs: Iterable[int]) -> list[Term]:
    """Express the tier for some pairs alone."""
    found: list[Term] = []
    for index in pairs:
        pair = draft.instance.pairs[index]
        reference = draft.instance.requests[pair.request].reference
        found.append((draft.variables.serve[index], reference - pair.needed))
        found += draft.variables.covered(draft.instance, index)
    return found


def value(draft: Draft, plan: Plan) -> int:
    """Compute the tier on a plan."""
    return sum(
        draft.instance.requests[draft.instance.pairs[pair].request].reference - plan.uncovered(pair)
        for pair in plan.served
    )

"""Nobody takes a place ahead of a higher priority class of the same company."""

from collections import defaultdict

from nido.matching.draft import Draft
from nido.scenari.schema import Scenario

name = "priorita"
fonte = "graduatorie: nessuna precedenza alla classe inferiore"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario switches the rule on."""
    return scenario.regole.priorita.attiva


def post(draft: Draft) -> None:
    """A child is at a site only if every better class that could be there is served somewhere."""
    instance = draft.instance
    mine = instance.pairs_by_request()
    for site in instance.sites:
        by_company: dict[int, list[int]] = defaultdict(list)
        for pair in site.pairs:
            by_company[instance.requests[instance.pairs[pair].request].company].append(pair)
        for pairs in by_company.values():
            for better in pairs:
                served = [(draft.variables.serve[p], -1) for p in mine[instance.pairs[better].request]]
                first = instance.requests[instance.pairs[better].request].child
                about = ("bambini", instance.scenario.bambini[first].id, "priorita")
                for worse in pairs:
                    if _rank(draft, better) < _rank(draft, worse):
                        draft.model.add([(draft.variables.serve[worse], 1), *served], high=0, about=about)


def _rank(draft: Draft, pair: int) -> int:
    request = draft.instance.requests[draft.instance.pairs[pair].request]
    return draft.instance.scenario.bambini[request.child].priorita

"""Siblings at the same provider."""

from nido.matching.draft import Draft
from nido.matching.linear import Subject
from nido.scenari.schema import Scenario

name = "fratelli"
fonte = "criteri comunali di accesso: fratelli nello stesso servizio"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is on and some children are siblings."""
    return scenario.regole.fratelli.attiva and any(child.fratello_di for child in scenario.bambini)


def post(draft: Draft) -> None:
    """Tie each stated couple of siblings in every season that both ask for."""
    scenario = draft.instance.scenario
    position = {child.id: index for index, child in enumerate(scenario.bambini)}
    couples = [
        (index, position[child.fratello_di])
        for index, child in enumerate(scenario.bambini)
        if child.fratello_di is not None
    ]
    serve = _by_request(draft)
    asked = {(request.child, request.season) for request in draft.instance.requests}
    for one, other in couples:
        for season in range(len(scenario.stagioni)):
            if (one, season) in asked and (other, season) in asked:
                about = ("bambini", scenario.bambini[one].id, "fratello_di")
                _tie(draft, serve.get((one, season), {}), serve.get((other, season), {}), about)


def _by_request(draft: Draft) -> dict[tuple[int, int], dict[int, int]]:
    found: dict[tuple[int, int], dict[int, int]] = {}
    for index, pair in enumerate(draft.instance.pairs):
        request = draft.instance.requests[pair.request]
        provider = draft.instance.sites[pair.site].provider
        found.setdefault((request.child, request.season), {})[provider] = draft.variables.serve[index]
    return found


def _tie(draft: Draft, one: dict[int, int], other: dict[int, int], about: Subject) -> None:
    together = draft.instance.scenario.regole.fratelli.modo == "insieme_o_nessuno"
    for mine, theirs in ((one, other), (other, one)):
        for provider, variable in mine.items():
            if together:
                partner = theirs.get(provider)
                tied = [(variable, 1), *([] if partner is None else [(partner, -1)])]
                draft.model.add(tied, high=0, about=about)
            else:
                elsewhere = [(v, 1) for p, v in theirs.items() if p != provider]
                draft.model.add([(variable, 1), *elsewhere], high=1, about=about)

"""Pinned assignments."""

from nido.matching.draft import Draft
from nido.scenari.schema import Scenario

name = "fissati"
fonte = "decisioni già prese da ASIF"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is on and some assignment is pinned."""
    return scenario.regole.fissati.attiva and any(child.assegnato_a for child in scenario.bambini)


def post(draft: Draft) -> None:
    """Serve each pinned request at its provider; a pin on a pair that cannot exist is infeasible."""
    instance, scenario = draft.instance, draft.instance.scenario
    serve = {
        (
            instance.requests[pair.request].child,
            instance.requests[pair.request].season,
            instance.sites[pair.site].provider,
        ): k
        for k, pair in enumerate(instance.pairs)
    }
    providers = {provider.id: k for k, provider in enumerate(scenario.gestori)}
    for request in instance.requests:
        child, season = scenario.bambini[request.child], scenario.stagioni[request.season].id
        for pin in child.assegnato_a:
            if pin.stagione in (None, season):
                pair = serve.get((request.child, request.season, providers[pin.gestore]))
                served = [] if pair is None else [(draft.variables.serve[pair], 1)]
                about = ("bambini", child.id, "assegnato_a", pin.gestore, season)
                draft.model.add(served, low=1, about=about)

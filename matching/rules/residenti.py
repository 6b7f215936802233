"""A share of the offered places stays with residents of the provider's municipality."""

from fractions import Fraction

from nido.matching.draft import Draft
from nido.matching.peaks import presence_rows
from nido.scenari.schema import Scenario

name = "residenti"
fonte = "convenzioni con quota ai residenti: Firenze Piccolo Principe, bando nidi aziendali Lazio"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps a share for residents."""
    return scenario.regole.residenti.attiva and scenario.regole.residenti.quota > 0


def post(draft: Draft) -> None:
    """Bound the non-residents present together."""
    scenario = draft.instance.scenario
    share = 1 - Fraction(scenario.regole.residenti.quota)
    for site in draft.instance.sites:
        town = scenario.gestori[site.provider].comune
        about = ("regole", "residenti", "quota", scenario.gestori[site.provider].id)
        limit = int(share * site.places)
        families = [unit.peaks for unit in site.units]
        for unit, members in presence_rows(
            draft.instance, site, families, lambda pair, town=town: _town(draft, pair) != town
        ):
            if len(members) > limit:
                draft.model.add(draft.variables.present(site, unit, members), high=limit, about=about)


def _town(draft: Draft, pair: int) -> str:
    request = draft.instance.requests[draft.instance.pairs[pair].request]
    return draft.instance.scenario.bambini[request.child].comune

"""Reserved places of each agreement, and their sum against the places that a provider offers."""

from nido.matching.draft import Draft
from nido.matching.instance import Site
from nido.matching.peaks import presence_rows
from nido.matching.rules.capienza import places_of
from nido.scenari.schema import Scenario

name = "posti_riservati"
fonte = "accordo quadro: posti riservati per azienda, gestore e stagione"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.posti_riservati.attiva


def post(draft: Draft) -> None:
    """Places cover each company's peak; their sum fits, unless companies share."""
    shared = draft.instance.scenario.regole.posti_riservati.condivisione_tra_aziende
    for index, site in enumerate(draft.instance.sites):
        companies = sorted({draft.instance.company(pair) for pair in site.pairs})
        for company in companies:
            reserve(draft, index, site, company)
        if companies and not shared:
            reserved = [(draft.variables.places[c, index], 1) for c in companies]
            about = places_of(draft.instance.scenario, site)
            draft.model.add(reserved, high=site.places, about=about)


def reserve(draft: Draft, index: int, site: Site, company: int) -> None:
    """Reserve the places of the company's children present together, and the provider's minimum."""
    _minimum(draft, index, site, company)
    places = draft.variables.places[company, index]
    families = [unit.peaks for unit in site.units]
    mine = presence_rows(draft.instance, site, families, lambda pair: draft.instance.company(pair) == company)
    for unit, members in mine:
        draft.model.add([*draft.variables.present(site, unit, members), (places, -1)], high=0)


def _minimum(draft: Draft, index: int, site: Site, company: int) -> None:
    provider = draft.instance.scenario.gestori[site.provider]
    least = provider.posti_minimi_accordo
    if least > 1:
        for pair in site.pairs:
            if draft.instance.company(pair) == company:
                draft.model.add(
                    [(draft.variables.serve[pair], least), (draft.variables.places[company, index], -1)],
                    high=0,
                    about=("gestori", provider.id, "posti_minimi_accordo"),
                )

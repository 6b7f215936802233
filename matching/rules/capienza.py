"""Places by simultaneous presence (or enrolment), in all and by age band, beside existing children."""

from collections.abc import Sequence

from nido.matching.draft import Draft
from nido.matching.instance import Site
from nido.matching.linear import Subject
from nido.matching.peaks import Sets, presence_rows
from nido.matching.seats import base_limit, by_enrolment, tagesmutter_limits
from nido.scenari.schema import Scenario

name = "capienza"
fonte = "L.P. Trento 4/2002; DGP Trento 1891/2003; DPP Bolzano 42/2017 art. 13"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.capienza.attiva


def post(draft: Draft) -> None:
    """Bound every maximal set of children by the places of its site."""
    for index, site in enumerate(draft.instance.sites):
        if site.pairs:
            _post_site(draft, index, site)


def _post_site(draft: Draft, index: int, site: Site) -> None:
    scenario = draft.instance.scenario
    provider = scenario.gestori[site.provider]
    enrolled = by_enrolment(scenario)
    in_base = min(site.places, base_limit(scenario, site))
    peaks = [unit.enrolled_peaks if enrolled else unit.peaks for unit in site.units]
    reserved = scenario.regole.posti_riservati
    if enrolled or in_base < site.places or not reserved.attiva or reserved.condivisione_tra_aziende:
        # Otherwise the sum of the reserved places, which cover every peak, already says it.
        offered = places_of(scenario, site)
        authorised: Subject = ("gestori", provider.id, "capienza")
        in_all = offered if in_base == site.places else authorised
        _bound(draft, site, peaks, site.places, in_base, offered, in_all)
    for band, cap in provider.posti_banda.items():
        position = draft.instance.staffing.bands.index(band)
        sets = [(u.enrolled_band_peaks if enrolled else u.band_peaks)[position] for u in site.units]
        about: Subject = ("gestori", provider.id, "posti_banda", band)
        _bound(draft, site, sets, cap, cap, about, about)
    if provider.tipo == "tagesmutter":
        most, infants = tagesmutter_limits(scenario)
        about = ("gestori", provider.id, "operatrici")
        _bound(draft, site, peaks, most * provider.operatrici, most * provider.operatrici, about, about)
        if infants is not None:
            young = [unit.infant_peaks for unit in site.units]
            limit = infants * provider.operatrici
            _bound(draft, site, young, limit, limit, about, about)


def places_of(scenario: Scenario, site: Site) -> Subject:
    """Name the offered places of a site as a path of the scenario."""
    provider, season = scenario.gestori[site.provider], scenario.stagioni[site.season]
    return ("gestori", provider.id, "posti_stagione", season.id)


def _bound(
    draft: Draft,
    site: Site,
    families: Sequence[Sets],
    limit: int,
    in_base: int,
    about: Subject,
    about_base: Subject,
) -> None:
    for unit, members in presence_rows(draft.instance, site, families):
        bound = limit if unit else in_base
        if len(members) > bound:
            source = about if unit else about_base
            draft.model.add(draft.variables.present(site, unit, members), high=bound, about=source)

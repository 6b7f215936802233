"""Company budgets on list prices, and caps on the places of a company."""

from decimal import Decimal
from fractions import Fraction

from nido.matching.draft import Draft
from nido.matching.instance import Site
from nido.matching.linear import Term
from nido.matching.money import ceiling
from nido.matching.rules.posti_riservati import reserve
from nido.scenari.schema import Scenario

name = "budget"
fonte = "accordo quadro: limiti di spesa e di posti dell'azienda"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on and some company states a limit."""
    limits = any(c.budget_annuo is not None or c.posti_massimi is not None for c in scenario.aziende)
    return scenario.regole.budget.attiva and limits


def post(draft: Draft) -> None:
    """Bound each company's spending over the horizon and its places in each season."""
    for company, entry in enumerate(draft.instance.scenario.aziende):
        if entry.posti_massimi is not None:
            _cap_places(draft, company, entry.posti_massimi)
        if entry.budget_annuo is not None:
            terms = spending(draft, company, entry.quota)
            limit = int(Fraction(entry.budget_annuo) * 100 / draft.instance.unit)
            draft.model.add(terms, high=limit, about=("aziende", entry.id, "budget_annuo"))


def _cap_places(draft: Draft, company: int, cap: int) -> None:
    scenario = draft.instance.scenario
    for season, stated in enumerate(scenario.stagioni):
        terms: list[Term] = []
        for index, site in enumerate(draft.instance.sites):
            if site.season == season and (company, index) in draft.variables.places:
                _reserve_once(draft, index, site, company)
                terms.append((draft.variables.places[company, index], 1))
        about = ("aziende", scenario.aziende[company].id, "posti_massimi", stated.id)
        draft.model.add(terms, high=cap, about=about)


def _reserve_once(draft: Draft, index: int, site: Site, company: int) -> None:
    if not draft.instance.scenario.regole.posti_riservati.attiva:
        reserve(draft, index, site, company)


def spending(draft: Draft, company: int, share: Decimal) -> list[Term]:
    """Express a company's part of the list price, coefficients rounded up (docs/modello.md, section 10)."""
    terms: list[Term] = []
    for index, site in enumerate(draft.instance.sites):
        if (company, index) in draft.variables.places:
            _reserve_once(draft, index, site, company)
            terms += _place_terms(draft, index, site, company, share)
            terms += _child_terms(draft, site, company, share)
    return terms


def _place_terms(draft: Draft, index: int, site: Site, company: int, share: Decimal) -> list[Term]:
    provider = draft.instance.scenario.gestori[site.provider]
    fee = Fraction(share) * Fraction(provider.prezzi.posto_mese) * 100 / draft.instance.unit
    empty = Fraction(provider.vuoto_per_pieno)
    places = draft.variables.places[company, index]
    terms = [(places, ceiling(fee * empty * len(site.months)))]
    price = ceiling(fee * (1 - empty))
    if price:
        for month in site.months:
            terms += [(variable, count * price) for variable, count in draft.peak(index, company, month)]
    return terms


def _child_terms(draft: Draft, site: Site, company: int, share: Decimal) -> list[Term]:
    scenario = draft.instance.scenario
    provider = scenario.gestori[site.provider]
    hourly = Fraction(share) * Fraction(provider.prezzi.ora_bambino) * 100 / 60 / draft.instance.unit
    fees = {fascia.id: Fraction(share) * Fraction(fascia.prezzo_mese) * 100 for fascia in provider.fasce}
    terms: list[Term] = []
    for index in site.pairs:
        if draft.instance.company(index) != company:
            continue
        pair = draft.instance.pairs[index]
        terms.append((draft.variables.serve[index], ceiling(hourly * pair.base)))
        for unit, minutes in pair.unit_minutes.items():
            fee = fees[site.units[unit].fascia] / draft.instance.unit * len(pair.unit_months[unit])
            terms.append((draft.variables.book[index, unit], ceiling(fee) + ceiling(hourly * minutes)))
    return terms

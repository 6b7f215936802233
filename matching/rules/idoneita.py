"""Who may be where: accreditation and its dates, age, distance, exclusions, wishes, offered places."""

from nido.matching.draft import Draft
from nido.matching.instance import Pair, Request
from nido.scenari.schema import Scenario

name = "idoneita"
fonte = "L.P. Trento 4/2002 art. 6-bis (accreditamento); scelte dello scenario"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.idoneita.attiva


def admit(scenario: Scenario, request: Request, pair: Pair, provider_index: int) -> bool:
    """Tell whether a pair may exist at all: an excluded pair never enters the model."""
    rule = scenario.regole.idoneita
    child, provider = scenario.bambini[request.child], scenario.gestori[provider_index]
    season = scenario.stagioni[request.season]
    if provider.posti_stagione.get(season.id, provider.posti) <= 0 or provider.id in child.esclusi:
        return False
    if rule.solo_desideri and provider.id not in child.desideri:
        return False
    if rule.deviazione_massima_minuti is not None and pair.detour > rule.deviazione_massima_minuti:
        return False
    if provider.eta_minima_mesi is not None and pair.age_months < provider.eta_minima_mesi:
        return False
    return _accredited(scenario, request, provider_index) if rule.solo_accreditati else True


def post(draft: Draft) -> None:
    """Post nothing: `admit` already kept the excluded pairs out."""


def _accredited(scenario: Scenario, request: Request, provider_index: int) -> bool:
    provider = scenario.gestori[provider_index]
    start = scenario.stagioni[0].inizio.toordinal()
    first, last = start + request.first, start + request.last - 1
    begins, ends = provider.accreditato_dal, provider.accreditato_al
    return (
        provider.accreditato
        and (begins is None or begins.toordinal() <= first)
        and (ends is None or last <= ends.toordinal())
    )

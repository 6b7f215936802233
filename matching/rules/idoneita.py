"""Who may be where: accreditation and its dates, age, distance, exclusions, wishes, offered places."""

from nido.data.lingua import text
from nido.matching.draft import Draft
from nido.matching.instance import Pair, Request
from nido.scenari.schema import Scenario

name = "idoneita"
fonte = "L.P. Trento 4/2002 art. 6-bis (accreditamento); scelte dello scenario"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.idoneita.attiva


def refuse(scenario: Scenario, request: Request, pair: Pair, provider_index: int) -> str | None:
    """Tell why a pair may not exist at all, by how much; None when it may."""
    rule = scenario.regole.idoneita
    child, provider = scenario.bambini[request.child], scenario.gestori[provider_index]
    season = scenario.stagioni[request.season]
    if provider.posti_stagione.get(season.id, provider.posti) <= 0:
        return text("nessun posto offerto nella stagione", "no place offered in the season")
    if provider.id in child.esclusi:
        return text("gestore non accettato dalla famiglia", "provider not accepted by the family")
    if rule.solo_desideri and provider.id not in child.desideri:
        return text("gestore non scritto nei desideri", "provider not among the wishes")
    limit = rule.deviazione_massima_minuti
    if limit is not None and pair.detour > limit:
        return text(
            "deviazione di {found} minuti, massimo {limit}: {excess} di troppo",
            "detour of {found} minutes, limit {limit}: {excess} too many",
            found=pair.detour,
            limit=limit,
            excess=pair.detour - limit,
        )
    least = provider.eta_minima_mesi
    if least is not None and pair.age_months < least:
        return text(
            "{found} mesi all'ingresso, minimo {least}: mancano {missing} mesi",
            "{found} months at entry, minimum {least}: {missing} months short",
            found=pair.age_months,
            least=least,
            missing=least - pair.age_months,
        )
    if rule.solo_accreditati and not _accredited(scenario, request, provider_index):
        return text("gestore non accreditato per tutta la richiesta", "provider not accredited all along")
    return None


def post(draft: Draft) -> None:
    """Post nothing: `refuse` already kept the excluded pairs out."""


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

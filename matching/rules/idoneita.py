"""Who may be where: accreditation and its dates, age, distance, exclusions, wishes, offered places."""

from collections.abc import Iterator

from nido.data.lingua import text
from nido.matching.draft import Draft
from nido.matching.instance import Obstacle, Pair, Request
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

name = "idoneita"
fonte = "L.P. Trento 4/2002 art. 6-bis (accreditamento); scelte dello scenario"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.idoneita.attiva


def obstacles(scenario: Scenario, request: Request, pair: Pair, provider_index: int) -> Iterator[Obstacle]:
    """Tell everything that keeps a pair out, by how much."""
    rule = scenario.regole.idoneita
    child, provider = scenario.bambini[request.child], scenario.gestori[provider_index]
    season = scenario.stagioni[request.season].id
    if provider.posti_stagione.get(season, provider.posti) <= 0:
        nothing = text("nessun posto offerto nella stagione", "no place offered in the season")
        yield Obstacle(nothing, ("gestori", provider.id, "posti_stagione", season))
    if provider.id in child.esclusi:
        refused = text("gestore non accettato dalla famiglia", "provider not accepted by the family")
        yield Obstacle(refused, ("bambini", child.id, "esclusi", provider.id))
    if rule.solo_desideri and provider.id not in child.desideri:
        unwished = text("gestore non scritto nei desideri", "provider not among the wishes")
        yield Obstacle(unwished, ("bambini", child.id, "desideri", provider.id))
    yield from _too_far(rule.deviazione_massima_minuti, pair)
    yield from _too_young(provider, pair)
    if rule.solo_accreditati and not _accredited(scenario, request, provider_index):
        unsound = text("gestore non accreditato per tutta la richiesta", "provider not accredited all along")
        yield Obstacle(unsound, ("gestori", provider.id, "accreditato"))


def _too_far(limit: int | None, pair: Pair) -> Iterator[Obstacle]:
    if limit is not None and pair.detour > limit:
        reason = text(
            "deviazione di {found} minuti, massimo {limit}: {excess} di troppo",
            "detour of {found} minutes, limit {limit}: {excess} too many",
            found=pair.detour,
            limit=limit,
            excess=pair.detour - limit,
        )
        yield Obstacle(reason, ("regole", "idoneita", "deviazione_massima_minuti"), pair.detour - limit)


def _too_young(provider: Gestore, pair: Pair) -> Iterator[Obstacle]:
    least = provider.eta_minima_mesi
    if least is not None and pair.age_months < least:
        reason = text(
            "{found} mesi all'ingresso, minimo {least}: mancano {missing} mesi",
            "{found} months at entry, minimum {least}: {missing} months short",
            found=pair.age_months,
            least=least,
            missing=least - pair.age_months,
        )
        yield Obstacle(reason, ("gestori", provider.id, "eta_minima_mesi"), least - pair.age_months)


def post(draft: Draft) -> None:
    """Post nothing: `obstacles` already kept the excluded pairs out."""


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
